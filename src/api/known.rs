//! The last answers to what people come back to, in this tab and for as long as it is open.

use std::cell::RefCell;

use super::transport::Answer;

/// How many are kept.
const MOST: usize = 16;
/// How long their texts may be; longer ones are waited for.
const LONGEST: usize = 100_000;

thread_local! {
    /// By name, the latest last.
    static ALL: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// What was answered last under that name.
pub fn get(name: &str) -> Option<String> {
    ALL.with_borrow(|all| {
        let own = all.iter().find(|(own, _)| own == name);
        own.map(|(_, text)| text.clone())
    })
}

/// From now on nothing is known.
pub fn forget() {
    ALL.with_borrow_mut(Vec::clear);
}

/// Keeps an answer under that name; what failed is no longer known.
pub fn keep(name: String, answer: &Answer<String>) {
    if name.is_empty() {
        return;
    }
    ALL.with_borrow_mut(|all| {
        all.retain(|(own, _)| *own != name);
        if let Some(text) = answer.as_ref().ok().filter(|text| text.len() <= LONGEST) {
            if all.len() == MOST {
                all.remove(0);
            }
            all.push((name, text.clone()));
        }
    });
}
