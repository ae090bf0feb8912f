//! Sums of money: decimals are added as decimals, so that ten times 0.1 is 1.

use std::fmt;

/// Digits behind the point that are kept.
const PLACES: usize = 9;
const ONE: i128 = 1_000_000_000;

/// A decimal number with up to nine digits behind the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

impl Decimal {
    /// The decimal that a number was written as: the shortest one that reads as that number.
    pub fn of(number: f64) -> Option<Self> {
        // As text, since a number's own digits are binary.
        if !number.is_finite() || number.abs() >= 1e18 {
            return None;
        }
        let text = format!("{number}");
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.as_str()),
        };
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let rest = rest.get(..PLACES).unwrap_or(rest);
        let whole: i128 = whole.parse().ok()?;
        let fraction: i128 = format!("{rest:0<PLACES$}").parse().ok()?;
        Some(Self(sign * (whole * ONE + fraction)))
    }

    /// How many times the other it is; none of nothing.
    pub fn share_of(self, other: Self) -> f64 {
        match other.0 {
            0 => 0.0,
            _ => self.0 as f64 / other.0 as f64,
        }
    }
}

impl std::ops::AddAssign for Decimal {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

/// With two digits behind the point, or as many more as there are.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (
            self.0.unsigned_abs() / ONE.unsigned_abs(),
            self.0.unsigned_abs() % ONE.unsigned_abs(),
        );
        let fraction = format!("{fraction:0PLACES$}");
        let (two, more) = fraction.split_at(2);
        write!(f, "{sign}{whole}.{two}{}", more.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sum(numbers: &[f64]) -> String {
        let mut sum = Decimal::default();
        for number in numbers {
            sum += Decimal::of(*number).unwrap();
        }
        sum.to_string()
    }

    #[test]
    fn shares_are_of_something() {
        let [one, four] = [1.0, 4.0].map(|number| Decimal::of(number).unwrap());
        assert_eq!((one.share_of(four), four.share_of(one)), (0.25, 4.0));
        assert_eq!(one.share_of(Decimal::default()), 0.0);
    }

    #[test]
    fn decimals_are_added_as_decimals() {
        assert_eq!(sum(&[0.1; 10]), "1.00");
        assert_eq!(sum(&[0.1, 0.2]), "0.30");
        assert_eq!(sum(&[12.5, -0.75, 1e-3]), "11.751");
        assert_eq!(sum(&[-0.05]), "-0.05");
        assert_eq!(sum(&[]), "0.00");
        assert_eq!(sum(&[1_000_000_000_000.01; 3]), "3000000000000.03");
        assert_eq!(sum(&[1e-12]), "0.00");
        assert!(Decimal::of(f64::NAN).is_none() && Decimal::of(1e300).is_none());
    }
}
