//! The table of cases: what happened, what is asked, what is answered.

use domain::identifiers::IdKind::{AuthId, ChipId};
use domain::tokens::TokenType;

use super::world::Step::{self, *};
use super::world::{Ask, card};

pub struct Case {
    pub name: &'static str,
    /// To a published location with an empty list.
    pub steps: &'static [Step],
    pub ask: Ask,
    pub says: &'static str,
    /// Whether an app shows the location to that token.
    pub shown: bool,
}

const fn case(name: &'static str, steps: &'static [Step], ask: Ask, says: &'static str, shown: bool) -> Case {
    Case {
        name,
        steps,
        ask,
        says,
        shown,
    }
}

const fn auth(id: &'static str) -> Ask {
    Ask {
        kind: AuthId,
        id,
        token_type: None,
        evse: "",
        elsewhere: false,
    }
}

const fn chip(id: &'static str) -> Ask {
    Ask {
        kind: ChipId,
        ..auth(id)
    }
}

impl Ask {
    const fn of_type(mut self, token_type: TokenType) -> Self {
        self.token_type = Some(token_type);
        self
    }

    const fn at(mut self, evse: &'static str) -> Self {
        self.evse = evse;
        self
    }

    const fn elsewhere(mut self) -> Self {
        self.elsewhere = true;
        self
    }
}

/// An own token, with a card and a customer; another contract that is listed where somebody else is to be.
const OWN: &str = "NL-GFX-C00000001-4";
const CARD: &str = "04A1B2C3D4E5F6";
const ELSE: &str = "NL-GFX-C00000002-2";
const OWNED: Step = Token(card(OWN).chip(CARD).of("Acme"));
const ALONE: Step = Token(card(OWN).chip(CARD));
const ACME: Step = Customer("Acme");

pub const CASES: &[Case] = &[
    case("open to everybody", &[ALONE], auth(OWN), "open", true),
    case(
        "open and not in the apps",
        &[ALONE, Unpublish],
        auth(OWN),
        "open",
        false,
    ),
    case("open to an unknown token", &[], auth(ELSE), "open", true),
    case("not listed", &[ALONE, List(ELSE)], auth(OWN), "notListed", false),
    case("listed", &[ALONE, List(OWN)], auth(OWN), "listed: token", true),
    case(
        "listed, asked by its card",
        &[ALONE, List(OWN)],
        chip(CARD),
        "listed: token",
        true,
    ),
    case(
        "listed, without a token",
        &[List(ELSE)],
        auth(ELSE),
        "listed: token",
        true,
    ),
    case(
        "listed before its token is made",
        &[List(OWN), ALONE],
        chip(CARD),
        "listed: token",
        true,
    ),
    case(
        "a card listed without a token",
        &[Import(ChipId, &[CARD], false)],
        chip(CARD),
        "listed: token",
        true,
    ),
    case(
        "a card listed, then its token made",
        &[Import(ChipId, &[CARD], false), ALONE],
        auth(OWN),
        "listed: token",
        true,
    ),
    case(
        "through the customer",
        &[ACME, OWNED, ListCustomer("Acme")],
        auth(OWN),
        "listed: Acme",
        true,
    ),
    case(
        "both: directly first",
        &[ACME, OWNED, ListCustomer("Acme"), List(OWN)],
        auth(OWN),
        "listed: token",
        true,
    ),
    case(
        "both, the token removed",
        &[ACME, OWNED, ListCustomer("Acme"), List(OWN), Unlist(OWN, false)],
        auth(OWN),
        "listed: Acme",
        true,
    ),
    case(
        "both, the customer removed",
        &[
            ACME,
            OWNED,
            ListCustomer("Acme"),
            List(OWN),
            UnlistCustomer("Acme", false),
        ],
        auth(OWN),
        "listed: token",
        true,
    ),
    case(
        "a customer without tokens: nobody",
        &[ACME, ALONE, ListCustomer("Acme")],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "a customer without tokens: nor who is unknown",
        &[ACME, ListCustomer("Acme")],
        auth(ELSE),
        "unknownToken",
        false,
    ),
    case(
        "added to a listed customer",
        &[ACME, ALONE, ListCustomer("Acme"), Move(OWN, "Acme")],
        auth(OWN),
        "listed: Acme",
        true,
    ),
    case(
        "moved from a listed customer",
        &[
            ACME,
            Customer("Bolt"),
            OWNED,
            ListCustomer("Acme"),
            Move(OWN, "Bolt"),
        ],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "taken from a listed customer",
        &[ACME, OWNED, ListCustomer("Acme"), Move(OWN, "")],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "revoked",
        &[ALONE, List(OWN), List(ELSE), Unlist(OWN, false)],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "the last entry removed without confirmation",
        &[ALONE, List(ELSE), Unlist(ELSE, false)],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "the last entry removed with confirmation",
        &[ALONE, List(ELSE), Unlist(ELSE, true)],
        auth(OWN),
        "open",
        false,
    ),
    case(
        "the same, and published again",
        &[ALONE, List(ELSE), Unlist(ELSE, true), Publish],
        auth(OWN),
        "open",
        true,
    ),
    case(
        "the only listed token deleted",
        &[ALONE, List(OWN), Delete(OWN)],
        auth(OWN),
        "listed: token",
        true,
    ),
    case(
        "a listed token deleted",
        &[ALONE, List(OWN), List(ELSE), Delete(OWN)],
        auth(OWN),
        "unknownToken",
        false,
    ),
    case(
        "published while listed",
        &[ALONE, List(ELSE), Publish],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "replaced with all bad",
        &[ALONE, List(OWN), Import(AuthId, &["n/a", "#REF!"], true)],
        auth(OWN),
        "listed: token",
        true,
    ),
    case(
        "replaced with all bad, not listed",
        &[ALONE, List(ELSE), Import(AuthId, &["n/a"], true)],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "replaced",
        &[ALONE, List(OWN), Import(AuthId, &[ELSE], true)],
        auth(OWN),
        "notListed",
        false,
    ),
    case(
        "added by an import",
        &[ALONE, Import(AuthId, &[OWN], false)],
        chip(CARD),
        "listed: token",
        true,
    ),
    case(
        "blocked though listed",
        &[ALONE, List(OWN), Block(OWN)],
        auth(OWN),
        "blocked",
        false,
    ),
    case(
        "blocked though its customer is listed",
        &[ACME, OWNED, ListCustomer("Acme"), Block(OWN)],
        auth(OWN),
        "blocked",
        false,
    ),
    case(
        "blocked where all is open",
        &[ALONE, Block(OWN)],
        auth(OWN),
        "blocked",
        true,
    ),
    case(
        "expired though listed",
        &[ALONE, List(OWN), Expire(OWN)],
        chip(CARD),
        "expired",
        false,
    ),
    case(
        "blocked and not listed",
        &[ALONE, List(ELSE), Block(OWN)],
        auth(OWN),
        "blocked",
        false,
    ),
    case(
        "the uid of a card",
        &[ALONE, List(OWN)],
        chip(CARD).of_type(TokenType::Rfid),
        "listed: token",
        true,
    ),
    case(
        "the same uid, of another type",
        &[ALONE, List(OWN)],
        chip(CARD).of_type(TokenType::Other),
        "unknownToken",
        false,
    ),
    case(
        "a token that is no card, as one",
        &[Token(card(OWN).chip(CARD).other()), List(OWN)],
        chip(CARD).of_type(TokenType::Rfid),
        "unknownToken",
        false,
    ),
    case(
        "a token that is no card",
        &[Token(card(OWN).chip(CARD).other()), List(OWN)],
        chip(CARD).of_type(TokenType::Other),
        "listed: token",
        true,
    ),
    case(
        "a listed card's uid, of another type",
        &[Import(ChipId, &[CARD], false)],
        chip(CARD).of_type(TokenType::Other),
        "unknownToken",
        false,
    ),
    case(
        "case and separators",
        &[List(OWN)],
        auth("nl*gfx*c00000001"),
        "listed: token",
        true,
    ),
    case(
        "blanks and check character",
        &[List("nlgfxc00000001")],
        auth("NL GFX C00000001 4"),
        "listed: token",
        true,
    ),
    case(
        "a wrong check character",
        &[List(OWN)],
        auth("NL-GFX-C00000001-5"),
        "unknownToken",
        false,
    ),
    case(
        "a card's separators",
        &[ALONE, List(OWN)],
        chip("04:a1:b2:c3:d4:e5:f6"),
        "listed: token",
        true,
    ),
    case(
        "the beginning of a listed id",
        &[List("CARD-12")],
        auth("CARD-1"),
        "unknownToken",
        false,
    ),
    case(
        "more than a listed id",
        &[List("CARD-12")],
        auth("CARD-123"),
        "unknownToken",
        false,
    ),
    case(
        "the beginning of a listed card",
        &[ALONE, List(OWN)],
        chip("04A1B2C3"),
        "unknownToken",
        false,
    ),
    case(
        "an Auth ID that reads like a listed card",
        &[Import(ChipId, &["DEADBEEF012345"], false)],
        auth("DEADBEEF012345"),
        "unknownToken",
        false,
    ),
    case(
        "a card that reads like a listed Auth ID",
        &[List("DEADBEEF012345")],
        chip("DEADBEEF012345"),
        "unknownToken",
        false,
    ),
    case(
        "an EVSE of the location",
        &[List(OWN)],
        auth(OWN).at("1:7-2"),
        "listed: token",
        true,
    ),
    case(
        "an EVSE elsewhere",
        &[List(OWN)],
        auth(OWN).at("1:8-1"),
        "unknownLocation",
        true,
    ),
    case(
        "an EVSE elsewhere whose id begins alike",
        &[List(OWN)],
        auth(OWN).at("1:77-1"),
        "unknownLocation",
        true,
    ),
    case(
        "an EVSE elsewhere, though all is open",
        &[],
        auth(OWN).at("1:8-1"),
        "unknownLocation",
        true,
    ),
    case("unknown token", &[List(ELSE)], auth(OWN), "unknownToken", false),
    case("unknown card", &[List(ELSE)], chip(CARD), "unknownToken", false),
    case(
        "unknown location",
        &[ALONE, List(OWN)],
        auth(OWN).elsewhere(),
        "unknownLocation",
        false,
    ),
    case(
        "blocked at an unknown location",
        &[ALONE, Block(OWN)],
        auth(OWN).elsewhere(),
        "unknownLocation",
        false,
    ),
];
