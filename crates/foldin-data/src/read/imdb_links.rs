//! `links.csv` of MovieLens: the number of each film in the Internet Movie Database, which makes an address.

use super::report::ReadLog;
use super::roles::normalised;
use super::table::TableReader;
use super::{DatasetError, words};
use crate::dataset::Dataset;
use crate::files::DataFile;

/// Gives the items of a data set their addresses. Lines without a number, and items that are not there, are passed over:
/// nothing is learned from this file.
pub(super) fn read_imdb_links(
    file: &DataFile<'_>,
    dataset: &mut Dataset,
    log: &mut ReadLog,
) -> Result<(), DatasetError> {
    let mut reader = TableReader::open(file)?;
    let Some(names) = reader.first_names()? else { return Ok(()) };
    let column = |wanted: &str| names.iter().position(|name| normalised(name) == wanted);
    let (Some(film), Some(number)) = (column("movieid"), column("imdbid")) else { return Ok(()) };
    while let Some(record) = reader.next()? {
        let Ok(record) = record else { continue };
        let number = record.get(number).trim();
        let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
        let item = dataset.items.get_index_of(&*words::id(record.get(film)));
        if let Some(item) = item.filter(|_| is_number) {
            dataset.catalogue[item].url = format!("https://www.imdb.com/title/tt{number:0>7}");
        }
    }
    log.take_table_notes(&reader);
    Ok(())
}
