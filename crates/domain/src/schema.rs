//! JSON schemas of types whose own modules know nothing of them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::identifiers::IdKind;
use crate::listing::{DEFAULT_PAGE_SIZE, ListQuery, MAX_PAGE_SIZE};

impl JsonSchema for IdKind {
    fn schema_name() -> Cow<'static, str> {
        "IdKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": ["auth-id", "chip-id"] })
    }
}

impl JsonSchema for ListQuery {
    fn schema_name() -> Cow<'static, str> {
        "ListQuery".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {
                "q": { "type": "string", "description": "Free text over the searchable columns." },
                "filter": {
                    "type": "array",
                    "items": { "type": "string" },
                    "description": "Repeatable: FIELD:CONDITION:VALUE. Conditions: contains, notContains, is, isNot, startsWith, in, lt, gt, before, after, between, isEmpty, isNotEmpty; which of them fit follows from the field. Lists and ranges have commas between their values, a backslash before commas in them. Dates: 2026-11-20, with a time and an offset where wanted.",
                },
                "match": { "enum": ["all", "any"], "default": "all", "description": "Whether all filters must hold or one is enough." },
                "sort": { "type": "string", "description": "A column's key, with - before it for descending order." },
                "page": { "type": "integer", "minimum": 1, "default": 1 },
                "pageSize": { "type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": DEFAULT_PAGE_SIZE },
            },
        })
    }
}
