//! What the csv and rust_xlsxwriter libraries alone need for writing rows: the yardstick for an export.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

/// Rows in memory at once; reading them is not counted.
const ROWS: usize = 1_000;

/// Writes the rows of a CSV file to another file, and prints how long the writing took.
pub fn write(format: &str, rows: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(rows)?;
    let header = reader.headers()?.clone();
    let mut target: Box<dyn Target> = match format {
        "csv" => Box::new(Csv::new(out, &header)?),
        _ => Box::new(Xlsx::new(out, &header)?),
    };
    let mut records = reader.records();
    let (mut count, mut time) = (0, Duration::ZERO);
    loop {
        let rows = records.by_ref().take(ROWS).collect::<Result<Vec<_>, _>>()?;
        if rows.is_empty() {
            break;
        }
        count += rows.len();
        let start = Instant::now();
        rows.iter().try_for_each(|row| target.row(row))?;
        time += start.elapsed();
    }
    let start = Instant::now();
    target.end()?;
    time += start.elapsed();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: u64 = peak
        .and_then(|line| line.split_whitespace().next())
        .unwrap_or_default()
        .parse()?;
    println!(
        "{{\"rows\":{count},\"ms\":{:.1},\"peak\":{}}}",
        time.as_secs_f64() * 1000.0,
        peak * 1024
    );
    Ok(())
}

trait Target {
    fn row(&mut self, row: &csv::StringRecord) -> Result<(), Box<dyn Error>>;
    fn end(&mut self) -> Result<(), Box<dyn Error>>;
}

struct Csv(csv::Writer<BufWriter<File>>);

impl Csv {
    fn new(out: &str, header: &csv::StringRecord) -> Result<Self, Box<dyn Error>> {
        let mut file = BufWriter::new(File::create(out)?);
        file.write_all(b"\xef\xbb\xbf")?;
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        writer.write_record(header)?;
        Ok(Self(writer))
    }
}

impl Target for Csv {
    fn row(&mut self, row: &csv::StringRecord) -> Result<(), Box<dyn Error>> {
        Ok(self.0.write_record(row)?)
    }

    fn end(&mut self) -> Result<(), Box<dyn Error>> {
        Ok(self.0.flush()?)
    }
}

struct Xlsx {
    book: Workbook,
    out: String,
    /// Which columns hold moments.
    moments: Vec<bool>,
    date: Format,
    next: u32,
}

impl Xlsx {
    fn new(out: &str, header: &csv::StringRecord) -> Result<Self, Box<dyn Error>> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, label) in (0..).zip(header) {
            sheet.write_string(0, column, label)?;
        }
        Ok(Self {
            book,
            out: out.to_owned(),
            moments: header
                .iter()
                .map(|label| matches!(label, "Expires" | "Updated"))
                .collect(),
            date: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            next: 1,
        })
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, Box<dyn Error>> {
        Ok(self.book.worksheet_from_index(0)?)
    }
}

impl Target for Xlsx {
    fn row(&mut self, row: &csv::StringRecord) -> Result<(), Box<dyn Error>> {
        let (at, moments, date) = (self.next, self.moments.clone(), self.date.clone());
        self.next += 1;
        let sheet = self.sheet()?;
        for ((column, text), moment) in (0..).zip(row).zip(moments) {
            if text.is_empty() {
                continue;
            }
            if moment {
                let time = ExcelDateTime::parse_from_str(text.trim_end_matches('Z'))?;
                sheet.write_datetime_with_format(at, column, &time, &date)?;
            } else {
                sheet.write_string(at, column, text)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Box<dyn Error>> {
        Ok(self.book.save(&self.out)?)
    }
}
