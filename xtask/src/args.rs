//! The commands' flags.

/// Flags of `serve` and `dev`.
pub struct Serve {
    pub port: u16,
    pub data_dir: String,
    pub fresh: bool,
}

impl Serve {
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let mut parsed = Self {
            port: 8080,
            data_dir: "data".into(),
            fresh: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().cloned().ok_or(format!("{word} needs a value."));
            match word.as_str() {
                "--port" => {
                    let port = value()?;
                    parsed.port = port.parse().map_err(|_| format!("{port} is not a port."))?;
                }
                "--data-dir" => parsed.data_dir = value()?,
                "--fresh" => parsed.fresh = true,
                other => return Err(unknown(other)),
            }
        }
        Ok(parsed)
    }
}

/// The parts of `test`; all of them where none is named.
#[derive(Clone, Copy)]
pub struct Parts {
    pub native: bool,
    pub web: bool,
    pub e2e: bool,
    pub fuzz: bool,
}

impl Parts {
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let mut parts = Self {
            native: words.is_empty(),
            web: words.is_empty(),
            e2e: words.is_empty(),
            fuzz: words.is_empty(),
        };
        for word in words {
            match word.as_str() {
                "--native" => parts.native = true,
                "--web" => parts.web = true,
                "--e2e" => parts.e2e = true,
                "--fuzz" => parts.fuzz = true,
                other => return Err(unknown(other)),
            }
        }
        Ok(parts)
    }
}

/// `--only NAME` of `bench`.
pub fn only(words: &[String]) -> Result<Option<String>, String> {
    match words {
        [] => Ok(None),
        [flag, name] if flag == "--only" => Ok(Some(name.clone())),
        _ => Err(unknown(&words.join(" "))),
    }
}

fn unknown(word: &str) -> String {
    format!("Unknown: {word}. `cargo xtask help` lists the flags.")
}
