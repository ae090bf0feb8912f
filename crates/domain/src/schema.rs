//! JSON schemas of types whose own modules know nothing of them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::identifiers::IdKind;

impl JsonSchema for IdKind {
    fn schema_name() -> Cow<'static, str> {
        "IdKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": ["auth-id", "chip-id"] })
    }
}
