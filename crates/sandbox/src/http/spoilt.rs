//! Right messages made wrong. They are our own, so that looking for their tags is enough.

/// Breaks off in the middle.
pub fn truncated(mut message: String) -> String {
    let half = (0..=message.len() / 2)
        .rev()
        .find(|at| message.is_char_boundary(*at));
    message.truncate(half.unwrap_or_default());
    message
}

/// Announces more. The flag is spelt in two ways.
pub fn more(message: String) -> String {
    message.replace("oreFlag>0<", "oreFlag>1<")
}

/// Says that its answer is of another's vocabulary.
pub fn other_namespace(message: String) -> String {
    let ours = chargepoint::table::NAMESPACE;
    message.replace(ours, "urn:dictionary:com.example.webservices")
}

/// The elements of the answer the other way round.
pub fn other_order(message: String) -> String {
    rewritten(message, |children| children.into_iter().rev().collect())
}

/// The answer without rows, announcing more; an answer without pages as it is.
pub fn no_rows(message: String) -> String {
    if !message.contains("oreFlag>") {
        return message;
    }
    rewritten(message, |children| {
        let kept = children.into_iter().filter_map(|child| match name(child) {
            "responseCode" | "responseText" => Some(child),
            "moreFlag" => Some("<moreFlag>1</moreFlag>"),
            "MoreFlag" => Some("<MoreFlag>1</MoreFlag>"),
            // The flag of drivers stands among them.
            "users" => Some("<users><moreFlag>1</moreFlag></users>"),
            _ => None,
        });
        kept.collect()
    })
}

/// The same message, asking for the first page.
pub fn from_the_start(message: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(message);
    let tag = "<startRecord>";
    let asked = text.split_once(tag).and_then(|(before, rest)| {
        let (_, after) = rest.split_once('<')?;
        Some(format!("{before}{tag}1<{after}"))
    });
    asked.map_or_else(|| message.to_vec(), String::into_bytes)
}

/// The message with other children of the answer's element; a fault as it is.
fn rewritten(message: String, with: impl FnOnce(Vec<&str>) -> String) -> String {
    let Some((before, children, after)) = split(&message) else {
        return message;
    };
    format!("{before}{}{after}", with(children))
}

fn name(element: &str) -> &str {
    let name = element.trim_start_matches('<').split(['>', '/']).next();
    name.unwrap_or_default()
}

/// What stands before the children of the answer's element, the children, and what follows.
fn split(message: &str) -> Option<(&str, Vec<&str>, &str)> {
    let from = message.find("<ns1:")?;
    let from = from + message[from..].find('>')? + 1;
    let until = message.rfind("</ns1:")?;
    let content = message.get(from..until)?;
    let (mut children, mut depth, mut begin, mut at) = (Vec::new(), 0, 0, 0);
    while let Some(open) = content[at..].find('<') {
        let open = at + open;
        at = open + content[open..].find('>')? + 1;
        let tag = &content[open..at];
        depth += match (tag.starts_with("</"), tag.ends_with("/>")) {
            (true, _) => -1,
            (_, true) => 0,
            _ => 1,
        };
        if depth == 0 {
            children.push(&content[begin..at]);
            begin = at;
        }
    }
    Some((&message[..from], children, &message[until..]))
}
