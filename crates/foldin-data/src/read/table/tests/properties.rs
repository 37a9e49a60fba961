//! What holds for any table and any bytes.

use proptest::prelude::*;

use super::super::{Separator, Shape};
use super::{Table, read, try_read};

const SEPARATORS: [Separator; 5] =
    [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe, Separator::DoubleColon];

/// What containers and kinds of text begin with.
const BEGINNINGS: &[&[u8]] =
    &[b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"{\"", b"[{", b"sep=", b"\""];

/// Values as they come back: trimmed, and without a backslash before a quote, which has two meanings.
fn value(letters: &'static str) -> impl Strategy<Value = String> {
    proptest::string::string_regex(letters).unwrap().prop_map(|mut value| {
        while value.contains("\\\"") {
            value = value.replace("\\\"", "\"");
        }
        value.trim().to_owned()
    })
}

/// A table of 2 to 4 columns, whose first record has names.
fn table(letters: &'static str) -> impl Strategy<Value = Vec<Vec<String>>> {
    (2..5_usize)
        .prop_flat_map(move |n| prop::collection::vec(prop::collection::vec(value(letters), n), 1..12))
        .prop_map(|mut records| {
            let n_columns = records.first().map_or(2, Vec::len);
            records.insert(0, (0..n_columns).map(|column| format!("name{column}")).collect());
            records
        })
}

fn quoted(records: &[Vec<String>], separator: Separator, line_end: &str) -> String {
    let mut text = String::new();
    for record in records {
        let cells: Vec<String> = record.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text.push_str(&cells.join(separator.as_str()));
        text.push_str(line_end);
    }
    text
}

fn json(records: &[Vec<String>]) -> Vec<String> {
    let objects = records[1..].iter().map(|record| {
        let fields: Vec<String> = records[0]
            .iter()
            .zip(record)
            .map(|(name, value)| format!("{name:?}: {}", serde_json::json!(value)))
            .collect();
        format!("{{{}}}", fields.join(", "))
    });
    objects.collect()
}

fn assert_json(table: &Table, records: &[Vec<String>]) {
    assert_eq!(table.shape, Shape::Json);
    assert_eq!(table.names.as_ref().unwrap(), &records[0]);
    assert_eq!(table.records, records[1..]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_give_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = try_read(bytes);
    }

    #[test]
    fn any_bytes_with_a_known_beginning_give_a_table_or_an_error(
        head in prop::sample::select(BEGINNINGS),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let _ = try_read([head, &bytes].concat());
    }

    #[test]
    fn text_of_special_letters_gives_a_table_or_an_error(text in "[\"\\\\,;:|\t\r\n a{}\\[\\]]{0,200}") {
        let _ = try_read(text);
    }

    #[test]
    fn what_is_quoted_comes_back(
        records in table("[a-zé\"\\\\,;:| \t]{0,12}"),
        separator in prop::sample::select(&SEPARATORS[..]),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"][..]),
    ) {
        let table = read(quoted(&records, separator, line_end));
        prop_assert_eq!(table.shape, Shape::Delimited(separator));
        prop_assert_eq!(table.records, records);
    }

    #[test]
    fn line_breaks_within_quotes_come_back(records in table("[a-z,;\" \n]{0,12}")) {
        for separator in [Separator::Comma, Separator::Semicolon, Separator::Pipe] {
            let table = read(quoted(&records, separator, "\r\n"));
            prop_assert_eq!(&table.records, &records);
        }
    }

    #[test]
    fn a_table_survives_json_and_encodings(records in table("[a-zé한\"\\\\,\n ]{0,12}")) {
        let objects = json(&records);
        assert_json(&read(objects.join("\n")), &records);
        assert_json(&read(format!("[{}]", objects.join(",\n"))), &records);
        let text = quoted(&records, Separator::Comma, "\n");
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        prop_assert_eq!(read(units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>()).records, records);
    }

    #[cfg(feature = "compression")]
    #[test]
    fn a_table_survives_compression(records in table("[a-zé,\" ]{0,12}")) {
        use super::containers::{gzip, zip, zstd};
        let text = quoted(&records, Separator::Comma, "\n").into_bytes();
        prop_assert_eq!(&read(gzip(&text)).records, &records);
        prop_assert_eq!(&read(zstd(&text)).records, &records);
        prop_assert_eq!(&read(zip(&[("a.csv", &text)], zip::CompressionMethod::Deflated)).records, &records);
    }
}

/// Files of every container, which are then damaged.
#[cfg(all(feature = "compression", feature = "xlsx", feature = "parquet"))]
mod damaged {
    use proptest::prelude::*;

    use super::super::containers::{gzip, workbook, zip, zstd};
    use super::super::parquet::events;
    use super::super::try_read;

    fn whole_files() -> Vec<Vec<u8>> {
        use parquet::basic::Compression;
        let text = "user,item,rating\nu1,a,5\nu2,\"b, c\",4\n".repeat(20).into_bytes();
        let packed = zip(&[("a.csv", &text)], zip::CompressionMethod::Deflated);
        let (plain, snappy) = (events(30, Compression::UNCOMPRESSED), events(30, Compression::SNAPPY));
        vec![gzip(&text), zstd(&text), packed, workbook(), plain, snappy]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_damaged_file_gives_a_table_or_an_error(
            which in 0..6_usize,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            end in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        ) {
            let mut bytes = whole_files().swap_remove(which);
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Some(end) = end {
                bytes.truncate(end.index(bytes.len()));
            }
            let _ = try_read(bytes);
        }
    }
}
