use chargepoint::calls::load_shed_event::{
    CreateLoadShedEvent, CreateLoadShedEventResponse, RemoveLoadShedEvent, RemoveLoadShedEventResponse,
};
use chargepoint::code::Code;

use crate::Estate;
use crate::estate::shed::{Event, Measure, OtherMode, Removal};
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

impl Answered for CreateLoadShedEvent {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<CreateLoadShedEventResponse, Refused> {
        let asked = self.shed_event;
        let from = asked::moment(asked.start_time.as_ref())?.ok_or(Code::Mandatory)?;
        let minutes = asked.duration.ok_or(Code::Mandatory)?;
        let measure = match (asked.allowed_load, asked.percent_shed) {
            (Some(kw), None) if kw < 0.0 => return Err(Code::NotAboveZero.into()),
            (Some(kw), None) => Measure::Allowed(kw),
            (None, Some(percent)) if percent > 100.0 => return Err(Code::PercentAboveHundred.into()),
            (None, Some(percent)) if percent < 0.0 => return Err(Code::InvalidPercentage.into()),
            (None, Some(percent)) => Measure::Percent(percent),
            _ => return Err(Code::LoadOrPercent.into()),
        };
        let (station, group, organization) = match (&asked.station_id, &asked.sg_id) {
            (Some(_), Some(_)) => return Err(Code::GroupAndStation.into()),
            (None, None) => return Err(Code::GroupOrStation.into()),
            (Some(id), None) => {
                let unit = asked::station(estate, Some(id))?;
                (Some(unit.traits.number), None, unit.traits.organization)
            }
            (None, Some(id)) => {
                let group = asked::group(estate, Some(id))?;
                (None, Some(group.id), Some(group.organization))
            }
        };
        asked::enterprise(estate, organization)?;
        let takes_part = organization.is_some_and(|organization| organization.utility);
        refuse_if(!takes_part, Code::NotInPlan)?;
        refuse_if(minutes <= 0, Code::InvalidDuration)?;
        refuse_if(from <= now, Code::InvalidFutureDate)?;
        let event = Event {
            id: 0,
            station,
            group,
            from,
            until: from + i64::from(minutes) * 60,
            measure,
            may_opt_out: asked.allow_opt_out.unwrap_or(true),
        };
        let id = estate.add_event(event, now);
        let id = id.map_err(|OtherMode| Code::OtherShedInProgress)?;
        Ok(CreateLoadShedEventResponse {
            event_id: Some(id.to_string()),
            ..success()
        })
    }
}

impl Answered for RemoveLoadShedEvent {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<RemoveLoadShedEventResponse, Refused> {
        let id = self.event_id.ok_or(Code::Mandatory)?;
        let id = id.trim().parse().map_err(|_| Code::InvalidEvent)?;
        match estate.remove_event(id, now) {
            Removal::Removed => Ok(RemoveLoadShedEventResponse {
                response: Some("Success".to_owned()),
                ..success()
            }),
            Removal::TooLate => Err(Code::InvalidFutureDate.into()),
            Removal::Unknown => Err(Code::InvalidEvent.into()),
        }
    }
}
