//! The form that drivers fill in.

use axum::body::Body;
use axum::extract::{Form, FromRequest, Request};
use domain::connections::Connection;
use domain::driver_requests::Answer;
use domain::identifiers::{IdKind, is_invisible, judge};

use super::html::escape;
use crate::books::driver_requests::Sent;
use crate::books::fields;
use crate::middleware::body;
use crate::problem::Error;

/// The largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

const CARD_HINT: &str = "The number printed on your charge card, for example NL-GFX-C00000001-4. Leave it empty if \
                         you have none.";
/// Where an approved driver's card becomes a charge token.
const CARD_CHARGES: &str = "The number printed on your charge card, for example NL-GFX-C00000001-4. Once you are \
                            approved, the operator can let that card charge. Leave it empty if you have none.";

/// What one question takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Name,
    Email,
    /// A question of the operator; it is kept with its answer.
    Answer,
    Card,
    SearchCode,
}

/// One question.
pub struct Question {
    /// The field's name in the form.
    key: String,
    label: String,
    hint: &'static str,
    kind: Kind,
    required: bool,
}

impl Question {
    pub fn new(key: &str, label: &str, kind: Kind, required: bool) -> Self {
        let hint = if kind == Kind::Card { CARD_HINT } else { "" };
        Self {
            key: key.into(),
            label: label.into(),
            hint,
            kind,
            required,
        }
    }

    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// What is wrong with an answer.
    fn wrong(&self, text: &str) -> Option<String> {
        if text.is_empty() {
            return self.required.then(|| "This cannot stay empty.".into());
        }
        match fields::seen(text) {
            Err(message) => return Some(message),
            Ok(seen) if seen.is_empty() => return Some("Nothing of this can be seen. Type it again.".into()),
            Ok(_) => {}
        }
        if text.contains(turns_text) {
            return Some(
                "This has an invisible character that turns the direction of the text. Type it again.".into(),
            );
        }
        match self.kind {
            Kind::Email if !is_email(text) => Some("Write it like anna@example.com.".into()),
            Kind::Card => judge(IdKind::AuthId, text).err().map(|code| code.message()),
            _ => None,
        }
    }

    fn draw(&self, text: &str, wrong: Option<&str>) -> String {
        let (key, label) = (escape(&self.key), escape(&self.label));
        let optional = if self.required {
            ""
        } else {
            " <small>optional</small>"
        };
        let more = match self.kind {
            Kind::Name => " autocomplete=\"name\"",
            Kind::Email => " type=\"email\" autocomplete=\"email\" inputmode=\"email\"",
            Kind::Card | Kind::SearchCode => {
                " class=\"id\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\""
            }
            Kind::Answer => " autocomplete=\"off\"",
        };
        let required = if self.required { " required" } else { "" };
        let (mut notes, mut described) = (String::new(), String::new());
        if !self.hint.is_empty() {
            notes.push_str(&format!(
                "<p class=\"hint\" id=\"{key}-hint\">{}</p>",
                escape(self.hint)
            ));
            described.push_str(&format!("{key}-hint "));
        }
        if let Some(wrong) = wrong {
            notes.push_str(&format!(
                "<p class=\"wrong\" id=\"{key}-wrong\">{}</p>",
                escape(wrong)
            ));
            described.push_str(&format!("{key}-wrong"));
        }
        let invalid = if wrong.is_some() {
            " aria-invalid=\"true\""
        } else {
            ""
        };
        let described = match described.trim() {
            "" => String::new(),
            ids => format!(" aria-describedby=\"{ids}\""),
        };
        format!(
            "<div class=\"field\"><label for=\"{key}\">{label}{optional}</label>{notes}\
             <input id=\"{key}\" name=\"{key}\" value=\"{}\" maxlength=\"255\"{more}{required}{invalid}{described}></div>",
            escape(text)
        )
    }
}

/// What a connection asks its drivers.
pub fn questions(connection: &Connection) -> Vec<Question> {
    let mut all = vec![
        Question::new("name", "Your name", Kind::Name, true),
        Question::new("email", "E-mail", Kind::Email, true),
    ];
    if !connection.verify_drivers_by.is_empty() {
        all.push(
            Question::new("answer", &connection.verify_drivers_by, Kind::Answer, true)
                .hint("By this, the operator recognises you."),
        );
    }
    for (n, label) in connection.additional_information.iter().enumerate() {
        all.push(Question::new(&format!("more{n}"), label, Kind::Answer, false));
    }
    let card = Question::new("card", "Card number", Kind::Card, false);
    all.push(match connection.customer {
        Some(_) => card.hint(CARD_CHARGES),
        None => card,
    });
    all
}

/// A form as it was sent.
#[derive(Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// Reads a form of at most [`MAX_FORM`] bytes.
    pub async fn read(request: Request) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let bytes = body::read(Request::new(body), MAX_FORM).await?;
        let request = Request::from_parts(parts, Body::from(bytes));
        let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        form.map(|Form(pairs)| Self(pairs))
            .map_err(|_| Error::Malformed("The form cannot be read.".into()))
    }

    fn text(&self, key: &str) -> &str {
        let pair = self.0.iter().find(|(name, _)| name == key);
        pair.map_or("", |(_, text)| text.trim())
    }

    /// The answer to the first question of that kind.
    pub fn of(&self, questions: &[Question], kind: Kind) -> String {
        let question = questions.iter().find(|question| question.kind == kind);
        question.map_or_else(String::new, |question| self.text(&question.key).to_owned())
    }

    /// What is wrong, by the question's place.
    pub fn wrong(&self, questions: &[Question]) -> Vec<Option<String>> {
        let wrong = |question: &Question| question.wrong(self.text(&question.key));
        questions.iter().map(wrong).collect()
    }

    /// The request that was sent.
    pub fn sent(&self, questions: &[Question]) -> Sent {
        let answers = questions
            .iter()
            .filter(|question| question.kind == Kind::Answer)
            .map(|question| Answer {
                question: question.label.clone(),
                answer: self.text(&question.key).to_owned(),
            })
            .filter(|answer| !answer.answer.is_empty());
        Sent {
            driver: self.of(questions, Kind::Name),
            email: self.of(questions, Kind::Email),
            answers: answers.collect(),
            card_number: self.of(questions, Kind::Card),
            page: None,
        }
    }
}

/// The form with what was typed and what is wrong with it.
pub fn draw(questions: &[Question], typed: &Typed, wrong: &[Option<String>], button: &str) -> String {
    let mut html = String::new();
    let count = wrong.iter().flatten().count();
    if count > 0 {
        let what = if count == 1 {
            "One answer needs"
        } else {
            "Some answers need"
        };
        html.push_str(&format!(
            "<div class=\"summary\" role=\"alert\"><p>{what} another look. Nothing was sent yet.</p><ul>"
        ));
        for (question, wrong) in questions.iter().zip(wrong) {
            if let Some(wrong) = wrong {
                html.push_str(&format!(
                    "<li><a href=\"#{}\">{}</a>: {}</li>",
                    escape(&question.key),
                    escape(&question.label),
                    escape(wrong)
                ));
            }
        }
        html.push_str("</ul></div>");
    }
    html.push_str("<form method=\"post\">");
    for (n, question) in questions.iter().enumerate() {
        let wrong = wrong.get(n).and_then(Option::as_deref);
        html.push_str(&question.draw(typed.text(&question.key), wrong));
    }
    html + &format!("<button type=\"submit\">{}</button></form>", escape(button))
}

/// Whether a character changes the order in which those around it are shown, so that a text reads as another.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One @, something before it and a domain with a dot behind.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let is_plain = |text: &str| {
        !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '@' || is_invisible(c))
    };
    let dotted = domain
        .split_once('.')
        .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty() && !b.ends_with('.'));
    is_plain(name) && is_plain(domain) && dotted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_email_address() {
        assert!(is_email("anna@example.com") && is_email("a.b+c@mail.example.co"));
        for text in [
            "",
            "anna",
            "@example.com",
            "anna@",
            "anna@example",
            "a@b@c.d",
            "a b@c.d",
            "a@.com",
            "a@c.",
            "an\u{200b}na@example.com",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
