//! Messages made from the operation table: every field set, each to a value of its own.

use chargepoint::table::{FieldShape, Kind, Shape};

/// How a message is written, beside the way the client writes it.
#[derive(Clone, Copy, Default)]
pub struct Form {
    /// Children from last to first; what repeats keeps its order.
    pub reversed: bool,
    /// Names in capitals, or where a field has another name, that.
    pub other_names: bool,
    /// Elements nobody knows before each child.
    pub strangers: bool,
    /// Values empty.
    pub empty: bool,
    /// Blanks and comments around values that are not text.
    pub padded: bool,
}

/// The children of an element.
pub fn children(shape: &Shape, form: Form) -> String {
    let mut number = 0;
    write(shape, form, &mut number)
}

fn write(shape: &Shape, form: Form, number: &mut usize) -> String {
    // Values are counted in the order of the table, whatever order they are written in.
    let mut parts: Vec<String> = shape.fields.iter().map(|f| field(f, form, number)).collect();
    if form.reversed {
        parts.reverse();
    }
    parts.concat()
}

fn field(field: &FieldShape, form: Form, number: &mut usize) -> String {
    let mut name = field.wire.to_owned();
    if form.other_names {
        let other = field.also.first();
        name = other.map_or_else(|| name.to_uppercase(), |other| (*other).to_owned());
    }
    let stranger = if form.strangers {
        "<future deep=\"1\"><responseCode>7</responseCode>x</future>"
    } else {
        ""
    };
    let times = match field.occurs.max {
        Some(1) => 1,
        _ => 2,
    };
    let mut out = String::new();
    for _ in 0..times {
        let value = match field.kind {
            Kind::Complex(nested) => write(nested, form, number),
            kind => {
                *number += 1;
                scalar(kind, *number, form)
            }
        };
        out.push_str(&format!("{stranger}<{name}>{value}</{name}>"));
    }
    out
}

fn scalar(kind: Kind, n: usize, form: Form) -> String {
    if form.empty {
        return String::new();
    }
    let value = match kind {
        // A text may be a number to Rust: a position, a load.
        Kind::Text => return n.to_string(),
        // It may be yes or no to Rust.
        Kind::Int => "1".to_owned(),
        Kind::Boolean => (n % 2).to_string(),
        Kind::Long => format!("90000000{n:03}"),
        Kind::Double | Kind::Decimal => format!("{n}.25"),
        Kind::Percent => (n % 101).to_string(),
        Kind::DateTime => format!("2026-11-20T10:{:02}:{:02}Z", n / 60, n % 60),
        Kind::Date => format!("2026-11-{:02}", 1 + n % 30),
        Kind::Time => format!("10:{:02}:{:02}", n / 60, n % 60),
        Kind::Complex(_) => unreachable!("it has children"),
    };
    if form.padded && !matches!(kind, Kind::Int | Kind::Long) {
        return format!("\n <!-- {n} -->{value} \n");
    }
    value
}
