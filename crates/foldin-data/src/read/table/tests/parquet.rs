//! Parquet files.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::super::Shape;
use super::{error_of, read, read_file, records};

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

fn written(schema: &str, compression: Compression, groups: &[&dyn Fn(&mut Group<'_>)]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for write in groups {
        let mut group = writer.next_row_group().unwrap();
        write(&mut group);
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn add<T: DataType>(group: &mut Group<'_>, values: &[T::T], defs: Option<&[i16]>, reps: Option<&[i16]>) {
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, defs, reps).unwrap();
    column.close().unwrap();
}

/// Two row groups of `n` events each.
pub(super) fn events(n: usize, compression: Compression) -> Vec<u8> {
    let schema = "message events {
        required binary user (STRING); required int64 item; optional double rating;
        required int64 time (TIMESTAMP(MILLIS, true)); }";
    let group = |group: &mut Group<'_>| {
        let users: Vec<ByteArray> = (0..n).map(|row| format!("u{row}").as_str().into()).collect();
        add::<ByteArrayType>(group, &users, None, None);
        add::<Int64Type>(group, &(0..n as i64).collect::<Vec<_>>(), None, None);
        let defs: Vec<i16> = (0..n).map(|row| i16::from(row % 2 == 0)).collect();
        add::<DoubleType>(group, &vec![3.5; n.div_ceil(2)], Some(&defs), None);
        add::<Int64Type>(group, &vec![1_293_854_400_000; n], None, None);
    };
    written(schema, compression, &[&group, &group])
}

#[test]
fn row_groups_follow_one_another_in_every_compression() {
    use parquet::basic::GzipLevel;
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
        #[cfg(not(target_arch = "wasm32"))]
        Compression::ZSTD(Default::default()),
    ] {
        let table = read(events(2500, compression));
        assert_eq!(table.shape, Shape::Parquet);
        assert_eq!(table.names.unwrap(), ["user", "item", "rating", "time"]);
        assert_eq!((table.records.len(), table.lines[4999]), (5000, 5000));
        assert_eq!(table.records[0], ["u0", "0", "3.5", "2011-01-01T04:00:00Z"]);
        assert_eq!(table.records[4999], ["u2499", "2499", "", "2011-01-01T04:00:00Z"]);
    }
}

#[test]
fn values_of_every_type_are_text() {
    let schema = "message values {
        required boolean truth; required int32 day (DATE); required int32 unsigned (INTEGER(32, false));
        required int64 local (TIMESTAMP(MICROS, false)); required int32 price (DECIMAL(9, 2));
        required binary amount (DECIMAL(20, 3)); required fixed_len_byte_array(16) id (UUID);
        required fixed_len_byte_array(2) half (FLOAT16); required double large; }";
    let bytes = written(
        schema,
        Compression::UNCOMPRESSED,
        &[&|group: &mut Group<'_>| {
            add::<BoolType>(group, &[true], None, None);
            add::<Int32Type>(group, &[15_000], None, None);
            add::<Int32Type>(group, &[-1], None, None);
            add::<Int64Type>(group, &[1_293_854_400_250_000], None, None);
            add::<Int32Type>(group, &[-1990], None, None);
            add::<ByteArrayType>(group, &[vec![0xff, 0xfe].into()], None, None);
            let uuid: FixedLenByteArray = ByteArray::from((0..16).collect::<Vec<u8>>()).into();
            add::<FixedLenByteArrayType>(group, &[uuid], None, None);
            let half: FixedLenByteArray = ByteArray::from(vec![0x00, 0xc1]).into();
            add::<FixedLenByteArrayType>(group, &[half], None, None);
            add::<DoubleType>(group, &[9_780_439_023_480.0], None, None);
        }],
    );
    assert_eq!(
        records(bytes),
        [[
            "true",
            "2011-01-26",
            "4294967295",
            "2011-01-01T04:00:00.250",
            "-19.9",
            "-0.002",
            "00010203-0405-0607-0809-0a0b0c0d0e0f",
            "-2.5",
            "9780439023480",
        ]]
    );
}

#[test]
fn lists_are_json_and_groups_have_dotted_names() {
    let schema = "message items {
        required int32 id;
        optional group genres (LIST) { repeated group list { optional binary element (STRING); } }
        optional group price { optional double low; optional double high; } }";
    let bytes = written(
        schema,
        Compression::UNCOMPRESSED,
        &[&|group: &mut Group<'_>| {
            add::<Int32Type>(group, &[1, 2, 3, 4], None, None);
            let genres: Vec<ByteArray> = ["Food, hot", "say \"hi\"", "c"].map(ByteArray::from).to_vec();
            // Two genres; no list; an empty list; a genre that is null and one that is not.
            add::<ByteArrayType>(group, &genres, Some(&[3, 3, 0, 1, 2, 3]), Some(&[0, 1, 0, 0, 0, 1]));
            add::<DoubleType>(group, &[1.0], Some(&[2, 1, 0, 0]), None);
            add::<DoubleType>(group, &[2.5], Some(&[1, 2, 0, 0]), None);
        }],
    );
    let table = read(bytes);
    assert_eq!(table.names.unwrap(), ["id", "genres", "price.low", "price.high"]);
    assert_eq!(
        table.records,
        [
            ["1", r#"["Food, hot", "say \"hi\""]"#, "1", ""],
            ["2", "", "", "2.5"],
            ["3", "", "", ""],
            ["4", r#"[null, "c"]"#, "", ""]
        ]
    );
}

#[test]
fn a_file_without_rows_has_names_only() {
    let table = read(written("message none { required int32 id; }", Compression::UNCOMPRESSED, &[]));
    assert_eq!((table.names.unwrap(), table.records.len()), (vec!["id".to_owned()], 0));
}

#[test]
fn what_is_no_parquet_file_or_a_part_of_one_is_an_error() {
    let whole = events(100, Compression::SNAPPY);
    let mut fake = vec![7; 108];
    fake[..4].copy_from_slice(b"PAR1");
    for bytes in [fake, b"PAR1".to_vec(), whole[..whole.len() / 2].to_vec()] {
        let error = error_of(bytes);
        assert!(error.starts_with("cannot read `data` as a Parquet file: "), "{error}");
    }
}

#[cfg(feature = "fs")]
#[test]
fn a_file_of_a_folder_is_not_taken_into_memory() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("part-0.csv"), events(50, Compression::SNAPPY)).unwrap();
    let files = crate::files::Folder::new(folder.path());
    let file = crate::files::DataFile::new(&files, "part-0.csv");
    assert!(file.local_path().is_some());
    assert_eq!(read_file(&file).unwrap().records.len(), 100);
}
