//! The SQL side of a column.

/// A column as SQL compares and orders it. In all expressions `{now}` is this moment.
#[derive(Clone, Copy)]
pub struct Column {
    pub key: &'static str,
    /// The text that `domain::filter::comparable` gives of its cell. NULL counts as the empty text.
    pub(super) text: &'static str,
    /// What numbers and moments are compared by; the text, where it is empty.
    pub(super) value: &'static str,
    pub(super) is_number: bool,
    /// What to order by, most significant first; the value or the text, where there is nothing.
    pub(super) order: &'static [&'static str],
    /// What holds of every row and lets the engine use an index of several columns.
    pub(super) within: &'static str,
}

impl Column {
    /// A column of texts: folded ones, keys of ids, folded words of choices, `yes` and `no`, days, moments
    /// in UTC.
    pub const fn text(key: &'static str, text: &'static str) -> Self {
        Self {
            key,
            text,
            value: "",
            is_number: false,
            order: &[],
            within: "",
        }
    }

    /// A column of numbers.
    pub const fn number(key: &'static str, value: &'static str) -> Self {
        let mut column = Self::text(key, "");
        column.value = value;
        column.is_number = true;
        column
    }

    /// A column of moments that are shown in Pacific time: the moment in UTC, and the text of
    /// `domain::moment::local`.
    pub const fn pacific(key: &'static str, utc: &'static str, local: &'static str) -> Self {
        let mut column = Self::text(key, local);
        column.value = utc;
        column
    }

    /// The same column, ordered otherwise: where it may be NULL, which the engines put in different
    /// places, and where other columns go on.
    pub const fn order(mut self, order: &'static [&'static str]) -> Self {
        self.order = order;
        self
    }

    /// The same column, with a condition that always holds and lets equality use an index.
    pub const fn within(mut self, condition: &'static str) -> Self {
        self.within = condition;
        self
    }

    /// The text to compare.
    pub(super) fn text_sql(&self) -> String {
        if self.is_number {
            format!("CAST({} AS TEXT)", self.value)
        } else {
            self.text.to_owned()
        }
    }

    /// The number or moment to compare.
    pub(super) fn value_sql(&self) -> &'static str {
        if self.value.is_empty() {
            self.text
        } else {
            self.value
        }
    }
}
