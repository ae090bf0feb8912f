//! The table over a fake source.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::customers::Customer;
use domain::listing::{ListQuery, Page};
use domain::problem::{Problem, kind};
use ev_portal::api::transport::Asked;
use ev_portal::api::{Loaded, Record, Rows};
use ev_portal::kit::EmptyState;
use ev_portal::prelude::*;
use ev_portal::table::{Cells, DataTable, List, QueryState, Selection, Shown};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::page::{Mounted, mount, until};

fn customer(number: u64) -> Customer {
    Customer {
        id: format!("c{number}"),
        external_id: format!("K-{number}"),
        name: format!("Customer {number}"),
        email: String::new(),
        phone: String::new(),
        note: String::new(),
        tokens: number * 1000,
        version: 1,
        created_at: "2026-11-20T08:15:00Z".into(),
        updated_at: "2026-11-20T08:15:00Z".into(),
    }
}

/// What the source was asked, and what it answers.
#[derive(Clone)]
struct Source {
    asked: Rc<RefCell<Vec<ListQuery>>>,
    rows: Rc<RefCell<Result<u64, Problem>>>,
}

impl Source {
    fn of(rows: u64) -> Self {
        Self {
            asked: Rc::default(),
            rows: Rc::new(RefCell::new(Ok(rows))),
        }
    }

    fn fail(&self) {
        let problem = Problem {
            kind: kind::CONNECTION.into(),
            title: "No connection".into(),
            ..Problem::default()
        };
        *self.rows.borrow_mut() = Err(problem);
    }

    fn answer(&self, query: ListQuery) -> Result<Page<Customer>, Problem> {
        self.asked.borrow_mut().push(query.clone());
        let total = if query.q == "nothing" {
            0
        } else {
            self.rows.borrow().clone()?
        };
        let rows = (1..=total)
            .skip(query.offset() as usize)
            .take(query.page_size as usize);
        let items = rows.map(customer).collect();
        Ok(Page {
            items,
            total,
            page: query.page,
            page_size: query.page_size,
            as_of: "2026-11-20T08:00:00Z".into(),
        })
    }

    fn last(&self) -> ListQuery {
        self.asked.borrow().last().cloned().unwrap()
    }
}

struct Table {
    page: Mounted,
    query: QueryState,
    loaded: Loaded<Rows>,
    selection: Selection,
}

fn table(source: &Source) -> Table {
    let source = source.clone();
    let made = Rc::new(Cell::new(None));
    let slot = made.clone();
    let page = mount(move || {
        let query = QueryState::local(List::of::<Customer>("/customers"));
        let selection = Selection::new();
        let loaded = Loaded::new(move || {
            let (source, query) = (source.clone(), query.get());
            Asked::of(async move {
                source
                    .answer(query)
                    .map(|page| serde_json::to_string(&page).unwrap())
            })
        });
        slot.set(Some((query, loaded, selection)));
        let remove = |customer: Record| {
            view! { <button>{format!("Remove {}", customer.text("id"))}</button> }.into_any()
        };
        view! {
            <DataTable
                label="Customers"
                noun=("customer", "customers")
                query
                page=loaded
                href=Callback::new(|customer: Record| format!("#{}", customer.text("id")))
                cells=Cells::new().with("email", |_| Shown::text("drawn").note("quietly"))
                without=&["phone"]
                selection
                row_actions=Callback::new(remove)
                search="Search customers"
                empty=|| view! { <EmptyState title="No customers yet" detail="Create one." /> }
            />
        }
    });
    let (query, loaded, selection) = made.get().unwrap();
    Table {
        page,
        query,
        loaded,
        selection,
    }
}

fn sorted(page: &Mounted) -> Option<(String, String)> {
    let head = page.root.query_selector("th[aria-sort]").unwrap()?;
    Some((
        head.text_content()?.trim().to_owned(),
        head.get_attribute("aria-sort")?,
    ))
}

#[wasm_bindgen_test]
async fn cells_come_from_the_column_table() {
    let Table { page, .. } = table(&Source::of(2));
    page.shows("Customer 2").await;
    let heads = page.root.query_selector_all("thead th").unwrap();
    let heads: Vec<_> = (0..heads.length())
        .map(|at| heads.get(at).unwrap().text_content().unwrap())
        .collect();
    assert_eq!(
        heads,
        [
            "",
            "Name",
            "External ID",
            "E-mail",
            "Charge tokens",
            "Updated",
            "Actions"
        ]
    );
    assert_eq!(
        page.find("tbody th a").get_attribute("href").as_deref(),
        Some("#c1")
    );
    assert_eq!(page.find("td.number").inner_text(), "1,000");
    assert_eq!(page.find("td .quiet").inner_text().trim(), "quietly");
    page.shows("drawn quietly").await;
    assert_eq!(page.find("tbody .id").inner_text(), "K-1");
    assert_eq!(
        page.find("time").get_attribute("title").as_deref(),
        Some("2026-11-20 08:15:00 UTC")
    );
    page.shows("2 customers").await;
}

#[wasm_bindgen_test]
async fn a_header_sorts_and_says_so() {
    let source = Source::of(60);
    let Table { page, query, .. } = table(&source);
    page.shows("Customer 1").await;
    assert_eq!(sorted(&page), None);
    query.turn(2);
    page.press("Name");
    until("ascending", || {
        sorted(&page) == Some(("Name".into(), "ascending".into()))
    })
    .await;
    page.press("Name");
    until("descending", || {
        sorted(&page) == Some(("Name".into(), "descending".into()))
    })
    .await;
    until("asked", || source.last().sort == "-name").await;
    assert_eq!(source.last().page, 1);
}

#[wasm_bindgen_test]
async fn pages_are_turned_and_counted() {
    let source = Source::of(2_013);
    let Table { page, .. } = table(&source);
    page.shows("1–50 of 2,013 customers").await;
    let previous = page.find("[aria-label='Previous page']");
    assert!(previous.has_attribute("disabled"));
    page.find("[aria-label='Next page']").click();
    page.shows("51–100 of 2,013 customers").await;
    assert!(!previous.has_attribute("disabled"));
    page.shows("Page 2 of 41").await;

    let size: HtmlSelectElement = page.find(".table-size select").unchecked_into();
    size.set_value("500");
    size.dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    page.shows("1–500 of 2,013 customers").await;
    assert_eq!((source.last().page, source.last().page_size), (1, 500));
}

#[wasm_bindgen_test]
async fn rows_are_selected_over_all_pages() {
    let Table {
        page,
        query,
        selection,
        ..
    } = table(&Source::of(60));
    page.shows("Customer 50").await;
    let all: HtmlInputElement = page.find("thead input").unchecked_into();
    page.find("[aria-label='Select Customer 2']").click();
    page.shows("1 customer selected").await;
    assert!(all.indeterminate());
    all.click();
    page.shows("50 customers selected").await;
    query.turn(2);
    page.shows("51–60 of 60").await;
    until("none of this page", || !all.checked() && !all.indeterminate()).await;
    page.find("[aria-label='Select Customer 51']").click();
    page.shows("51 customers selected").await;
    assert_eq!(selection.ids().len(), 51);
    page.press("Unselect");
    until("none selected", || selection.is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_row_is_a_link_but_its_controls_are_not() {
    let Table { page, selection, .. } = table(&Source::of(3));
    page.shows("Customer 3").await;
    let before = window().location().href().unwrap();
    page.press("Remove c2");
    page.find("[aria-label='Select Customer 2']").click();
    assert_eq!(window().location().href().unwrap(), before);
    assert!(selection.contains("c2"));
    page.find("tbody tr:nth-of-type(2) td.number").click();
    until("followed", || window().location().hash().unwrap() == "#c2").await;
    window()
        .history()
        .unwrap()
        .replace_state_with_url(&"".into(), "", Some(&before))
        .unwrap();
}

#[wasm_bindgen_test]
async fn nothing_there_and_nothing_found_are_told_apart() {
    let source = Source::of(0);
    let Table { page, .. } = table(&source);
    page.shows("No customers yet").await;
    assert!(page.root.query_selector("input[type=search]").unwrap().is_none());

    let Table { page, .. } = table(&Source::of(3));
    page.shows("Customer 3").await;
    page.fill("input[type=search]", "nothing");
    page.shows("No customer matches “nothing”").await;
    page.press("Clear search");
    page.shows("Customer 3").await;
    let search: HtmlInputElement = page.find("input[type=search]").unchecked_into();
    until("the box is empty", || search.value().is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_page_behind_the_end_leads_back() {
    let Table { page, query, .. } = table(&Source::of(60));
    page.shows("Customer 1").await;
    query.turn(9);
    page.shows("behind the last row").await;
    page.press("Go to the last page");
    page.shows("51–60 of 60").await;
}

#[wasm_bindgen_test]
async fn a_failure_says_why_and_keeps_the_old_rows() {
    let source = Source::of(3);
    source.fail();
    let Table { page, loaded, .. } = table(&source);
    page.shows("No connection").await;
    *source.rows.borrow_mut() = Ok(3);
    page.press("Try again");
    page.shows("Customer 3").await;
    assert!(!page.text().contains("No connection"));

    source.fail();
    loaded.reload();
    page.shows("No connection").await;
    assert!(page.text().contains("Customer 3"));
    assert!(page.find(".table-region").has_attribute("data-old"));
}

#[wasm_bindgen_test]
async fn a_row_that_stays_the_same_stays_in_place() {
    let source = Source::of(3);
    let Table { page, loaded, .. } = table(&source);
    page.shows("Customer 3").await;
    let row = page.find("tbody tr:nth-of-type(2)");
    *source.rows.borrow_mut() = Ok(4);
    loaded.reload();
    page.shows("Customer 4").await;
    assert_eq!(page.find("tbody tr:nth-of-type(2)"), row);
}
