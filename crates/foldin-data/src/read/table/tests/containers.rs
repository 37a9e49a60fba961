//! Containers.

use super::error_of;

#[test]
fn containers_that_are_not_read_are_named() {
    for (bytes, name) in [
        (&b"\xfd7zXZ\0\0"[..], "an xz file"),
        (b"BZh91AY&SY", "a bzip2 file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of before 2007 (.xls)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"%PDF-1.4", "a PDF document"),
    ] {
        let error = error_of(bytes);
        assert!(error.starts_with(&format!("cannot read `data` as {name}: ")), "{error}");
    }
}

#[cfg(feature = "compression")]
mod compression {
    use std::io::{Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::super::super::with_unpacked_folders;
    use super::super::{error_of, read, records};
    use crate::files::{Files, InMemory};

    const TABLE: &str = "user,item\nu1,a\n";

    pub(in super::super) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    pub(in super::super) fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    pub(in super::super) fn zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn gzip_and_zstd_may_have_several_parts() {
        let parts = [TABLE.as_bytes(), b"u2,b\n"];
        for pack in [gzip, zstd] {
            let table = read(parts.map(pack).concat());
            assert_eq!(table.records, [["user", "item"], ["u1", "a"], ["u2", "b"]]);
        }
        let skipped = [&b"\x52\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd(TABLE.as_bytes())].concat();
        assert_eq!(records(skipped).len(), 2);
    }

    #[test]
    fn containers_are_noted_from_outside_in() {
        let table = read(gzip(&zstd(TABLE.as_bytes())));
        assert_eq!(table.notes.containers, ["a gzip file", "a zstd file"]);
        assert_eq!(table.records.len(), 2);
    }

    #[test]
    fn the_one_table_of_an_archive_is_read() {
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            let members: [(&str, &[u8]); 4] = [
                ("README.txt", b"about"),
                ("__MACOSX/._events.csv", b"\0"),
                ("data/.DS_Store", b"\0"),
                ("data/events.csv", TABLE.as_bytes()),
            ];
            let table = read(zip(&members, method));
            assert_eq!(table.name, "data/data/events.csv");
            assert_eq!(table.notes.containers, ["a zip archive"]);
            assert_eq!(table.records, [["user", "item"], ["u1", "a"]]);
        }
    }

    #[test]
    fn several_tables_of_an_archive_are_listed() {
        let error = error_of(zip(&[("a.csv", b"x"), ("b.csv", b"y")], CompressionMethod::Stored));
        assert!(error.contains("it holds 2 files (a.csv, b.csv); unpack it and give one file"), "{error}");
    }

    #[test]
    fn an_archive_of_several_files_is_a_folder_and_others_stay() {
        let table = TABLE.as_bytes();
        let folder =
            [("a/events.csv", table), ("a/README.md", b"# About"), ("a/.DS_Store", b"x"), ("b/events.csv", table)];
        let folder = zip(&folder, CompressionMethod::Deflated);
        let one = zip(&[("events.csv", table)], CompressionMethod::Stored);
        let of = |files: Vec<(&str, Vec<u8>)>| with_unpacked_folders(InMemory::new("films", files));
        let files =
            of(vec![("films.zip", folder.clone()), ("one.zip", one), ("items.csv", b"id,title\n".to_vec())]).unwrap();
        let names: Vec<&str> = files.file_names().collect();
        assert_eq!(names, ["README.md", "b/events.csv", "events.csv", "items.csv", "one.zip"]);
        let mut events = String::new();
        files.open("events.csv").unwrap().read_to_string(&mut events).unwrap();
        assert_eq!(events, TABLE);
        let error = of(vec![("films.zip", folder[..folder.len() / 2].to_vec())]).unwrap_err().to_string();
        assert!(error.starts_with("cannot read `films.zip` as a zip archive: "), "{error}");
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let text = TABLE.repeat(5000);
        let files = [
            gzip(text.as_bytes()),
            zstd(text.as_bytes()),
            zip(&[("a.csv", text.as_bytes())], CompressionMethod::Deflated),
        ];
        for (bytes, kind) in files.iter().zip(["a gzip file", "a zstd file", "a zip archive"]) {
            let error = error_of(&bytes[..bytes.len() - bytes.len() / 3]);
            assert!(error.starts_with(&format!("cannot read `data` as {kind}: ")), "{error}");
        }
    }

    #[test]
    fn a_member_that_was_changed_is_an_error() {
        let mut bytes = zip(&[("a.csv", TABLE.as_bytes())], CompressionMethod::Stored);
        let place = bytes.windows(2).position(|two| two == b"u1").unwrap();
        bytes[place] = b'v';
        assert!(error_of(bytes).contains("checksum"));
    }
}
#[cfg(feature = "compression")]
pub(super) use self::compression::{gzip, zip, zstd};

#[cfg(feature = "xlsx")]
mod xlsx {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    use super::super::super::Shape;
    use super::super::read;

    /// A sheet with a header, an empty row and two rows of values, and a second sheet.
    pub(in super::super) fn workbook() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let sheet = workbook.add_worksheet();
        for (column, name) in ["user", "item", "rating", "time", "seen"].into_iter().enumerate() {
            sheet.write(0, column as u16, name).unwrap();
        }
        sheet.write(2, 0, "ü, \"x\"").unwrap();
        sheet.write(2, 1, 12_583.0).unwrap();
        sheet.write(2, 2, 3.5).unwrap();
        let time = ExcelDateTime::from_ymd(2011, 1, 1).unwrap().and_hms(4, 0, 0).unwrap();
        sheet.write_with_format(2, 3, &time, &date).unwrap();
        sheet.write(2, 4, true).unwrap();
        sheet.write(3, 2, 4.0).unwrap();
        workbook.add_worksheet().write(0, 0, "second").unwrap();
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn the_first_sheet_of_a_workbook_is_read() {
        let table = read(workbook());
        assert_eq!((table.shape, table.notes.containers), (Shape::Workbook, vec!["an Excel workbook"]));
        assert_eq!(table.records[0], ["user", "item", "rating", "time", "seen"]);
        assert_eq!(table.records[1], ["ü, \"x\"", "12583", "3.5", "2011-01-01T04:00:00", "true"]);
        assert_eq!(table.records[2], ["", "", "4"]);
        assert_eq!(table.lines, [1, 3, 4]);
    }
}
#[cfg(feature = "xlsx")]
pub(super) use self::xlsx::workbook;
