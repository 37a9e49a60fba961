//! Separated values.

use super::super::{Separator, Shape, TableReader};
use super::{read, records};
use crate::files::{DataFile, InMemory};

#[test]
fn each_separator_is_found() {
    for (separator, shape) in [
        (",", Separator::Comma),
        (";", Separator::Semicolon),
        ("\t", Separator::Tab),
        ("|", Separator::Pipe),
        ("::", Separator::DoubleColon),
    ] {
        let table = read(format!("user{separator}item\n u {separator}7\" single\n"));
        assert_eq!(table.shape, Shape::Delimited(shape));
        assert_eq!(table.records, [["user", "item"], ["u", "7\" single"]], "{separator:?}");
    }
}

#[test]
fn line_ends_are_told_apart_and_blank_lines_are_counted() {
    for (text, lines) in
        [("a,b\n\n1,2\n  \n3,4", [1, 3, 5]), ("a,b\r\n\r\n1,2\r\n3,4\r\n", [1, 3, 4]), ("a,b\r1,2\r\r3,4\r", [1, 2, 4])]
    {
        let table = read(text);
        assert_eq!(table.records, [["a", "b"], ["1", "2"], ["3", "4"]], "{text:?}");
        assert_eq!(table.lines, lines, "{text:?}");
    }
    assert_eq!(read("a,b\n\n1,2\n \n").notes.n_blank_lines, 2);
    assert_eq!(records("\t\t\na\tb\t\n"), [["", "", ""], ["a", "b", ""]]);
}

#[test]
fn a_separator_line_decides() {
    let table = read("sep=;\r\na,b;c\r\n1,2;3\r\n");
    assert_eq!(table.records, [["a,b", "c"], ["1,2", "3"]]);
    assert_eq!(table.lines, [2, 3]);
    assert!(table.notes.has_separator_line);
    assert_eq!(records("SEP=,,,\na;b,c,d,e\n"), [["a;b", "c", "d", "e"]]);
    assert_eq!(records("separator,x\n1,2\n").len(), 2);
}

#[test]
fn quotes_hold_separators_line_breaks_and_quotes() {
    let table = read("id,text\n1,\"a, b\r\nsays \"\"hi\"\"\"\n2,x\n");
    assert_eq!(table.records, [["id", "text"], ["1", "a, b\r\nsays \"hi\""], ["2", "x"]]);
    assert_eq!(table.lines, [1, 2, 4]);
    assert_eq!(records("a,b\n \"x\" ,\"\"\n"), [["a", "b"], ["x", ""]]);
    assert_eq!(records("a,b\n\"x\" y\"z,2\n"), [["a", "b"], ["x y\"z", "2"]]);
}

#[test]
fn a_backslash_escapes_a_quote_where_the_value_goes_on() {
    assert_eq!(records(r#"a;b;"c \"d\" e";f"#), [["a", "b", r#"c "d" e"#, "f"]]);
    assert_eq!(records(r#"a;b;"c \"d\"";f"#), [["a", "b", r#"c "d""#, "f"]]);
    assert_eq!(records(r#"a,b,"C:\",d"#), [["a", "b", r"C:\", "d"]]);
    assert_eq!(records(r#"a,b,"C:\""x",d"#), [["a", "b", r#"C:\"x"#, "d"]]);
}

#[test]
fn quotes_of_tab_files_are_letters_unless_they_enclose_a_value() {
    assert_eq!(
        records("id\ttitle\n1\t\"Heat\"\n2\t\"Crocodile\" Dundee\n3\t\"open\n4\t\"a\tb\"\n"),
        [["id", "title"], ["1", "Heat"], ["2", "\"Crocodile\" Dundee"], ["3", "\"open"], ["4", "a\tb"]]
    );
}

#[test]
fn a_quote_left_open_is_one_broken_record() {
    let open = read("id,text\n1,\"left open\n2,x\n3,y\n");
    assert_eq!(open.records, [["id", "text"]]);
    let broken = &open.broken[0];
    assert_eq!((open.broken.len(), broken.line, broken.column, broken.value.as_str()), (1, 2, 1, "1,\"left open"));

    let n_lines = 20_000;
    let text = "id,text\n1,\"left open\n".to_owned() + &"123,456\n".repeat(n_lines);
    let bounded = read(text);
    assert_eq!(bounded.broken.len(), 1);
    // What lies within 64 kB of the quote belongs to the broken record, to the end of the line.
    let n_left_out = n_lines + 1 - bounded.records.len();
    assert_eq!(n_left_out, (65_536 - "left open\n".len()) / 8 + 1);
    assert_eq!(bounded.lines.last(), Some(&(n_lines + 2)));
}

#[test]
fn a_very_long_line_is_one_broken_record() {
    let mut text = "a,b\n".to_owned() + &"x".repeat(40 << 20);
    text.push_str("\n1,2\n");
    let table = read(text);
    assert_eq!(table.records, [["a", "b"], ["1", "2"]]);
    assert_eq!((table.broken.len(), table.broken[0].line, table.lines[1]), (1, 2, 3));
}

#[test]
fn records_longer_than_a_block_are_read() {
    let long = "y".repeat(700_000);
    assert_eq!(records(format!("a,b\n1,{long}\n2,z\n")), [["a", "b"], ["1", long.as_str()], ["2", "z"]]);
}

#[test]
fn records_that_were_peeked_come_again_in_order() {
    let files = InMemory::new("memory", [("data", "a,b\n1,2\n3,\"4\n")]);
    let mut reader = TableReader::open(&DataFile::new(&files, "data")).unwrap();
    let peeked = reader.peek(10).unwrap();
    assert_eq!(peeked.len(), 2);
    assert_eq!(peeked[1].as_record().get(1), "2");
    let mut next = || reader.next().unwrap().map(|record| record.map(|record| record.get(0).to_owned()).ok());
    assert_eq!([next(), next()], [Some(Some("a".into())), Some(Some("1".into()))]);
    assert_eq!([next(), next()], [Some(None), None]);
    assert!(reader.peek(1).unwrap().is_empty());
}

#[test]
fn cells_that_are_absent_are_empty() {
    let files = InMemory::new("memory", [("data", "a,b\n")]);
    let mut reader = TableReader::open(&DataFile::new(&files, "data")).unwrap();
    let record = reader.next().unwrap().unwrap().unwrap();
    assert_eq!((record.len(), record.get(1), record.get(2)), (2, "b", ""));
}

#[test]
fn an_empty_file_has_no_records() {
    for empty in ["", "\n \n", "\u{feff}"] {
        assert!(records(empty).is_empty(), "{empty:?}");
    }
}
