//! The pieces of a `view!` that are not known before it runs.

use crate::prelude::*;
use crate::run::Take;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr, types};
use leptos::tachys::view::any_view::AnyViewState;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;

use super::template::Place;
use super::value::{Text, Value};

/// A value, handler or view for a hole of the template.
pub enum Piece {
    Value(Value),
    On(Owner, SendWrapper<Handler>),
    Ref(RwSignal<Option<SendWrapper<types::Element>>>),
    View(AnyView),
}

pub type Handler = Box<dyn Take<types::Event>>;

/// A piece in the page.
pub enum PieceState {
    At(types::Element, Place, &'static str, Held),
    View(AnyViewState),
}

/// What an element holds of a piece.
pub enum Held {
    Still(Text),
    Live(RenderEffect<Text>),
    /// Takes the handler off when it is dropped.
    On(#[expect(dead_code, reason = "held for its drop")] RemoveEventHandler<types::Element>),
    Ref,
}

impl Piece {
    /// Puts it at an element, where `before` stands from an earlier drawing.
    pub fn put(self, node: &types::Element, place: Place, name: &'static str, before: Option<Held>) -> Held {
        match self {
            Self::Value(value) => {
                let before = match before {
                    Some(Held::Still(text)) => Some(text),
                    Some(Held::Live(effect)) => effect.take_value(),
                    _ => None,
                };
                put_value(node.clone(), place, name, before, value)
            }
            Self::On(owner, run) => {
                drop(before);
                let mut run = run.take();
                let run = Box::new(move |event| owner.with(|| run.take_in(event)));
                Held::On(Rndr::add_event_listener(node, name, run))
            }
            Self::Ref(filled) => {
                filled.set(Some(SendWrapper::new(node.clone())));
                Held::Ref
            }
            Self::View(_) => Held::Ref,
        }
    }
}

fn put_value(
    node: types::Element,
    place: Place,
    name: &'static str,
    before: Option<Text>,
    value: Value,
) -> Held {
    match value {
        Value::Still(text) => {
            put_text(&node, place, name, before, &text);
            Held::Still(text)
        }
        Value::Live(mut value) => {
            let draw = move |before| {
                let text = value.again();
                put_text(&node, place, name, before, &text);
                text
            };
            Held::Live(RenderEffect::new_with_value(draw, before))
        }
    }
}

fn put_text(node: &types::Element, place: Place, name: &str, before: Option<Text>, now: &Text) {
    let text = now.as_deref();
    let property = match place {
        Place::Flag => JsValue::from_bool(text.is_some()),
        Place::Value => JsValue::from_str(text.unwrap_or_default()),
        _ => return put_attribute(node, place, name, before.flatten().as_deref(), text),
    };
    // Even if it is the same as before: the reader may have changed it.
    Rndr::set_property_or_value(node, name, &property);
}

fn put_attribute(node: &types::Element, place: Place, name: &str, before: Option<&str>, now: Option<&str>) {
    if before == now {
        return;
    }
    match (place, now) {
        (Place::Class, Some(_)) => Rndr::add_class(&Rndr::class_list(node), name),
        (Place::Class, None) => Rndr::remove_class(&Rndr::class_list(node), name),
        // As a property: the portal's policy takes styles from no attribute.
        (_, Some(text)) if name == "style" => {
            Rndr::set_property_or_value(node, name, &JsValue::from_str(text))
        }
        (_, Some(text)) => Rndr::set_attribute(node, name, text),
        (_, None) => Rndr::remove_attribute(node, name),
    }
}
