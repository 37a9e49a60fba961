//! The values of one Parquet column as text.

use std::fmt::Write;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use super::iso;
use super::record::Cells;

/// A column with the cells of the batch that was read last.
pub(super) struct Column {
    format: Format,
    max_def: i16,
    /// For lists: the level from which on a list has an element.
    element_def: Option<i16>,
    cells: Cells,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Unsigned,
    /// Days since 1970.
    Date,
    /// Units since 1970, `per_second` of them in a second.
    Time {
        per_second: i64,
        is_utc: bool,
    },
    Decimal {
        scale: u32,
    },
    Half,
    Uuid,
}

impl Column {
    pub(super) fn new(leaf: &ColumnDescriptor) -> Result<Self> {
        let element_def = (leaf.max_rep_level() > 0).then(|| leaf.repeated_ancestor_def_level());
        Ok(Self { format: Format::of(leaf), max_def: leaf.max_def_level(), element_def, cells: Cells::default() })
    }

    pub(super) fn get(&self, row: usize) -> &str {
        let (start, end) = self.cells.bounds[row];
        &self.cells.text[start..end]
    }

    /// Reads the next rows, at most `n_rows`, and gives their number.
    pub(super) fn read(&mut self, reader: &mut ColumnReader, n_rows: usize) -> Result<usize> {
        self.cells.clear();
        let format = self.format;
        match reader {
            ColumnReader::BoolColumnReader(reader) => self.read_typed(reader, n_rows, |value, text| text.plain(value)),
            ColumnReader::Int32ColumnReader(reader) => self.read_typed(reader, n_rows, |value, text| match format {
                Format::Unsigned => text.plain(&value.cast_unsigned()),
                Format::Plain | Format::Half | Format::Uuid => text.plain(value),
                _ => text.integer(i64::from(*value), format),
            }),
            ColumnReader::Int64ColumnReader(reader) => {
                self.read_typed(reader, n_rows, |value, text| text.integer(*value, format))
            }
            ColumnReader::Int96ColumnReader(reader) => self.read_typed(reader, n_rows, |value, text| {
                let nanoseconds = value.to_nanos().rem_euclid(1_000_000_000);
                text.time(value.to_seconds(), nanoseconds as u32, false);
            }),
            ColumnReader::FloatColumnReader(reader) => self.read_typed(reader, n_rows, |value, text| text.plain(value)),
            ColumnReader::DoubleColumnReader(reader) => {
                self.read_typed(reader, n_rows, |value, text| text.plain(value))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                self.read_typed(reader, n_rows, |value, text| text.bytes(value.data(), format))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                self.read_typed(reader, n_rows, |value, text| text.bytes(value.data(), format))
            }
        }
    }

    /// Levels say where there is no value, and where a list begins (Dremel, Melnik et al. 2010, section 4).
    fn read_typed<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        n_rows: usize,
        write: impl Fn(&T::T, &mut ValueText<'_>),
    ) -> Result<usize> {
        let (mut defs, mut reps, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let (n_read, _, n_levels) = reader.read_records(n_rows, Some(&mut defs), Some(&mut reps), &mut values)?;
        let mut values = values.iter();
        let mut next = || values.next().ok_or_else(|| ParquetError::General("a value is missing".to_owned()));
        let def_of = |level: usize| defs.get(level).copied().unwrap_or(self.max_def);
        let text = &mut self.cells.text;
        let Some(element_def) = self.element_def else {
            for level in 0..n_levels {
                if def_of(level) == self.max_def {
                    write(next()?, &mut ValueText { text: &mut self.cells.text, in_list: false });
                }
                self.cells.end_cell();
            }
            return Ok(n_read);
        };
        let mut begun = None;
        for level in 0..n_levels {
            if reps.get(level) == Some(&0)
                && let Some(start) = begun.replace(text.len())
            {
                close_list(text, start);
                self.cells.bounds.push((start, text.len()));
                begun = Some(text.len());
            }
            if def_of(level) < element_def {
                continue;
            }
            text.push_str(if begun == Some(text.len()) { "[" } else { ", " });
            if def_of(level) == self.max_def {
                write(next()?, &mut ValueText { text, in_list: true });
            } else {
                text.push_str("null");
            }
        }
        if let Some(start) = begun {
            close_list(text, start);
            self.cells.bounds.push((start, text.len()));
        }
        Ok(n_read.min(self.cells.bounds.len()))
    }
}

/// A list without elements is an empty cell.
fn close_list(text: &mut String, start: usize) {
    if text.len() > start {
        text.push(']');
    }
}

impl Format {
    fn of(leaf: &ColumnDescriptor) -> Format {
        let time = |per_second, is_utc| Format::Time { per_second, is_utc };
        match leaf.logical_type_ref() {
            Some(LogicalType::Date) => return Format::Date,
            Some(LogicalType::Timestamp(kind)) => {
                let per_second = match kind.unit {
                    TimeUnit::MILLIS => 1000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                return time(per_second, kind.is_adjusted_to_u_t_c);
            }
            Some(LogicalType::Decimal(kind)) => {
                return Format::Decimal { scale: kind.scale.clamp(0, 76).cast_unsigned() };
            }
            Some(LogicalType::Integer(kind)) if !kind.is_signed => return Format::Unsigned,
            Some(LogicalType::Uuid) => return Format::Uuid,
            Some(LogicalType::Float16) => return Format::Half,
            _ => {}
        }
        match leaf.converted_type() {
            ConvertedType::DATE => Format::Date,
            ConvertedType::TIMESTAMP_MILLIS => time(1000, true),
            ConvertedType::TIMESTAMP_MICROS => time(1_000_000, true),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Format::Unsigned
            }
            ConvertedType::DECIMAL => Format::Decimal { scale: leaf.type_scale().clamp(0, 76).cast_unsigned() },
            _ if leaf.physical_type() == Type::INT96 => time(1_000_000_000, false),
            _ => Format::Plain,
        }
    }
}

/// Takes one value, which in a list is written as in JSON.
struct ValueText<'a> {
    text: &'a mut String,
    in_list: bool,
}

impl ValueText<'_> {
    fn plain(&mut self, value: &impl std::fmt::Display) {
        let written = write!(self.text, "{value}");
        debug_assert!(written.is_ok(), "a string takes all that is written");
    }

    fn quoted(&mut self, value: &str) {
        if self.in_list {
            self.plain(&serde_json::Value::from(value));
        } else {
            self.text.push_str(value);
        }
    }

    fn integer(&mut self, value: i64, format: Format) {
        match format {
            Format::Plain | Format::Half | Format::Uuid => self.plain(&value),
            Format::Unsigned => self.plain(&value.cast_unsigned()),
            Format::Decimal { scale } => self.decimal(i128::from(value), scale),
            Format::Date => self.in_quotes(|text| iso::write_date(text, value)),
            Format::Time { per_second, is_utc } => {
                let nanoseconds = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
                self.time(value.div_euclid(per_second), nanoseconds as u32, is_utc);
            }
        }
    }

    fn time(&mut self, seconds: i64, nanoseconds: u32, is_utc: bool) {
        self.in_quotes(|text| {
            iso::write_time(text, seconds, nanoseconds)?;
            text.write_str(if is_utc { "Z" } else { "" })
        });
    }

    /// Writes what needs no escapes.
    fn in_quotes(&mut self, write: impl FnOnce(&mut String) -> std::fmt::Result) {
        let quote = if self.in_list { "\"" } else { "" };
        self.text.push_str(quote);
        let written = write(self.text);
        debug_assert!(written.is_ok(), "a string takes all that is written");
        self.text.push_str(quote);
    }

    fn decimal(&mut self, value: i128, scale: u32) {
        let sign = if value < 0 { "-" } else { "" };
        let (digits, scale) = (value.unsigned_abs().to_string(), scale as usize);
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        self.plain(&format_args!("{sign}{whole}{point}{fraction}"));
    }

    fn bytes(&mut self, value: &[u8], format: Format) {
        match format {
            Format::Decimal { scale } if value.len() <= 16 => {
                let fill = if value.first().is_some_and(|first| *first >= 0x80) { 0xff } else { 0 };
                let mut number = [fill; 16];
                number[16 - value.len()..].copy_from_slice(value);
                self.decimal(i128::from_be_bytes(number), scale);
            }
            Format::Half if value.len() == 2 => self.plain(&half_to_f32(u16::from_le_bytes([value[0], value[1]]))),
            Format::Uuid if value.len() == 16 => {
                let mut uuid = String::new();
                for (index, byte) in value.iter().enumerate() {
                    uuid.push_str(if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" });
                    uuid.push_str(&format!("{byte:02x}"));
                }
                self.quoted(&uuid);
            }
            _ => self.quoted(&String::from_utf8_lossy(value)),
        }
    }
}

/// A number of 16 bits as IEEE 754 defines it.
fn half_to_f32(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff) / 1024.0);
    match exponent {
        0 => sign * fraction * 2f32.powi(-14),
        0x1f if fraction == 0.0 => sign * f32::INFINITY,
        0x1f => f32::NAN,
        _ => sign * (1.0 + fraction) * 2f32.powi(exponent - 15),
    }
}
