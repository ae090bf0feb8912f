//! In which order functions stand: beside their like. Functions of the very same words are one.

use std::collections::HashMap;

use super::code::Code;

/// The functions that stay, in their order, and for each function the one that stands for it.
/// `imports`: for each of these the one that it is.
pub fn order(code: &[Code], imports: &[u32]) -> (Vec<usize>, Vec<usize>) {
    let stands = stands(code, imports);
    let mut order: Vec<usize> = (0..code.len()).filter(|at| stands[*at] == *at).collect();
    order.sort_by_cached_key(|at| {
        let mut alike = Vec::new();
        code[*at].write(&|_| 0, &mut alike);
        (code[*at].kind, alike)
    });
    (order, stands)
}

/// For each function the first of the same words. Once two are one, those that call them may be one too.
fn stands(code: &[Code], imports: &[u32]) -> Vec<usize> {
    let mut stands: Vec<usize> = (0..code.len()).collect();
    loop {
        let mut first = HashMap::new();
        let one = |(at, code): (usize, &Code)| {
            let called = |function: u32| {
                let own = |own: usize| (imports.len() + stands[own]) as u32;
                let import = imports.get(function as usize).copied();
                import.unwrap_or_else(|| own(function as usize - imports.len()))
            };
            let mut body = Vec::new();
            code.write(&called, &mut body);
            *first.entry((code.kind, body)).or_insert(at)
        };
        let next: Vec<usize> = code.iter().enumerate().map(one).collect();
        if next == stands {
            return stands;
        }
        stands = next;
    }
}
