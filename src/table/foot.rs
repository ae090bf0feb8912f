//! How many rows there are, and turning the pages.

use super::Table;
use crate::kit::format::{count, number};
use crate::kit::{IconButton, Symbol};
use crate::prelude::*;

/// The page sizes on offer.
const SIZES: &[u32] = &[25, 50, 100, 250, 500];

#[component]
pub fn Foot(table: Table) -> impl IntoView {
    let Table {
        noun, query, page, ..
    } = table;
    let words = move || {
        page.with(|page| {
            let from = u64::from(page.page.saturating_sub(1)) * u64::from(page.page_size) + 1;
            match page.items.len() as u64 {
                0 => String::new(),
                rows if rows == page.total => count(page.total, noun.0, noun.1),
                rows => format!(
                    "{}–{} of {}",
                    number(from),
                    number(from + rows - 1),
                    count(page.total, noun.0, noun.1)
                ),
            }
        })
    };
    let size = move || query.get().page_size;
    let sizes = move || {
        let mut sizes = SIZES.to_vec();
        if !sizes.contains(&size()) {
            let at = sizes.partition_point(|rows| *rows < size());
            sizes.insert(at, size());
        }
        let choice = |rows: u32| {
            view! { <option value=rows.to_string() prop:selected=move || size() == rows>{rows}</option> }
        };
        sizes.into_iter().map(choice).collect_view()
    };
    let many = move || table.total() > u64::from(SIZES[0]);
    let at = move || page.with(|page| (page.page, page.pages())).unwrap_or((1, 1));
    // Behind the last row there is no page to name.
    let where_at = move || match at() {
        (page, pages) if page > pages => count(pages.into(), "page", "pages"),
        (page, pages) => format!("Page {} of {}", number(page.into()), number(pages.into())),
    };
    view! {
        <div class="table-foot">
            <p role="status">{words}</p>
            <Show when=many>
                <label class="table-size">
                    <span>"Rows per page"</span>
                    <select
                        class="input"
                        on:change:target=move |event| {
                            if let Ok(rows) = event.target().value().parse() {
                                query.resize(rows);
                            }
                        }
                    >
                        {sizes}
                    </select>
                </label>
                <nav class="table-pages" aria-label="Pages">
                    <IconButton
                        icon=Symbol::ChevronLeft
                        label="Previous page"
                        disabled=Signal::derive(move || at().0 <= 1)
                        on_press=move |()| query.turn(at().0.saturating_sub(1).clamp(1, at().1))
                    />
                    <span>{where_at}</span>
                    <IconButton
                        icon=Symbol::ChevronRight
                        label="Next page"
                        disabled=Signal::derive(move || at().0 >= at().1)
                        on_press=move |()| query.turn(at().0 + 1)
                    />
                </nav>
            </Show>
        </div>
    }
}
