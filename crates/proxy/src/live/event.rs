//! An event, as it travels, and who may see it.

use serde_json::Value;

use crate::access::Caller;
use crate::estate::reach::Reach;

/// Who sees an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    /// Who sees that station.
    Station(String),
    /// Who has the permission and reaches the organization of that key; empty: an account that is limited sees it
    /// only where such records belong to everybody.
    Of {
        permission: &'static str,
        organization: String,
        is_everybodys: bool,
    },
}

/// Something that happened.
pub struct Event {
    id: String,
    text: String,
    audience: Audience,
}

impl Event {
    pub(super) fn new(id: String, name: &str, data: &Value, audience: Audience) -> Self {
        let text = frame(Some(&id), name, data);
        Self { id, text, audience }
    }

    /// Its place among all events.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// As it travels.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether somebody sees it; `reach` is none while nobody knows what they reach.
    pub fn is_for(&self, caller: &Caller, reach: Option<&Reach>) -> bool {
        match &self.audience {
            Audience::Everybody => true,
            Audience::Station(id) => {
                caller.may("View:Station") && reach.is_some_and(|reach| reach.station(id))
            }
            Audience::Of {
                permission,
                organization,
                is_everybodys,
            } => caller.may(permission) && (*is_everybodys || caller.reaches(organization)),
        }
    }
}

/// An event of that name. JSON has no line breaks outside of its texts, where they are escaped.
pub fn frame(id: Option<&str>, name: &str, data: &Value) -> String {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::Identity;

    #[test]
    fn a_text_with_line_breaks_stays_one_line() {
        let text = frame(Some("e.1"), "alarm", &json!({ "a": "x\ny\r\n" }));
        assert_eq!(text, "id: e.1\nevent: alarm\ndata: {\"a\":\"x\\ny\\r\\n\"}\n\n");
    }

    #[test]
    fn an_organization_of_none_is_seen_without_limits_only() {
        let of = |organization: &str, is_everybodys| Audience::Of {
            permission: "View:Location",
            organization: organization.into(),
            is_everybodys,
        };
        let event = |audience| Event::new("e.1".into(), "books", &json!({}), audience);
        let free = Identity {
            permissions: vec!["View:Location"],
            ..Identity::default()
        };
        let limited = Identity {
            organizations: Some(vec!["1:org1".into()]),
            ..free.clone()
        };
        let [free, limited] = [free, limited].map(Caller::from);
        for (audience, expected) in [
            (of("", false), (true, false)),
            (of("", true), (true, true)),
            (of("1:org1", false), (true, true)),
            (of("1:org2", false), (true, false)),
            (Audience::Station("1:7".into()), (false, false)),
            (Audience::Everybody, (true, true)),
        ] {
            let event = event(audience.clone());
            let found = (event.is_for(&free, None), event.is_for(&limited, None));
            assert_eq!(found, expected, "{audience:?}");
        }
        assert!(
            !event(of("", false)).is_for(&Caller::default(), None),
            "no permission"
        );
    }
}
