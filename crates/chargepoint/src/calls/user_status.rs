//! `updateUserStatus` (guide, section 9.2).

use super::{Call, answer};
use crate::code::Code;
use crate::codec::record;
use crate::rules::{self, Checked, Invalid};

record! {
    /// Decides about one driver.
    #[derive(Default)]
    pub struct UpdateUserStatus: All "updateUserStatus" {
        /// The driver. The contract has exactly one; the stand-in reads more to refuse them, so that
        /// no decision is thought to be made that was not.
        user_ids: Vec<String> [ONE] => "userID",
        /// See [`Association`].
        association: Option<String> [ONE] => "associationType",
        /// See [`Decision`].
        status: Option<String> [ONE] => "Status",
        /// What the driver is told by e-mail.
        custom_text: Option<String> => "customText",
    }
}

record! {
    /// Whether it was done.
    #[derive(Default)]
    pub struct UpdateUserStatusResponse: Sequence "updateUserStatusResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
    }
}

impl Call for UpdateUserStatus {
    type Answer = UpdateUserStatusResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let [id] = &self.user_ids[..] else {
            let why = "A decision is about exactly one driver.";
            return Err(Invalid::because("userID", Code::Mandatory, why));
        };
        rules::given("userID", Some(id))?;
        let association = rules::given("associationType", self.association.as_deref())?;
        let known = [Association::Connection, Association::ManagementRealm].map(Association::word);
        rules::one_of("associationType", Some(association), &known)?;
        let status = rules::given("Status", self.status.as_deref())?;
        let known = [Decision::Approved, Decision::Rejected, Decision::Removed].map(Decision::word);
        rules::one_of("Status", Some(status), &known)
    }
}
answer!(UpdateUserStatusResponse);

/// A choice of words on the wire.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $( $(#[$variant_meta:meta])* $variant:ident => $word:literal, )* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
        }

        impl $name {
            /// The word on the wire.
            pub const fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }

            /// What a word on the wire stands for.
            pub fn of(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// How a driver belongs to an organization.
    Association {
        /// Through a connection.
        Connection => "CONNECTION",
        /// Through a sign-up at the organization's own portal.
        ManagementRealm => "MANAGEMENT_REALM",
    }
}

words! {
    /// What becomes of a driver.
    Decision {
        /// Belongs to the organization from now on.
        Approved => "APPROVED",
        /// Does not belong to it; the request is answered.
        Rejected => "REJECTED",
        /// Belongs to it no longer.
        Removed => "REMOVED",
    }
}
