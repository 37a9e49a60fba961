//! JSON lines, sequences and arrays.

use super::super::Shape;
use super::{error_of, read};

#[test]
fn objects_are_read_in_every_layout() {
    for text in [
        "{\"user\": \"u1\", \"item\": 7}\n\n{\"item\": \"b\", \"user\": \"u2\"}\n",
        "[{\"user\": \"u1\", \"item\": 7}, {\"item\": \"b\", \"user\": \"u2\"}]",
        "\u{feff} [\n  {\n    \"user\": \"u1\",\n    \"item\": 7\n  },\n  {\"item\": \"b\", \"user\": \"u2\"}\n]\n",
        "{\"user\": \"u1\",\n\"item\": 7}\n{\"item\": \"b\",\n\"user\": \"u2\"}",
    ] {
        let table = read(text);
        assert_eq!(table.shape, Shape::Json);
        assert_eq!(table.names.as_deref(), Some(&["user".to_owned(), "item".to_owned()][..]), "{text}");
        assert_eq!(table.records, [["u1", "7"], ["u2", "b"]], "{text}");
        assert!(table.broken.is_empty());
    }
}

#[test]
fn values_are_text_as_they_are_written() {
    let table = read(
        r#"{"a": "x\n\u00fc\"", "b": 4.50, "c": true, "d": null, "e": ["p", "q"], "f": {"g": 1}, "h": "\ud83d"}
{"b": 1e3, "new": "in the first hundred"}"#,
    );
    assert_eq!(
        table.records[0],
        ["x\nü\"", "4.50", "true", "", r#"["p", "q"]"#, r#"{"g": 1}"#, r"\ud83d", ""].map(str::to_owned)
    );
    assert_eq!(table.records[1], ["", "1e3", "", "", "", "", "", "in the first hundred"].map(str::to_owned));
}

#[test]
fn keys_that_come_late_are_left_out() {
    let lines = "{\"a\": 1}\n".repeat(150) + "{\"a\": 2, \"late\": 3}\n";
    let table = read(lines);
    assert_eq!(table.names.unwrap(), ["a"]);
    assert_eq!(table.records.last().unwrap(), &["2"]);
}

#[test]
fn a_broken_line_is_one_broken_record() {
    let table = read("{\"a\": 1}\n{\"a\": \"left open}\n{\"a\": 3}\nnot json\n{\"a\": 5}\n");
    assert_eq!(table.records, [["1"], ["3"], ["5"]]);
    assert_eq!(table.lines, [1, 3, 5]);
    assert_eq!(table.broken.iter().map(|broken| broken.line).collect::<Vec<_>>(), [2, 4]);
    assert!(table.broken[0].problem.starts_with("is not a JSON object"), "{:?}", table.broken[0]);
}

#[test]
fn an_array_that_is_cut_off_ends_with_a_broken_record() {
    let table = read("[{\"a\": 1},\n{\"a\": 2},\n{\"a\": ");
    assert_eq!(table.records, [["1"], ["2"]]);
    assert_eq!((table.broken.len(), table.broken[0].line), (1, 3));
}

#[test]
fn documents_of_another_kind_are_named() {
    let ghost = error_of(r#"{"db": [{"posts": [{"id": 1}]}], "meta": {}}"#);
    assert!(
        ghost.contains("a JSON document: it is one object with `db` (an array of 1), `meta` (an object)"),
        "{ghost}"
    );
    let numbers = error_of("[1, 2]");
    assert!(numbers.contains("it is an array of numbers; give an array of objects"), "{numbers}");
}

#[test]
fn a_lone_object_of_plain_values_is_a_record() {
    assert_eq!(read(r#"{"user": "u", "tags": ["a"]}"#).records, [["u", r#"["a"]"#]]);
}

#[test]
fn a_table_whose_first_name_is_in_brackets_is_no_json() {
    assert_eq!(read("[user],[item]\n1,2\n").records, [["[user]", "[item]"], ["1", "2"]]);
}
