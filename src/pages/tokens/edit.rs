//! The form of a charge token.

use domain::tokens::{CustomerRef, Token, TokenInput, TokenType};

use super::customer_picker::CustomerPicker;
use crate::api::{self, Write};
use crate::kit::time::{from_input, to_input};
use crate::kit::{SelectField, Switch, TextArea, TextField};
use crate::pages::record::{RecordForm, typed};
use crate::prelude::*;

/// Creates a token, or changes `base`.
#[component]
pub fn EditToken(
    open: RwSignal<bool>,
    #[prop(optional_no_strip)] base: Option<Token>,
    /// The version to change, read when saving.
    #[prop(optional, into)]
    version: Signal<u64>,
    /// Another version is there: fetch it.
    #[prop(optional, into)]
    on_stale: Option<Callback<()>>,
    on_saved: Callback<Token>,
) -> impl IntoView {
    let write = Write::new();
    let words = if base.is_some() {
        "Save"
    } else {
        "Create charge token"
    };
    let fields = Fields::of(base.as_ref());
    let base = StoredValue::new(base);
    let save = move |()| {
        let base = base.get_value();
        let input = fields.input(base.as_ref());
        let done = move |token| {
            open.try_set(false);
            on_saved.run(token);
        };
        match base {
            Some(_) if input == TokenInput::default() => open.set(false),
            Some(base) => write.run(api::tokens::update(base.id, version.get_untracked(), input), done),
            None => write.run(api::tokens::create(input), done),
        }
    };
    effect(move || {
        if let (true, Some(fetch)) = (write.stale().get(), on_stale) {
            fetch.run(());
        }
    });
    let types: Vec<_> = TokenType::WORDS
        .iter()
        .map(|word| (word.to_string(), word.to_string()))
        .collect();
    view! {
        <RecordForm open write save=words on_save=save>
            <TextField
                label="Auth ID"
                value=fields.auth_id
                mono=true
                required=true
                autofocus=true
                hint="The contract ID, for example DE-8AA-C12345678-4"
                error=write.field("authId")
            />
            <TextField
                label="Chip ID"
                value=fields.chip_id
                mono=true
                hint="The UID that the reader sees, in hex"
                error=write.field("chipId")
            />
            <TextField
                label="Visual ID"
                value=fields.visual_id
                mono=true
                hint="The number printed on the card"
                error=write.field("visualId")
            />
            <SelectField label="Type" value=fields.token_type options=types />
            <CustomerPicker customer=fields.customer error=write.field("customerId") />
            <TextField label="Issuer" value=fields.issuer error=write.field("issuer") />
            <Switch label="Valid" checked=fields.valid hint="Off: the token is blocked and refused everywhere." />
            <TextField
                label="Expires"
                value=fields.expires
                kind="datetime-local"
                hint="In your own time. Empty: never."
                error=write.field("expires")
            />
            <TextArea label="Note" value=fields.note error=write.field("note") />
        </RecordForm>
    }
}

#[derive(Clone, Copy)]
struct Fields {
    auth_id: RwSignal<String>,
    chip_id: RwSignal<String>,
    visual_id: RwSignal<String>,
    token_type: RwSignal<String>,
    customer: RwSignal<Option<CustomerRef>>,
    issuer: RwSignal<String>,
    valid: RwSignal<bool>,
    expires: RwSignal<String>,
    note: RwSignal<String>,
}

impl Fields {
    fn of(token: Option<&Token>) -> Self {
        let text = |read: fn(&Token) -> String| RwSignal::new(token.map(read).unwrap_or_default());
        let token_type = token.map(|token| token.token_type).unwrap_or_default();
        Self {
            auth_id: text(|token| token.auth_id.clone()),
            chip_id: text(|token| token.chip_id.clone().unwrap_or_default()),
            visual_id: text(|token| token.visual_id.clone().unwrap_or_default()),
            token_type: RwSignal::new(token_type.word().into()),
            customer: RwSignal::new(token.and_then(|token| token.customer.clone())),
            issuer: text(|token| token.issuer.clone()),
            valid: RwSignal::new(token.is_none_or(|token| token.valid)),
            expires: text(|token| token.expires.as_deref().map(to_input).unwrap_or_default()),
            note: text(|token| token.note.clone()),
        }
    }

    /// What differs from the token.
    fn input(self, token: Option<&Token>) -> TokenInput {
        let differs =
            |field, read: fn(&Token) -> Option<&str>| typed(field, token.and_then(read).unwrap_or_default());
        let word = self.token_type.get_untracked();
        let token_type = if word == TokenType::Other.word() {
            TokenType::Other
        } else {
            TokenType::Rfid
        };
        let customer = self
            .customer
            .get_untracked()
            .map(|customer| customer.id)
            .unwrap_or_default();
        let customer_before = token
            .and_then(|token| token.customer.as_ref())
            .map_or("", |customer| &customer.id);
        let valid = self.valid.get_untracked();
        let expires = self.expires.get_untracked();
        let expires_before = token
            .and_then(|token| token.expires.as_deref())
            .map(to_input)
            .unwrap_or_default();
        TokenInput {
            auth_id: differs(self.auth_id, |token| Some(&token.auth_id)),
            chip_id: differs(self.chip_id, |token| token.chip_id.as_deref()),
            visual_id: differs(self.visual_id, |token| token.visual_id.as_deref()),
            token_type: token
                .is_none_or(|token| token.token_type != token_type)
                .then_some(token_type),
            customer_id: (customer != customer_before).then_some(customer),
            issuer: differs(self.issuer, |token| Some(&token.issuer)),
            valid: token.is_none_or(|token| token.valid != valid).then_some(valid),
            expires: (expires != expires_before).then(|| from_input(&expires)),
            note: differs(self.note, |token| Some(&token.note)),
        }
    }
}
