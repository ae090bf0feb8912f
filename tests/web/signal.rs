//! Signals of the app's own, which keep values of all types alike.

use std::cell::Cell;
use std::rc::Rc;

use ev_portal::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{owner, turn, until};

#[wasm_bindgen_test]
async fn what_reads_a_signal_follows_it_through_memos_and_closures() {
    let owner = owner();
    let (number, seen) = owner.with(|| {
        let number = RwSignal::new(1_u32);
        let even = memo(move |_| number.get().is_multiple_of(2));
        let word = Signal::derive(move || if even.get() { "even" } else { "odd" }.to_owned());
        let seen = RwSignal::new(Vec::<String>::new());
        effect(move || seen.update(|all| all.push(word.get())));
        (number, seen)
    });
    until("first", || seen.get_untracked() == ["odd"]).await;
    number.set(3);
    turn().await;
    assert_eq!(seen.get_untracked(), ["odd"], "the memo came to the same");
    number.update(|number| *number += 1);
    until("second", || seen.get_untracked() == ["odd", "even"]).await;
    let both = [Signal::from(number), Signal::stored(7)].map(Signal::get_untracked);
    assert_eq!(both, [4, 7]);
    assert_eq!(number.try_update(std::mem::take), Some(4));
    assert_eq!(number.with_untracked(|number| *number), 0);
}

#[wasm_bindgen_test]
async fn what_is_read_untracked_is_not_followed() {
    let owner = owner();
    let runs = Rc::new(Cell::new(0));
    let (counted, number) = (SendWrapper::new(runs.clone()), owner.with(|| RwSignal::new(1)));
    owner.with(|| {
        let twice = Signal::derive(move || number.get() * 2);
        effect(move || {
            counted.set(counted.get() + 1);
            twice.get_untracked();
        });
    });
    until("ran", || runs.get() == 1).await;
    number.set(2);
    turn().await;
    assert_eq!(runs.get(), 1);
}

#[wasm_bindgen_test]
fn what_is_gone_is_not_read_and_setting_it_does_nothing() {
    let owner = owner();
    let (number, memo) = owner.with(|| {
        let number = RwSignal::new(1);
        (number, memo(move |_| number.get()))
    });
    owner.cleanup();
    assert!(number.is_disposed());
    assert_eq!(number.try_get_untracked(), None);
    assert_eq!(memo.try_get_untracked(), None);
    number.set(2);
    assert_eq!(number.try_update(|_| ()), None);
}

#[wasm_bindgen_test]
fn what_is_kept_is_followed_by_nobody_and_goes_with_its_owner() {
    let owner = crate::page::owner();
    let kept = owner.with(|| StoredValue::new(vec![1]));
    kept.update_value(|all| all.push(2));
    assert_eq!(kept.try_update_value(std::mem::take), Some(vec![1, 2]));
    kept.set_value(vec![3]);
    assert_eq!((kept.get_value(), kept.with_value(Vec::len)), (vec![3], 1));
    owner.cleanup();
    assert_eq!(kept.try_get_value(), None);
}
