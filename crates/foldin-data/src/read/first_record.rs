//! Whether the first record of a table names its columns, and what the columns of a plain table without names are.

use super::DatasetError;
use super::options::Columns;
use super::roles::Header;
use super::table::{OwnedRecord, Record, TableReader};
use super::times::time;

/// Records that are looked at before the first is read.
pub(super) const PEEKED: usize = 100;

/// The names in the first record, or those of a plain table without names; and whether the first record names columns.
pub(super) fn header_of(
    file: &str,
    peeked: &[OwnedRecord],
    said: &Columns,
) -> Result<(Vec<String>, bool), DatasetError> {
    let first: Vec<String> = peeked[0].as_record().cells().map(str::to_owned).collect();
    if Header::new(file, first.clone()).events(said).is_ok() && !said_by_number(said, &first) {
        return Ok((first, true));
    }
    if said_by_number(said, &first) {
        let is_data = |name: &Option<String>| {
            let column = name.as_deref().and_then(|name| name.parse::<usize>().ok()).map(|number| number - 1);
            column.is_none_or(|column| is_number(&first[column]) || time(&first[column]).is_ok())
        };
        if is_data(&said.rating)
            && is_data(&said.time)
            && !(said.rating.is_none() && said.time.is_none() && looks_like_names(&first))
        {
            return Ok(((1..=first.len()).map(|number| number.to_string()).collect(), false));
        }
        return Ok((first, true));
    }
    if let Some(names) = plain_names(peeked) {
        return Ok((names, false));
    }
    Header::new(file, first.clone()).events(said).map(|_| (first, true))
}

/// Whether columns were chosen by their numbers alone.
fn said_by_number(said: &Columns, first: &[String]) -> bool {
    let said: Vec<&str> = [&said.user, &said.item, &said.rating, &said.time, &said.event]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let is_number = |name: &&str| name.parse::<usize>().is_ok_and(|number| (1..=first.len()).contains(&number));
    !said.is_empty() && said.iter().all(is_number) && !said.iter().any(|name| first.iter().any(|own| own == name))
}

fn looks_like_names(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && !cell.bytes().any(|byte| byte.is_ascii_digit()))
}

pub(super) fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether a table has no header and is plain, so that it can be read without being told its columns.
pub(super) fn is_plain(reader: &mut TableReader<'_>) -> Result<bool, DatasetError> {
    Ok(reader.own_names().is_none() && {
        let peeked = reader.peek(PEEKED)?;
        // Two columns of anything would be too little to go by.
        peeked.first().is_some_and(|first| first.as_record().len() > 2) && plain_names(peeked).is_some()
    })
}

/// The names of a table without a header that is plain: user, item, then perhaps a rating, then perhaps a time.
fn plain_names(peeked: &[OwnedRecord]) -> Option<Vec<String>> {
    let rows: Vec<Record<'_>> = peeked.iter().map(OwnedRecord::as_record).collect();
    let n = rows[0].len();
    let fits = |record: &Record<'_>| {
        record.len() == n
            && !record.get(0).is_empty()
            && !record.get(1).is_empty()
            && (n < 3 || is_number(record.get(2)) || n == 3 && time(record.get(2)).is_ok())
            && (n < 4 || time(record.get(3)).is_ok())
    };
    if !(2..=4).contains(&n) || !rows.iter().all(fits) {
        return None;
    }
    if n == 2 {
        // Names do not come again, and are no numbers.
        let first = &rows[0];
        let again = |column| rows[1..].iter().any(|row| row.get(column) == first.get(column));
        let numbers = is_number(first.get(0)) || is_number(first.get(1));
        return (numbers || again(0) || again(1)).then(|| vec!["user".to_owned(), "item".to_owned()]);
    }
    let is_time = |row: &Record<'_>| row.get(2).parse::<f64>().map_or(true, |value| value >= 1e8);
    let third = if n == 3 && rows.iter().all(is_time) { "time" } else { "rating" };
    Some(["user", "item", third, "time"][..n].iter().map(|name| (*name).to_owned()).collect())
}
