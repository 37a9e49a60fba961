//! The first sheet of an Excel workbook.

use std::fmt::Write;
use std::io::BufReader;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::iso;
use super::random::Random;
use super::record::{Cells, Record, Step};

/// Bytes of text beyond which a sheet is not read.
const MOST_TEXT: usize = 1 << 31;

/// The cells of a sheet, of which only those with something in them are kept.
#[derive(Default)]
pub(super) struct WorkbookReader {
    text: String,
    cells: Vec<FilledCell>,
    /// The cell that comes next.
    at: usize,
    row: u32,
    record: Cells,
}

struct FilledCell {
    row: u32,
    column: u32,
    /// Where it ends in the text; it begins where the one before it ends.
    end: usize,
}

impl WorkbookReader {
    /// Reads the sheet; the error says why it cannot be read.
    pub(super) fn open(bytes: &Random) -> Result<Self, String> {
        let file = bytes.open().map_err(|error| error.to_string())?;
        let mut workbook = Xlsx::new(BufReader::new(file)).map_err(|error| error.to_string())?;
        let sheet = workbook.sheet_names().into_iter().next().ok_or("it has no sheet")?;
        let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(|error| error.to_string())?;
        let mut reader = Self::default();
        while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
            let n_before = reader.text.len();
            push_value(cell.get_value(), &mut reader.text);
            if reader.text.len() > MOST_TEXT {
                return Err("its first sheet has more than 2 GB of text; save it as CSV".to_owned());
            }
            if reader.text.len() > n_before {
                let (row, column) = cell.get_position();
                reader.cells.push(FilledCell { row, column, end: reader.text.len() });
            }
        }
        Ok(reader)
    }

    pub(super) fn record(&self) -> Record<'_> {
        self.record.as_record(self.row as usize + 1)
    }

    pub(super) fn advance(&mut self) -> Step {
        let Some(first) = self.cells.get(self.at) else { return Step::End };
        self.row = first.row;
        self.record.clear();
        while let Some(cell) = self.cells.get(self.at).filter(|cell| cell.row == self.row) {
            let start = self.at.checked_sub(1).map_or(0, |before| self.cells[before].end);
            let from = self.record.text.len();
            self.record.text.push_str(&self.text[start..cell.end]);
            let column = cell.column as usize;
            if column >= self.record.bounds.len() {
                self.record.bounds.resize(column + 1, (0, 0));
            }
            self.record.bounds[column] = (from, self.record.text.len());
            self.at += 1;
        }
        Step::Record
    }
}

/// Values that are errors, such as `#N/A`, stay empty.
fn push_value(value: &DataRef<'_>, text: &mut String) {
    let written = match value {
        DataRef::Int(number) => write!(text, "{number}"),
        DataRef::Float(number) => write!(text, "{number}"),
        DataRef::Bool(truth) => write!(text, "{truth}"),
        DataRef::String(letters) | DataRef::DateTimeIso(letters) | DataRef::DurationIso(letters) => {
            text.write_str(letters)
        }
        DataRef::SharedString(letters) => text.write_str(letters),
        DataRef::DateTime(time) if time.is_duration() => write!(text, "{}", time.as_f64()),
        DataRef::DateTime(time) => write_time(*time, text),
        DataRef::Error(_) | DataRef::Empty => Ok(()),
    };
    debug_assert!(written.is_ok(), "a string takes all that is written");
}

fn write_time(time: ExcelDateTime, text: &mut String) -> std::fmt::Result {
    let (year, month, day, hours, minutes, seconds, milliseconds) = time.to_ymd_hms_milli();
    write!(text, "{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}")?;
    iso::write_fraction(text, u32::from(milliseconds) * 1_000_000)
}
