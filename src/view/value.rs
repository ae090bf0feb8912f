//! Values of attributes, classes and properties.

use std::borrow::Cow;

use crate::run::Again;
use crate::signal::{Memo, RwSignal, Signal};

/// What a value comes to. None: the attribute, class or flag is not there.
pub type Text = Option<Cow<'static, str>>;

/// A value, or what makes it again whenever a signal it reads changes.
pub enum Value {
    Still(Text),
    Live(Box<dyn Again<Text> + Send>),
}

/// What can be a value.
pub trait IntoText {
    fn into_text(self) -> Text;
}

/// What can be a value, now or again and again.
pub trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoText for &'static str {
    fn into_text(self) -> Text {
        Some(self.into())
    }
}

impl IntoText for String {
    fn into_text(self) -> Text {
        Some(self.into())
    }
}

impl IntoText for u32 {
    fn into_text(self) -> Text {
        self.to_string().into_text()
    }
}

/// There or not there.
impl IntoText for bool {
    fn into_text(self) -> Text {
        self.then_some("".into())
    }
}

impl<T: IntoText> IntoText for Option<T> {
    fn into_text(self) -> Text {
        self.and_then(IntoText::into_text)
    }
}

impl<F: FnMut() -> T + Send + 'static, T: IntoText> IntoValue for F {
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_text()))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Still(None), IntoValue::into_value)
    }
}

macro_rules! still {
    ($($kind:ty),*) => {$(
        impl IntoValue for $kind {
            fn into_value(self) -> Value {
                Value::Still(self.into_text())
            }
        }
    )*};
}

still!(&'static str, String, bool, u32);

macro_rules! live {
    ($($signal:ident),*) => {$(
        impl<T: IntoText + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                Value::Live(Box::new(move || self.get().into_text()))
            }
        }
    )*};
}

live!(Memo, RwSignal, Signal);
