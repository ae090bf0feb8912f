//! Numbers in words and figures. Fractions are read and written by the browser: the tables that Rust
//! brings for them are heavy.

pub use domain::text::number;
use js_sys::{JsString, Number};
use wasm_bindgen::JsValue;

/// A number with so many decimal places.
pub fn fixed(value: f64, places: u8) -> String {
    Number::from(value)
        .to_fixed(places)
        .map(String::from)
        .unwrap_or_default()
}

/// A number with so many decimal places at most.
pub fn rounded(value: f64, places: u8) -> String {
    let text = fixed(value, places);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// The same as people read it: `43,034.7`.
pub fn read(value: f64, places: u8) -> String {
    grouped(&rounded(value, places))
}

/// An amount with the places of its currency (ISO 4217): `-43,034.70 EUR`, `1,200 JPY`.
pub fn money(value: f64, currency: &str) -> String {
    let is_of = |all: &str| all.split(' ').any(|own| own == currency);
    let places = match () {
        () if is_of("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF") => 0,
        () if is_of("BHD IQD JOD KWD LYD OMR TND") => 3,
        () => 2,
    };
    let text = [&exact(value, places), " ", currency].concat();
    text.trim_end().to_owned()
}

/// A number with so many decimal places as people read it: `-43,034.70`.
pub fn exact(value: f64, places: u8) -> String {
    grouped(&fixed(value, places))
}

fn grouped(text: &str) -> String {
    let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    match whole.parse() {
        Ok(whole) => [sign, &number(whole), rest].concat(),
        Err(_) => text.to_owned(),
    }
}

/// A number as people type it: with digits, a sign and a point.
pub fn typed(text: &str) -> Option<f64> {
    let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let number = JsValue::from_str(text).unchecked_into_f64();
    (!text.is_empty() && text.bytes().all(plain) && number.is_finite()).then_some(number)
}

/// A text in small letters. The browser knows them; the table that Rust brings for them is heavy.
pub fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// A number of things: `1 charge token`, `2,013 charge tokens`.
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn thousands_are_separated() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(2_013), "2,013");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[wasm_bindgen_test]
    fn signs_and_cents_stay_beside_the_separators() {
        assert_eq!(grouped("-43034.70"), "-43,034.70");
        assert_eq!(grouped("1e+21"), "1e+21");
    }

    #[wasm_bindgen_test]
    fn an_amount_has_the_places_of_its_currency() {
        let told = ["EUR", "JPY", "KWD", ""].map(|currency| money(-1234.5, currency));
        assert_eq!(
            told,
            ["-1,234.50 EUR", "-1,235 JPY", "-1,234.500 KWD", "-1,234.50"]
        );
    }

    #[wasm_bindgen_test]
    fn one_is_not_many() {
        assert_eq!(count(1, "row", "rows"), "1 row");
        assert_eq!(count(0, "row", "rows"), "0 rows");
    }
}
