//! Everything that can go wrong with a request, and how it reads: RFC 9457.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::label::label;
use domain::problem::{FieldError, Problem, kind};
use sqlx::error::ErrorKind;

/// Why a request was not done. Whatever was begun has been rolled back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such {0}")]
    NotFound(&'static str),
    #[error("the method is not allowed here")]
    MethodNotAllowed,
    #[error("{0}")]
    Malformed(String),
    #[error("the body is not JSON")]
    MediaType,
    #[error("the body is no picture of a kind that can be used")]
    NoPicture,
    #[error("{detail}")]
    Invalid { detail: String, errors: Vec<FieldError> },
    #[error("{0}")]
    TooLarge(String),
    #[error("the record has changed since it was read")]
    Stale,
    #[error("the request names no version")]
    VersionRequired,
    #[error("the change opens a location")]
    OpensLocation {
        name: String,
        customers: u64,
        tokens: u64,
    },
    #[error("the list is not empty")]
    ListNotEmpty {
        name: String,
        customers: u64,
        tokens: u64,
    },
    #[error("the import holds no id")]
    NothingToImport,
    #[error("the import is not whole")]
    ImportIncomplete { received: u64, meant: u64 },
    #[error("{0}")]
    ImportState(String),
    #[error("{detail}")]
    Duplicate { field: &'static str, detail: String },
    #[error("{0}")]
    InUse(String),
    #[error("{0}")]
    NotOurs(String),
    #[error("{0}")]
    NotYours(String),
    #[error("nobody is signed in")]
    SignedOut,
    #[error("e-mail and password do not fit")]
    WrongPassword,
    #[error("{0}")]
    Forbidden(String),
    /// Seconds until it will do.
    #[error("too often")]
    TooMany(u64),
    #[error("the choice is not what it was")]
    SelectionChanged { meant: u64, found: u64, late: u64 },
    #[error("{detail}")]
    TransferRefused { detail: String, errors: Vec<FieldError> },
    #[error("the request comes from another site")]
    CrossSite,
    #[error("the request asks for another host")]
    Misdirected,
    #[error("the body arrives too slowly")]
    TooSlow,
    #[error("the portal is stopping")]
    Stopping,
    /// ChargePoint's side of the matter, already in the operator's words.
    #[error("{}", .0.title)]
    ChargePoint(Box<Problem>),
    /// The same, and the seconds until it may be over.
    #[error("{}", .0.title)]
    Later(Box<Problem>, u64),
    #[error("the books: {0}")]
    Books(sqlx::Error),
    #[error("random numbers: {0}")]
    Random(#[from] getrandom::Error),
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// One field that is wrong.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError {
            field: field.into(),
            message: message.into(),
        }])
    }

    /// Fields that are wrong.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let told = |error: &FieldError| format!("{}: {}", label(&error.field), error.message);
        let detail = errors.iter().map(told).collect::<Vec<_>>().join("; ");
        Self::Invalid { detail, errors }
    }

    /// Whether a question of the portal's own means more rows than are asked for.
    pub fn is_of_too_many(&self) -> bool {
        // What ChargePoint or the guide refuses has a code.
        matches!(self, Self::ChargePoint(problem) if problem.status == 422 && problem.code.is_none())
    }

    /// What the other side reads.
    pub fn problem(&self) -> Problem {
        let (kind, status, title) = self.head();
        let errors = match self {
            Self::Invalid { errors, .. } | Self::TransferRefused { errors, .. } => errors.clone(),
            Self::Duplicate { field, detail } => {
                vec![FieldError {
                    field: (*field).to_owned(),
                    message: detail.clone(),
                }]
            }
            Self::ChargePoint(problem) | Self::Later(problem, _) => return (**problem).clone(),
            _ => Vec::new(),
        };
        Problem {
            kind: kind.to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail(),
            code: None,
            errors,
        }
    }

    fn head(&self) -> (&'static str, StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::NotFound(_) => (kind::NOT_FOUND, S::NOT_FOUND, "Not found"),
            Self::MethodNotAllowed => (
                kind::METHOD_NOT_ALLOWED,
                S::METHOD_NOT_ALLOWED,
                "Method not allowed",
            ),
            Self::Malformed(_) => (kind::MALFORMED, S::BAD_REQUEST, "The request cannot be read"),
            Self::MediaType => (
                kind::MEDIA_TYPE,
                S::UNSUPPORTED_MEDIA_TYPE,
                "The body is not JSON",
            ),
            Self::NoPicture => (
                kind::MEDIA_TYPE,
                S::UNSUPPORTED_MEDIA_TYPE,
                "Not a picture that can be used",
            ),
            Self::Invalid { .. } => (kind::INVALID, S::UNPROCESSABLE_ENTITY, "Some of it is not valid"),
            Self::TooLarge(_) => (kind::TOO_LARGE, S::PAYLOAD_TOO_LARGE, "Too large"),
            Self::Stale => (
                kind::STALE,
                S::PRECONDITION_FAILED,
                "Somebody else changed this meanwhile",
            ),
            Self::VersionRequired => (
                kind::VERSION_REQUIRED,
                S::PRECONDITION_REQUIRED,
                "No version named",
            ),
            Self::OpensLocation { .. } => (
                kind::OPENS_LOCATION,
                S::CONFLICT,
                "This opens the location to everybody",
            ),
            Self::ListNotEmpty { .. } => (
                kind::LIST_NOT_EMPTY,
                S::CONFLICT,
                "A private location cannot be published",
            ),
            Self::NothingToImport => (kind::NOTHING_TO_IMPORT, S::CONFLICT, "Nothing to import"),
            Self::ImportIncomplete { .. } => {
                (kind::IMPORT_INCOMPLETE, S::CONFLICT, "The import is not whole")
            }
            Self::ImportState(_) => (kind::IMPORT_STATE, S::CONFLICT, "The import is past that step"),
            Self::Duplicate { .. } => (kind::DUPLICATE, S::CONFLICT, "There is one already"),
            Self::InUse(_) => (kind::IN_USE, S::CONFLICT, "In use"),
            Self::NotYours(_) => (kind::NOT_YOURS, S::FORBIDDEN, "Not yours to change"),
            Self::SignedOut => (kind::SIGNED_OUT, S::UNAUTHORIZED, "Nobody is signed in"),
            Self::WrongPassword => (kind::WRONG_PASSWORD, S::UNAUTHORIZED, "That did not fit"),
            Self::Forbidden(_) => (kind::FORBIDDEN, S::FORBIDDEN, "Not allowed"),
            Self::TooMany(_) => (kind::TOO_MANY, S::TOO_MANY_REQUESTS, "Too often"),
            Self::SelectionChanged { .. } => (
                kind::SELECTION_CHANGED,
                S::CONFLICT,
                "The choice has changed meanwhile",
            ),
            Self::NotOurs(_) => (kind::NOT_OURS, S::CONFLICT, "Not ours to change"),
            Self::TransferRefused { .. } => (kind::TRANSFER_REFUSED, S::CONFLICT, "Nothing was moved"),
            Self::CrossSite => (kind::CROSS_SITE, S::FORBIDDEN, "Not from another site"),
            Self::Misdirected => (kind::MISDIRECTED, S::MISDIRECTED_REQUEST, "Not the portal's name"),
            Self::TooSlow => (kind::TOO_SLOW, S::REQUEST_TIMEOUT, "Too slow"),
            Self::Stopping => (kind::STOPPING, S::SERVICE_UNAVAILABLE, "Not ready"),
            Self::ChargePoint(_) | Self::Later(..) | Self::Books(_) | Self::Random(_) | Self::Internal(_) => {
                (kind::INTERNAL, S::INTERNAL_SERVER_ERROR, "The portal failed")
            }
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotFound(what) => format!("There is no such {what}. It may have been deleted."),
            Self::MethodNotAllowed => "This address exists, but does not know the method.".into(),
            Self::MediaType => "Send the body as application/json.".into(),
            Self::NoPicture => {
                "The file is no GIF, JPEG or PNG, whatever its name says. Choose another; nothing was changed."
                    .into()
            }
            Self::Stale => {
                "The record has changed since it was read, so nothing was changed. Read it again, \
                            look at what is new, and repeat what is still wanted."
                    .into()
            }
            Self::VersionRequired => {
                "Send the ETag of what was read as If-Match. Nothing was changed.".into()
            }
            Self::OpensLocation {
                name,
                customers,
                tokens,
            } => format!(
                "{name} is private with {}. Without them the list is empty, and every driver may charge there. \
                 Confirm to do it all the same; nothing was changed.",
                entries(*customers, *tokens)
            ),
            Self::ListNotEmpty {
                name,
                customers,
                tokens,
            } => format!(
                "{name} is private: its Authorization list holds {}. Remove them all, then publish.",
                entries(*customers, *tokens)
            ),
            Self::NothingToImport => "The import holds no id, so the list stays as it is.".into(),
            Self::ImportIncomplete { received, meant } => format!(
                "{received} of {meant} ids have arrived. Send the rest, or discard the import; the list is as it was."
            ),
            Self::SelectionChanged { meant, found, late } if meant == found => {
                let were = if *late == 1 { "was" } else { "were" };
                format!(
                    "{meant} were chosen, and {late} of them came or {were} changed after the list was read. Nothing was \
                     changed; look at the list again, and choose anew."
                )
            }
            Self::SelectionChanged { meant, found, .. } => format!(
                "{meant} were chosen, and now there are {found}. Nothing was changed; look at the list again, and \
                 choose anew."
            ),
            Self::SignedOut => {
                "Sign in, and repeat what is still wanted. Nothing was changed.".into()
            }
            Self::WrongPassword => {
                "There is no account with that e-mail address and password. Check both and try again.".into()
            }
            Self::TooMany(seconds) => {
                let s = if *seconds == 1 { "" } else { "s" };
                format!("That was tried too often. Try again in {seconds} second{s}.")
            }
            Self::Misdirected => {
                "The portal is not known by the name that was asked for. Whoever runs it can name it with --public-url \
                 or --allowed-host."
                    .into()
            }
            Self::TooSlow => {
                "The request did not arrive in time. Nothing was changed; look at the connection, and send it again."
                    .into()
            }
            Self::Stopping => "The portal is about to end, and takes what was sent before to its end.".into(),
            Self::CrossSite => "Changes are taken from the portal's own pages only.".into(),
            Self::Books(_) | Self::Random(_) | Self::Internal(_) => {
                "Nothing was changed. The server's log tells more under this answer's x-request-id.".into()
            }
            Self::Malformed(_)
            | Self::Invalid { .. }
            | Self::TooLarge(_)
            | Self::ImportState(_)
            | Self::Duplicate { .. }
            | Self::InUse(_)
            | Self::NotOurs(_)
            | Self::NotYours(_)
            | Self::Forbidden(_)
            | Self::TransferRefused { .. }
            | Self::ChargePoint(_)
            | Self::Later(..) => self.to_string(),
        }
    }
}

/// `2 customers and 1 charge token`.
fn entries(customers: u64, tokens: u64) -> String {
    let count = |n: u64, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (customers, tokens) {
        (0, _) => count(tokens, "charge token"),
        (_, 0) => count(customers, "customer"),
        _ => format!(
            "{} and {}",
            count(customers, "customer"),
            count(tokens, "charge token")
        ),
    }
}

impl From<sqlx::Error> for Error {
    /// What two changes at the same moment make of a check that each of them passed is told as such.
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code());
        match code.as_deref() {
            // PostgreSQL: its texts hold no NUL.
            Some("22021") => {
                return Self::Malformed("The request holds a NUL, which no text here has.".into());
            }
            // PostgreSQL: deadlock, or serialisation failed.
            Some("40P01" | "40001") => {
                return Self::InUse("Another change was under way. Nothing was changed; try again.".into());
            }
            _ => {}
        }
        match error.as_database_error().map(|error| error.kind()) {
            Some(ErrorKind::UniqueViolation) => Self::Duplicate {
                field: "id",
                detail: "Another record got that id at the same moment. Nothing was changed.".into(),
            },
            Some(ErrorKind::ForeignKeyViolation) => Self::InUse(
                "A record that this is about was deleted or put to use at the same moment. Nothing was changed; \
                 read again."
                    .into(),
            ),
            _ => Self::Books(error),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let problem = self.problem();
        if problem.kind == kind::INTERNAL {
            tracing::error!(error = %self, "a request failed");
        }
        let mut response = answer(&problem);
        if let Self::TooMany(seconds) | Self::Later(_, seconds) = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A problem as an answer.
pub fn answer(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response
}
