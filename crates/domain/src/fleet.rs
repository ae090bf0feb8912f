//! Vehicles as they are entered, one in a form or many in a table with a line of headings.

use crate::field::{Field, Input};
use crate::token_file::{Next, Records};

/// What ChargePoint must know of a vehicle, by the names of `POST /fleet/vehicles`.
pub const FIELDS: &[Field] = &[
    Field::new("licensePlate", "Licence plate", Input::Line).required(),
    Field::new("fleetName", "Fleet", Input::Line).required(),
    Field::new("make", "Make", Input::Line).required(),
    Field::new("model", "Model", Input::Line).required(),
    Field::new("year", "Year", Input::Number(1990, 2100)).required(),
    Field::new("chargePointCards", "Cards", Input::Lines)
        .hint("Serial numbers of ChargePoint cards, one on each line; of these or the next there is one"),
    Field::new("mifareId", "MIFARE IDs", Input::Lines)
        .hint("As a reader reads them from cards, one on each line"),
    Field::new("vehicleId", "Own ID", Input::Id),
    Field::new("vin", "VIN", Input::Id),
    Field::new("color", "Colour", Input::Line),
    Field::new("companyCode", "Company code", Input::Line),
    Field::new("driverId", "Driver ID", Input::Id).hint("A number"),
    Field::new("vehiclePortMacIds", "MAC addresses", Input::Lines)
        .hint("Of its charge ports, one on each line"),
];

/// Where a vehicle has its cards: one of the two at least.
const CARDS: [usize; 2] = [5, 6];

/// The most vehicles of one table.
pub const MAX_VEHICLES: usize = 1_000;

/// A vehicle of a table: the texts of its fields, in the order of [`FIELDS`].
pub type Vehicle = Vec<String>;

/// Reads a table of vehicles: a line of headings, which are labels or names of [`FIELDS`] in any order, and a line
/// for each vehicle. Cells have commas, semicolons or tabs between them; several cards have blanks between them.
///
/// # Errors
/// What is wrong with the table, or with its first wrong line, in the reader's words.
pub fn vehicles(text: &str) -> Result<Vec<Vehicle>, String> {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let delimiter = *b"\t;"
        .iter()
        .find(|sign| first.contains(char::from(**sign)))
        .unwrap_or(&b',');
    let mut records = Records::new(delimiter, 0, 1);
    let mut order: Vec<usize> = Vec::new();
    let mut all = Vec::new();
    loop {
        match records.next(text.as_bytes(), text.len()) {
            Next::Record => {}
            Next::End | Next::Pause => break,
            Next::Unclosed => return Err(at(all.len(), records.line(), "a quotation mark is never closed")),
        }
        let cells = records
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned());
        let cells: Vec<String> = cells.collect();
        if order.is_empty() {
            order = headings(&cells)?;
            continue;
        }
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if all.len() == MAX_VEHICLES {
            return Err(format!("at most {MAX_VEHICLES} vehicles at once"));
        }
        let vehicle = vehicle(&cells, &order).map_err(|why| at(all.len(), records.line(), &why))?;
        all.push(vehicle);
    }
    match all.is_empty() {
        true => Err("there is no vehicle in it: a line of headings comes first, then a line for each".into()),
        false => Ok(all),
    }
}

/// By the number that the server's refusals have, too.
fn at(before: usize, line: u32, why: &str) -> String {
    format!("No. {} (line {line}): {why}", before + 1)
}

/// Which field each column holds.
fn headings(cells: &[String]) -> Result<Vec<usize>, String> {
    let of = |heading: &String| {
        let is_it = |field: &Field| {
            [field.key, field.label]
                .iter()
                .any(|name| name.eq_ignore_ascii_case(heading))
        };
        let field = FIELDS.iter().position(is_it);
        field.ok_or_else(|| format!("“{heading}” is no heading; there are {}", labels()))
    };
    let order = cells.iter().map(of).collect::<Result<Vec<usize>, String>>()?;
    for (at, field) in FIELDS.iter().enumerate() {
        let columns = order.iter().filter(|own| **own == at).count();
        if columns > 1 {
            return Err(format!("{} stands in two columns", field.label));
        }
        if field.required && columns == 0 {
            return Err(format!("{} is missing among the headings", field.label));
        }
    }
    if !CARDS.iter().any(|at| order.contains(at)) {
        return Err("Cards are missing among the headings".into());
    }
    Ok(order)
}

fn labels() -> String {
    let labels: Vec<&str> = FIELDS.iter().map(|field| field.label).collect();
    labels.join(", ")
}

fn vehicle(cells: &[String], order: &[usize]) -> Result<Vehicle, String> {
    if cells.len() > order.len() {
        return Err("it has more cells than there are headings".into());
    }
    let mut vehicle = vec![String::new(); FIELDS.len()];
    for (cell, at) in cells.iter().zip(order) {
        vehicle[*at] = match FIELDS[*at].input {
            Input::Lines => cell.split_whitespace().collect::<Vec<_>>().join("\n"),
            _ => cell.clone(),
        };
    }
    for (field, text) in FIELDS.iter().zip(&vehicle) {
        if let Some(why) = field.wrong(text) {
            return Err(format!("{}: {why}", field.label));
        }
    }
    if CARDS.iter().all(|at| vehicle[*at].is_empty()) {
        return Err("Cards: there is none".into());
    }
    Ok(vehicle)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEADINGS: &str = "licence plate;Fleet;Make;Model;Year;chargePointCards;VIN";

    fn table(lines: &str) -> Result<Vec<Vehicle>, String> {
        vehicles(&format!("{HEADINGS}\r\n{lines}"))
    }

    #[test]
    fn a_table_is_read_whatever_stands_between_its_cells() {
        let read = table("B-EV 1;Pool;VW;ID.3;2023;100 200;\n\n\"B;2\";Pool;VW;ID.4;2024;300;WVW\n").unwrap();
        assert_eq!(read[0][..6], ["B-EV 1", "Pool", "VW", "ID.3", "2023", "100\n200"]);
        assert_eq!((read[1][0].as_str(), read[1][8].as_str()), ("B;2", "WVW"));
        let by_reader =
            "Licence plate,Fleet,Make,Model,Year,MIFARE IDs,MAC addresses\nA,P,VW,ID.3,2023,A1 B2,00:0A";
        let read = vehicles(by_reader).unwrap();
        assert_eq!(read[0][5..7], ["", "A1\nB2"]);
        assert_eq!(read[0][12], "00:0A");
        for sign in [",", "\t"] {
            let text = format!("{HEADINGS}\nA;P;VW;ID.3;2023;1;\n").replace(';', sign);
            assert_eq!(vehicles(&text).unwrap().len(), 1);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (lines, said) in [
            ("", "there is no vehicle"),
            (
                "A;P;VW;ID.3;23;1;",
                "No. 1 (line 2): Year: a whole number from 1990 to 2100",
            ),
            (
                "A;P;VW;ID.3;2023;1;\nB;P;VW;;2023;1;",
                "No. 2 (line 3): Model: this cannot stay empty",
            ),
            ("A;P;VW;ID.3;2023;;", "No. 1 (line 2): Cards: there is none"),
            ("A;P;VW;ID.3;2023;1;;9", "No. 1 (line 2): it has more cells"),
            ("\"A;P;VW;ID.3;2023;1;", "No. 1 (line 2): a quotation mark"),
        ] {
            let why = table(lines).unwrap_err();
            assert!(why.contains(said), "{lines}: {why}");
        }
        let wrong = |text: &str| vehicles(text).unwrap_err();
        assert!(wrong("Plate,Fleet\nA,P").contains("“Plate” is no heading; there are Licence plate, Fleet"));
        assert_eq!(
            wrong("Fleet,Fleet\nA,P"),
            "Licence plate is missing among the headings"
        );
        assert!(wrong(&format!("{HEADINGS};VIN\nA")).contains("VIN stands in two columns"));
        assert_eq!(
            wrong("Licence plate,Fleet,Make,Model,Year\nA"),
            "Cards are missing among the headings"
        );
        let many = "A;P;VW;ID.3;2023;1;\n".repeat(MAX_VEHICLES + 1);
        assert_eq!(table(&many).unwrap_err(), "at most 1000 vehicles at once");
    }
}
