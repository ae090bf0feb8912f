//! Counting what the test runners report.

/// What passed and failed so far, and the steps that failed.
#[derive(Default)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub failures: Vec<String>,
    /// The native tests built the server, and all of them passed.
    pub has_server: bool,
}

impl Tally {
    /// Reads a line of cargo test, wasm-bindgen-test (`test result: ok. 3 passed; 0 failed; …`) or node's
    /// test runner (`ℹ pass 3`).
    pub fn read(&mut self, line: &str) {
        if let Some(counts) = line.trim().strip_prefix("test result:") {
            for part in counts.split(['.', ';']) {
                let mut words = part.split_whitespace();
                if let (Some(Ok(count)), Some(what)) = (words.next().map(str::parse::<u64>), words.next()) {
                    self.add(what, count);
                }
            }
        } else if let Some(counts) = line.strip_prefix("ℹ ") {
            let mut words = counts.split_whitespace();
            if let (Some(what), Some(Ok(count))) = (words.next(), words.next().map(str::parse::<u64>)) {
                self.add(what, count);
            }
        }
    }

    /// Counts a step that is one check.
    pub fn check(&mut self, name: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(words) => self.fail(name, &words),
        }
    }

    /// Counts a step that reports its own tests: one that fails without naming a failed test counts as one.
    pub fn suite(&mut self, name: &str, run: impl FnOnce(&mut Self) -> Result<bool, String>) {
        let (passed, failed) = (self.passed, self.failed);
        match run(self) {
            Ok(true) if self.passed == passed && self.failed == failed => self.fail(name, "no test ran"),
            Ok(true) => {}
            Ok(false) if self.failed > failed => self.failures.push(name.into()),
            Ok(false) => self.fail(name, "it stopped before its tests ended"),
            Err(words) => self.fail(name, &words),
        }
    }

    fn fail(&mut self, name: &str, words: &str) {
        println!("✗ {name}: {words}");
        self.failed += 1;
        self.failures.push(name.into());
    }

    fn add(&mut self, what: &str, count: u64) {
        match what {
            "passed" | "pass" => self.passed += count,
            "failed" | "fail" | "cancelled" => self.failed += count,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn the_runners_lines_are_counted() {
        let cargo = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(read(&[cargo]), (3, 1));
        assert_eq!(
            read(&["ℹ tests 5", "ℹ pass 4", "ℹ fail 1", "ℹ cancelled 0"]),
            (4, 1)
        );
        assert_eq!(read(&["test a ... ok", "running 3 tests"]), (0, 0));
    }

    #[test]
    fn a_suite_that_runs_nothing_or_dies_fails() {
        let mut tally = Tally::default();
        tally.suite("empty", |_| Ok(true));
        tally.suite("dead", |_| Ok(false));
        tally.suite("absent", |_| Err("not there".into()));
        assert_eq!((tally.passed, tally.failed), (0, 3));
        tally.suite("good", |tally| {
            tally.read("test result: ok. 2 passed; 0 failed;");
            Ok(true)
        });
        assert_eq!((tally.passed, tally.failed), (2, 3));
        assert_eq!(tally.failures, ["empty", "dead", "absent"]);
    }
}
