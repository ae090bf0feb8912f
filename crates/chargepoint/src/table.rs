//! The operation table: every call as data. It is not written by hand: each row is the shape of
//! the records of [`crate::calls`].

use crate::calls::Call;
use crate::calls::alarms::{ClearAlarms, GetAlarms};
use crate::calls::clear_shed_state::ClearShedState;
use crate::calls::cpn_instances::GetCpnInstances;
use crate::calls::fleet_changes::{AddFleetVehicle, DeleteFleetVehicle, UpdateFleetVehicle};
use crate::calls::fleet_usage::GetFleetUsageData;
use crate::calls::fleet_vehicles::GetFleetVehicles;
use crate::calls::load::GetLoad;
use crate::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent};
use crate::calls::organizations::GetOrgsAndStationGroups;
use crate::calls::rights_profile::GetStationRightsProfile;
use crate::calls::session_intervals::Get15MinChargingSessionData;
use crate::calls::sessions::GetChargingSessionData;
use crate::calls::shed_load::ShedLoad;
use crate::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use crate::calls::station_rights::GetStationRights;
use crate::calls::station_status::GetStationStatus;
use crate::calls::stations::GetStations;
use crate::calls::transactions::GetTransactionData;
use crate::calls::user_status::UpdateUserStatus;
use crate::calls::users::GetUsers;
use crate::calls::waitlist::SetWaitlistDone;
use serde_json::Value as Json;

use crate::codec::envelope;
use crate::codec::json::{RecordJson, Unfit, from_json};
use crate::codec::{Broken, Parser, Record, Writer, read_record};

/// Namespace of the operation elements, and of nothing else: their children have none.
pub const NAMESPACE: &str = "urn:dictionary:com.chargepoint.webservices";

/// What stands before the operation's name in the SOAPAction header.
pub const ACTION: &str = "urn:provider/interface/chargepointservices/";

/// Names in JSON of what an answer says of itself, and not of what was asked for.
pub const TRANSPORT: &[&str] = &["responseCode", "responseText", "moreFlag"];

/// Every call of the API, in the guide's order.
pub static OPERATIONS: &[Operation] = &[
    Operation::of::<GetCpnInstances>(),
    Operation::of::<ShedLoad>(),
    Operation::of::<ClearShedState>(),
    Operation::of::<GetLoad>(),
    Operation::of::<CreateLoadShedEvent>(),
    Operation::of::<RemoveLoadShedEvent>(),
    Operation::of::<GetChargingSessionData>(),
    Operation::of::<Get15MinChargingSessionData>(),
    Operation::of::<GetTransactionData>(),
    Operation::of::<GetStations>(),
    Operation::of::<GetStationStatus>(),
    Operation::of::<GetStationGroups>(),
    Operation::of::<GetStationGroupDetails>(),
    Operation::of::<GetOrgsAndStationGroups>(),
    Operation::of::<GetStationRights>(),
    Operation::of::<GetStationRightsProfile>(),
    Operation::of::<GetAlarms>(),
    Operation::of::<ClearAlarms>(),
    Operation::of::<GetUsers>(),
    Operation::of::<UpdateUserStatus>(),
    Operation::of::<SetWaitlistDone>(),
    Operation::of::<AddFleetVehicle>(),
    Operation::of::<DeleteFleetVehicle>(),
    Operation::of::<UpdateFleetVehicle>(),
    Operation::of::<GetFleetVehicles>(),
    Operation::of::<GetFleetUsageData>(),
];

/// One call.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Name of the request element.
    pub name: &'static str,
    /// Content of the request element.
    pub request: Shape,
    /// Content of the answer element; its name is the operation's plus `Response`.
    pub response: Shape,
    /// Whether it changes something; see [`Call::WRITES`].
    pub writes: bool,
    rewrite_request: Rewrite,
    rewrite_answer: Rewrite,
    json: Through,
}

impl Operation {
    /// The row of a call.
    pub const fn of<C: Call>() -> Self {
        Self {
            name: C::SHAPE.name,
            request: C::SHAPE,
            response: C::Answer::SHAPE,
            writes: C::WRITES,
            rewrite_request: rewrite::<C>,
            rewrite_answer: rewrite::<C::Answer>,
            json: through::<C>,
        }
    }

    /// Reads a request from JSON and gives it as it is written in XML, and in JSON again.
    ///
    /// # Errors
    /// What does not fit.
    pub fn request_from_json(&self, json: &Json) -> Result<(String, Json), Unfit> {
        (self.json)(json)
    }
}

/// Reads a request from JSON.
type Through = fn(&Json) -> Result<(String, Json), Unfit>;

fn through<R: Record>(json: &Json) -> Result<(String, Json), Unfit> {
    let record: R = from_json(json)?;
    let mut out = Writer::default();
    record.write_children(&mut out);
    let again = serde_json::to_value(RecordJson(&record)).unwrap_or_default();
    Ok((out.finish(), again))
}

/// Reads the element in a Body that was just opened, and writes it in the wire's own form.
type Rewrite = fn(&mut Parser<'_>) -> Result<String, Broken>;

fn rewrite<R: Record>(parser: &mut Parser<'_>) -> Result<String, Broken> {
    let (record, _) = read_record::<R>(parser)?;
    let mut out = Writer::default();
    out.open(R::SHAPE.name);
    record.write_children(&mut out);
    out.close(R::SHAPE.name);
    Ok(out.finish())
}

/// Reads a request or an answer of any call, in any form it may come in, and gives the element in its
/// Body in the form that is written, without prefix and namespace.
///
/// # Errors
/// Why it cannot be read; an unknown element is [`Broken::Envelope`].
pub fn wire_form(xml: &[u8]) -> Result<String, Broken> {
    let read = envelope::read(xml, |entry, parser| {
        let rewrite = OPERATIONS.iter().find_map(|operation| {
            let forms = [
                (operation.request.name, operation.rewrite_request),
                (operation.response.name, operation.rewrite_answer),
            ];
            forms.into_iter().find(|(name, _)| *name == entry.name)
        });
        let (_, rewrite) = rewrite.ok_or(Broken::Envelope("an element of no call"))?;
        rewrite(parser)
    });
    read.map(|(_, form)| form)
}

/// A complex type: an element's children.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The type's name, or the element's where the type is that of an operation element.
    pub name: &'static str,
    /// The record's own name.
    pub title: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether the order of the children counts.
    pub order: Order,
    /// The children.
    pub fields: &'static [FieldShape],
}

impl Shape {
    /// Index of the field with a wire name, in any case, or of the one that is also read under this
    /// name. `near` is where the search begins: children mostly come in order, so the answer is
    /// mostly the first or second look.
    pub fn index_of(&self, name: &str, near: usize) -> Option<usize> {
        let count = self.fields.len();
        let order = || (near..count).chain(0..near.min(count));
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        order()
            .find(|&index| self.fields[index].wire == name)
            .or_else(|| order().find(|&index| is(&self.fields[index].wire)))
            .or_else(|| self.fields.iter().position(|field| field.also.iter().any(is)))
    }
}

/// One child of a [`Shape`].
#[derive(Debug, Clone, Copy)]
pub struct FieldShape {
    /// Element name on the wire.
    pub wire: &'static str,
    /// Other names it is read under: the guide's, where the wire has another.
    pub also: &'static [&'static str],
    /// Its name in JSON.
    pub json: &'static str,
    /// Whether it is a list in JSON.
    pub several: bool,
    /// Whether it is text on the wire and a number in JSON.
    pub number: bool,
    /// What it is in JSON, where it is no record.
    pub plain: Plain,
    /// What it is.
    pub doc: &'static str,
    /// Its type.
    pub kind: Kind,
    /// How often it may stand.
    pub occurs: Occurs,
}

/// Type of an element.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `xsd:string`.
    Text,
    /// `xsd:int`.
    Int,
    /// `xsd:long`.
    Long,
    /// `xsd:double`.
    Double,
    /// `xsd:decimal`.
    Decimal,
    /// `xsd:int`, from 0 to 100.
    Percent,
    /// `xsd:boolean`, written `1` and `0`.
    Boolean,
    /// `xsd:dateTime`, UTC with `Z`.
    DateTime,
    /// `xsd:date`.
    Date,
    /// `xsd:time`.
    Time,
    /// A nested complex type.
    Complex(&'static Shape),
}

impl Kind {
    /// Whether it is a record that only holds a list.
    pub const fn is_list(&self) -> bool {
        match self {
            Self::Complex(shape) => matches!(shape.fields, [only] if only.occurs.max.is_none()),
            _ => false,
        }
    }
}

/// What a value is in JSON, whatever it is on the wire: identifiers are texts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

/// Whether the order of children counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `xsd:all`: any order, each at most once.
    All,
    /// `xsd:sequence`: in this order.
    Sequence,
}

/// How often an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurs {
    /// At least so often.
    pub min: u32,
    /// At most so often; `None` for any number.
    pub max: Option<u32>,
}

impl Occurs {
    /// Exactly once.
    pub const ONE: Self = Self { min: 1, max: Some(1) };
    /// At most once.
    pub const OPTIONAL: Self = Self { min: 0, max: Some(1) };
    /// Any number.
    pub const MANY: Self = Self { min: 0, max: None };
    /// At least once.
    pub const SOME: Self = Self { min: 1, max: None };
    /// At most twice.
    pub const TWO: Self = Self { min: 0, max: Some(2) };
}
