use std::str::FromStr;

use chargepoint::table::OPERATIONS;

use super::Fault;

/// Which calls are broken, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// How.
    pub fault: Fault,
    /// The call; none for every call.
    pub operation: Option<&'static str>,
    /// How many of them are broken, from now on; none for all.
    pub times: Option<u32>,
}

/// Rules, of which the first that fits a call breaks it.
///
/// As text each stands on a line: a fault's name, then, where one call is meant, that call's name,
/// then, where it shall not last, how many times: `http-503 getUsers x2`. What follows a `#` is not
/// read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// Every call broken in one way, or one call.
    pub fn of(fault: Fault, operation: Option<&'static str>) -> Self {
        Self(vec![Rule {
            fault,
            operation,
            times: None,
        }])
    }

    /// Whether any rule asks for the call's name.
    pub(crate) fn ask_for_operation(&self) -> bool {
        self.0.iter().any(|rule| rule.operation.is_some())
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How a call is broken; counts it.
    pub(crate) fn take(&mut self, operation: &str) -> Option<Fault> {
        let fits = |rule: &Rule| rule.operation.is_none_or(|name| name == operation);
        let at = self.0.iter().position(fits)?;
        let rule = &mut self.0[at];
        let fault = rule.fault;
        if let Some(times) = &mut rule.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(at);
            }
        }
        Some(fault)
    }
}

impl FromStr for Rules {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lines = text.lines().enumerate().map(|(index, line)| {
            let line = line.split('#').next().unwrap_or_default();
            rule(line).map_err(|why| format!("line {}: {why}", index + 1))
        });
        let rules: Result<Vec<_>, _> = lines.collect();
        Ok(Self(rules?.into_iter().flatten().collect()))
    }
}

/// The rule of a line; none of an empty one.
fn rule(line: &str) -> Result<Option<Rule>, String> {
    let mut words = line.split_whitespace().peekable();
    let Some(fault) = words.next() else {
        return Ok(None);
    };
    let fault = fault.parse()?;
    let operation = match words.next_if(|word| times(word).is_none()) {
        None => None,
        Some(name) => {
            let known = OPERATIONS.iter().find(|operation| operation.name == name);
            Some(known.ok_or_else(|| format!("{name:?} is not a call"))?.name)
        }
    };
    let times = words.next().map(|word| {
        let times = times(word).filter(|times| *times > 0);
        times.ok_or_else(|| format!("{word:?} is not a count such as x2"))
    });
    let times = times.transpose()?;
    match words.next() {
        Some(word) => Err(format!("{word:?} follows what is a whole rule")),
        None => Ok(Some(Rule {
            fault,
            operation,
            times,
        })),
    }
}

fn times(word: &str) -> Option<u32> {
    word.strip_prefix('x')?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn rules_are_read_and_every_fault_has_its_name() {
        let text = "# first\nhttp-503 getUsers x2\n\nlatency=50 x1 # slow\nhtml";
        let mut rules: Rules = text.parse().unwrap();
        let taken: Vec<_> = ["getStations", "getStations", "getUsers", "getUsers", "getUsers"]
            .map(|call| rules.take(call).unwrap())
            .into();
        let Fault::Latency(50) = taken[0] else {
            panic!("{taken:?}")
        };
        assert_eq!(
            taken[1..],
            [Fault::Html, Fault::Http503, Fault::Http503, Fault::Html]
        );
        for (name, fault) in Fault::ALL {
            assert_eq!(name.parse(), Ok(fault));
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
    }

    #[test]
    fn wrong_rules_name_their_line() {
        for (text, words) in [
            (
                "html\nearthquake",
                "line 2: \"earthquake\" is not one of invalid-security",
            ),
            ("html getWeather", "line 1: \"getWeather\" is not a call"),
            ("html getUsers 2", "line 1: \"2\" is not a count such as x2"),
            ("html x0", "line 1: \"x0\" is not a count"),
            ("html x1 getUsers", "line 1: \"getUsers\" follows"),
            ("latency=long", "line 1: \"long\" is not a number from 0 to 65535"),
            ("html=1", "line 1: html takes no number"),
        ] {
            let error = text.parse::<Rules>().unwrap_err();
            assert!(error.starts_with(words), "{error}");
        }
    }
}
