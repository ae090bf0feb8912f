//! Errors as they travel: RFC 9457 `application/problem+json`.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `/problems/<name>`: one of [`kind`], for programs.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// What is wrong, in a few words.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// What happened, what was kept and what to do.
    #[serde(default)]
    pub detail: String,
    /// ChargePoint's own response code or fault code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// As in the request, for example `authIds[2]`.
    pub field: String,
    pub message: String,
}

/// The values of [`Problem::kind`].
pub mod kind {
    pub const NOT_FOUND: &str = "/problems/not-found";
    pub const METHOD_NOT_ALLOWED: &str = "/problems/method-not-allowed";
    pub const MALFORMED: &str = "/problems/malformed-request";
    pub const INVALID: &str = "/problems/invalid";
    /// 415: the body is not JSON.
    pub const MEDIA_TYPE: &str = "/problems/unsupported-media-type";
    pub const TOO_LARGE: &str = "/problems/too-large";
    /// 412: the record has changed since it was read.
    pub const STALE: &str = "/problems/stale";
    /// 428: the request names no version.
    pub const VERSION_REQUIRED: &str = "/problems/version-required";
    /// 409: the change empties the list, which opens the location; send `confirm`.
    pub const OPENS_LOCATION: &str = "/problems/opens-location";
    /// 409: a location with a list cannot be published.
    pub const LIST_NOT_EMPTY: &str = "/problems/list-not-empty";
    /// 409: an import without ids changes nothing.
    pub const NOTHING_TO_IMPORT: &str = "/problems/nothing-to-import";
    /// 409: fewer ids arrived than the sender means.
    pub const IMPORT_INCOMPLETE: &str = "/problems/import-incomplete";
    /// 409: the import is not in the state for this.
    pub const IMPORT_STATE: &str = "/problems/import-state";
    /// 409: another record has that id.
    pub const DUPLICATE: &str = "/problems/duplicate";
    /// 409: the record is in use.
    pub const IN_USE: &str = "/problems/in-use";
    /// 409: the record belongs to an organization that is not ours.
    pub const NOT_OURS: &str = "/problems/not-ours";
    /// 409: some of the station tokens cannot move, so none has; `errors` names the first of them.
    pub const TRANSFER_REFUSED: &str = "/problems/transfer-refused";
    /// 403: only who saved it may change it, or it is another organization's at ChargePoint.
    pub const NOT_YOURS: &str = "/problems/not-yours";
    /// 421: the request asks for a host whose name is not the portal's.
    pub const MISDIRECTED: &str = "/problems/misdirected";
    /// 408: the body arrives too slowly.
    pub const TOO_SLOW: &str = "/problems/too-slow";
    /// 503: the portal is about to end.
    pub const STOPPING: &str = "/problems/stopping";
    /// 401: nobody is signed in.
    pub const SIGNED_OUT: &str = "/problems/signed-out";
    /// 401: e-mail and password do not fit; the same for an account that is not there.
    pub const WRONG_PASSWORD: &str = "/problems/wrong-password";
    /// 403: the account may not do this.
    pub const FORBIDDEN: &str = "/problems/forbidden";
    /// 429: too often; `Retry-After` says when it will do.
    pub const TOO_MANY: &str = "/problems/too-many-requests";
    /// 409: a query means more or fewer records than the sender saw.
    pub const SELECTION_CHANGED: &str = "/problems/selection-changed";
    /// 403: a change that another site's page asked for.
    pub const CROSS_SITE: &str = "/problems/cross-site";
    pub const CHARGEPOINT_REFUSED_KEY: &str = "/problems/chargepoint-refused-key";
    pub const CHARGEPOINT_UNREACHABLE: &str = "/problems/chargepoint-unreachable";
    pub const CHARGEPOINT_TIMEOUT: &str = "/problems/chargepoint-timeout";
    pub const CHARGEPOINT_UNREADABLE: &str = "/problems/chargepoint-unreadable";
    /// Less came than was announced, or nothing where there was something.
    pub const CHARGEPOINT_INCOMPLETE: &str = "/problems/chargepoint-incomplete";
    pub const CHARGEPOINT_FAULT: &str = "/problems/chargepoint-fault";
    /// 403: the plan at ChargePoint does not include the call.
    pub const PLAN_RESTRICTED: &str = "/problems/plan-restricted";
    /// 409: ChargePoint does not do it as things are there.
    pub const CHARGEPOINT_REFUSED: &str = "/problems/chargepoint-refused";
    /// 503: ChargePoint or the station cannot do it now.
    pub const CHARGEPOINT_UNAVAILABLE: &str = "/problems/chargepoint-unavailable";
    pub const CHARGEPOINT_NOT_CONFIGURED: &str = "/problems/chargepoint-not-configured";
    pub const INTERNAL: &str = "/problems/internal";
    /// Made by the SPA: no answer came.
    pub const CONNECTION: &str = "/problems/connection";
}
