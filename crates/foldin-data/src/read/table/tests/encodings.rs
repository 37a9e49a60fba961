//! Encodings of text.

use encoding_rs::WINDOWS_1251;

use super::{read, records};

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(records("\u{feff}user,item\n"), [["user", "item"]]);
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    let text = "user,item\r\nü,한국 🎬\r\n";
    for bom in ["\u{feff}", ""] {
        let text = bom.to_owned() + text;
        for (bytes, name) in
            [(utf16(&text, u16::to_le_bytes), "UTF-16LE"), (utf16(&text, u16::to_be_bytes), "UTF-16BE")]
        {
            let table = read(bytes);
            assert_eq!(table.records, [["user", "item"], ["ü", "한국 🎬"]]);
            assert_eq!(table.notes.encoding, Some(name));
        }
    }
}

#[test]
fn long_utf_16_is_read_whole() {
    let text = "\u{feff}".to_owned() + &"user,ключ\n".repeat(100_000);
    let table = read(utf16(&text, u16::to_le_bytes));
    assert_eq!(table.records.len(), 100_000);
    assert!(table.records.iter().all(|record| record[..] == ["user", "ключ"]));
}

#[test]
fn lines_that_are_not_utf_8_are_windows_1252() {
    let table = read(b"a,caf\xc3\xa9\nb,caf\xe9 \x93x\x94\n");
    assert_eq!(table.records, [["a", "café"], ["b", "café “x”"]]);
    assert_eq!(table.notes.encoding, Some("windows-1252"));
    assert_eq!(read("a,café\n").notes.encoding, None);
}

#[test]
fn cyrillic_is_windows_1251() {
    let text = "id,title\n1,Молоток плотницкий\n2,Деревянная ложка\n3,Утренний суп\n";
    let table = read(WINDOWS_1251.encode(text).0.into_owned());
    assert_eq!(table.records[1][1], "Молоток плотницкий");
    assert_eq!(table.notes.encoding, Some("windows-1251"));
}
