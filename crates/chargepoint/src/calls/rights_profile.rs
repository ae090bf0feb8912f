//! `getStationRightsProfile` (guide, section 7.7).

use super::{Call, answer, whole};
use crate::codec::record;
use crate::rules::{self, Checked};

record! {
    /// Asks what the account may do with the stations of a group.
    #[derive(Default)]
    pub struct GetStationRightsProfile: Sequence "getStationRightsProfile" {
        /// Station group.
        sg_id: Option<String> as Int [ONE] => "sgID",
        /// Only this right.
        profile: Option<String> => "stationRightsProfile",
    }
}

record! {
    /// What may be done.
    #[derive(Default)]
    pub struct GetStationRightsProfileResponse: Sequence "getStationRightsProfileResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The tasks.
        tasks: Vec<Task> => "taskList",
    }
}

record! {
    /// Something that may be done.
    #[derive(Default)]
    pub struct Task: Sequence "rightsTask" {
        /// Name.
        task: Option<String> [ONE] => "Task",
        /// What it is.
        description: Option<String> [ONE] => "Description",
    }
}

impl Call for GetStationRightsProfile {
    type Answer = GetStationRightsProfileResponse;

    fn check(&self) -> Checked {
        rules::given("sgID", self.sg_id.as_deref())?;
        rules::group(self.sg_id.as_deref())
    }
}
answer!(GetStationRightsProfileResponse);
whole!(GetStationRightsProfile, Task, tasks, |one| one.task);
