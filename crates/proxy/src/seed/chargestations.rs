//! Charge stations of the portal's own.

use domain::chargestations::{ChargestationInput, PROTOCOLS, Setting};
use domain::listing::ListQuery;

use super::dice::Dice;
use crate::books::{Tx, chargestations, locations};
use crate::problem::Error;

/// Endpoint, manufacturer, model, and whether it speaks the newer protocol and is switched on.
const STATIONS: &[(&str, &str, &str, bool, bool)] = &[
    ("edrv01", "Alfen", "EVE Single Pro", false, true),
    ("edrv02", "Alfen", "EVE Double Pro", false, true),
    ("yard-west-1", "Wallbox", "Pulsar Pro", true, true),
    ("yard-west-2", "Wallbox", "Pulsar Pro", true, false),
    ("depot*dc*1", "Kempower", "S-Series", true, true),
];

/// Registers them, if none is there.
pub async fn fill(tx: &mut Tx) -> Result<(), Error> {
    if !chargestations::all(tx).await?.is_empty() {
        return Ok(());
    }
    let some = ListQuery {
        page_size: STATIONS.len() as u32,
        ..ListQuery::default()
    };
    let places = locations::page(tx, &some).await?.items;
    let mut dice = Dice::new(11);
    for (n, (endpoint, manufacturer, model, is_newer, active)) in STATIONS.iter().enumerate() {
        let text = |text: &str| Some(text.to_owned());
        let setting = |key: &str, value: &str, readonly| Setting {
            key: key.to_owned(),
            value: value.to_owned(),
            readonly,
        };
        let input = ChargestationInput {
            active: Some(*active),
            endpoint: text(endpoint),
            protocol: text(PROTOCOLS[usize::from(*is_newer)]),
            manufacturer: text(manufacturer),
            model: text(model),
            location: places.get(n / 2).map(|place| place.id.clone()),
            organization: None,
            csconfig: Some(vec![
                setting("HeartbeatInterval", "300", false),
                setting("MeterValueSampleInterval", "60", false),
                setting(
                    "NumberOfConnectors",
                    if endpoint.ends_with('2') { "2" } else { "1" },
                    true,
                ),
            ]),
        };
        let id = format!("chs_{}", dice.letters(12));
        chargestations::add(tx, id, &input).await?;
    }
    Ok(())
}
