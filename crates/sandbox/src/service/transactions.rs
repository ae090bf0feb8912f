use chargepoint::StationsQuery;
use chargepoint::calls::transactions::{
    GetTransactionData, GetTransactionDataResponse, Transaction as Row, Transactions, TransactionsQuery,
};
use chargepoint::code::Code;

use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::clock::date_time;
use crate::estate::Unit;
use crate::estate::charge::rounded;
use crate::estate::tariffs;
use crate::estate::transactions::{Kind, Span, Transaction};
use crate::search::{self, is_qualified, like};

/// Transactions of a page when nothing is said, and at most.
const PAGE: (usize, usize) = (100, 500);

impl Answered for GetTransactionData {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetTransactionDataResponse, Refused> {
        let query = &self.search_query;
        let (from, until) = (
            asked::moment(query.from_time_stamp.as_ref())?,
            asked::moment(query.to_time_stamp.as_ref())?,
        );
        refuse_if(
            from.is_some() != until.is_some(),
            Code::TransactionDatesIncomplete,
        )?;
        let turned = from.zip(until).is_some_and(|(from, until)| from > until);
        refuse_if(turned, Code::TransactionFromAfterTo)?;
        let start = asked::start(query.start_record.map(i64::from))?;
        let too_many = Code::TooManyTransactions.into();
        let count = asked::count(query.num_transactions, PAGE.0, PAGE.1, too_many)?;
        let kind = query
            .transaction_type
            .as_deref()
            .map(|word| Kind::of(word).ok_or(Code::InvalidFields));
        let kind = kind.transpose()?;

        let mut units = units(estate, query)?;
        if let Some(rule) = query.pricing_rule_name.as_deref() {
            units.retain(|unit| tariffs::rule(&unit.station.pricing).is_some_and(|own| like(rule, own)));
        }
        // Nothing of two kinds happens here.
        if kind == Some(None) {
            units.clear();
        }
        let card = query.anonymous_credit_card_number.as_deref().map(str::trim);
        let span = Span {
            from,
            until,
            now,
            card,
        };
        let found: Box<dyn Iterator<Item = Transaction<'_>>> = match query.transaction_id.as_deref() {
            Some(number) => {
                let number = number.trim().parse().map_err(|_| Code::InvalidFields)?;
                let found = estate.transaction(number, now);
                let found = found.filter(|found| {
                    let number = found.session.unit.traits.number;
                    units.iter().any(|unit| unit.traits.number == number)
                });
                Box::new(found.into_iter())
            }
            None => Box::new(units.into_iter().flat_map(|unit| estate.transactions(unit, span))),
        };
        let found = found.filter(|found| {
            from.is_none_or(|from| from <= found.at)
                && until.is_none_or(|until| found.at <= until)
                && kind.is_none_or(|kind| kind == Some(found.kind))
                && query
                    .anonymous_credit_card_number
                    .as_deref()
                    .is_none_or(|digits| {
                        let card = estate.who(&found.session).bank_card;
                        card.as_deref() == Some(digits.trim())
                    })
        });
        let (page, more) = asked::page(start, count, found);
        refuse_if(page.is_empty(), Code::NoTransaction)?;
        let rows = page.iter().zip(start..);
        let rows = rows
            .map(|(found, number)| row(estate, found, number, now))
            .collect();
        Ok(GetTransactionDataResponse {
            transactions: Some(Transactions { rows }),
            more: Some(more),
            ..super::success()
        })
    }
}

/// The stations whose transactions are wanted: only those under an Enterprise plan have any. Who
/// asks for one that is not hears so.
fn units<'a>(estate: &'a Estate, query: &TransactionsQuery) -> Result<Vec<&'a Unit>, Refused> {
    if let Some(id) = query.org_id.as_deref() {
        asked::enterprise(estate, Some(asked::organization(id)?))?;
    }
    if let Some(id) = query.station_id.as_deref() {
        refuse_if(!is_qualified(id, ""), Code::StationIdFormat)?;
        if let Some(unit) = estate.unit(id) {
            asked::enterprise(estate, unit.traits.organization)?;
        }
    }
    let criteria = StationsQuery {
        station_id: query.station_id.clone(),
        // A part of the name is enough here.
        station_name: query
            .station_name
            .as_ref()
            .map(|part| format!("*{}*", part.trim())),
        org_id: query.org_id.clone(),
        organization_name: query.organization_name.clone(),
        ..StationsQuery::default()
    };
    let mut found = search::stations(estate, &criteria);
    found.retain(|unit| {
        let mac = unit.station.station_mac_addr.as_deref();
        asked::same(query.station_mac_addr.as_deref(), mac)
            && asked::enterprise(estate, unit.traits.organization).is_ok()
    });
    Ok(found)
}

fn row(estate: &Estate, found: &Transaction<'_>, number: usize, now: i64) -> Row {
    let session = &found.session;
    let station = &session.unit.station;
    let fee = found.fee(now);
    let (energy, start, end) = match found.kind {
        Kind::Session => (session.charge(now).energy, session.visit.start, session.visit.end),
        Kind::Reservation => (0.0, found.at, session.visit.start),
    };
    Row {
        station_id: station.station_id.clone(),
        station_name: station.station_name.clone(),
        station_mac_addr: station.station_mac_addr.clone(),
        port_number: session.port_number(),
        organization_name: station.organization_name.clone(),
        pricing_rule_name: Some(found.rule.to_owned()),
        transaction_type: Some(found.kind.word().to_owned()),
        transaction_id: Some(found.number().to_string()),
        energy: Some(rounded(energy)),
        transaction_time: Some(date_time(found.at)),
        start_time: Some(date_time(start)),
        end_time: Some(date_time(end)),
        currency: station.currency_code.clone(),
        gross_amount: Some(fee.gross),
        flex_billing_service_fee: Some(fee.service),
        net_revenue: Some(fee.revenue),
        exchange_rate_usd: Some(found.in_dollars()),
        record_number: i32::try_from(number).ok(),
        anonymous_credit_card_number: estate.who(session).bank_card,
        tax_amount: Some(fee.tax),
        net_amount: Some(fee.net),
    }
}
