use chargepoint::code::Code;

/// A response code other than success, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub code: &'static str,
    pub text: String,
}

impl Refused {
    /// The code with other words than the guide's.
    pub fn because(code: Code, text: impl Into<String>) -> Self {
        Self {
            code: code.number(),
            text: text.into(),
        }
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self::because(code, code.text())
    }
}

/// Refuses when something holds.
pub fn refuse_if(holds: bool, code: Code) -> Result<(), Refused> {
    if holds { Err(code.into()) } else { Ok(()) }
}
