//! Exchange folders that are written by hand.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type, Int64Type};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use tempfile::TempDir;

use super::*;

const FOLDER: &str = r#"{
  "format": 1, "program": "by hand", "data": "films", "threshold": 4.0, "minSupport": 3,
  "users": 600, "likes": 12000, "likesPerUser": 500, "usersWithMore": 2,
  "sample": {"users": 2, "share": 0.01, "hash": "xxhash64", "seed": 42},
  "als": {"alpha": 2.0, "regParam": 0.1, "rank": 2, "maxIter": 15, "seed": 42},
  "neighbours": {"user-exponent": 0.6, "count-exponent": 0.85, "item-exponent": 1.0, "shrinkage": 20.0,
                 "rare-shrinkage": 30.0, "per-item": 50},
  "next": null
}"#;

enum Cells<'a> {
    Text(&'a [&'a str]),
    Doubles(&'a [f64]),
    Floats(&'a [f32]),
    Longs(&'a [i64]),
    Ints(&'a [i32]),
    /// Lists of two.
    Pairs(&'a [f32]),
}

fn add<T: DataType>(group: &mut SerializedRowGroupWriter<'_, fs::File>, values: &[T::T], lists: bool) {
    let defs = lists.then(|| vec![1; values.len()]);
    let reps = lists.then(|| (0..values.len()).map(|n| (n % 2) as i16).collect::<Vec<i16>>());
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, defs.as_deref(), reps.as_deref()).unwrap();
    column.close().unwrap();
}

fn write(path: &Path, columns: &[(&str, Cells<'_>)]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let field = |(name, cells): &(&str, Cells<'_>)| match cells {
        Cells::Text(_) => format!("required binary {name} (STRING);"),
        Cells::Doubles(_) => format!("required double {name};"),
        Cells::Floats(_) => format!("required float {name};"),
        Cells::Longs(_) => format!("required int64 {name};"),
        Cells::Ints(_) => format!("required int32 {name};"),
        Cells::Pairs(_) => {
            format!("required group {name} (LIST) {{ repeated group list {{ required float element; }} }}")
        }
    };
    let schema = format!("message rows {{ {} }}", columns.iter().map(field).collect::<String>());
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut writer = SerializedFileWriter::new(fs::File::create(path).unwrap(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, cells) in columns {
        match cells {
            Cells::Text(texts) => {
                add::<ByteArrayType>(
                    &mut group,
                    &texts.iter().map(|&text| text.into()).collect::<Vec<ByteArray>>(),
                    false,
                );
            }
            Cells::Doubles(values) => add::<DoubleType>(&mut group, values, false),
            Cells::Floats(values) => add::<FloatType>(&mut group, values, false),
            Cells::Longs(values) => add::<Int64Type>(&mut group, values, false),
            Cells::Ints(values) => add::<Int32Type>(&mut group, values, false),
            Cells::Pairs(values) => add::<FloatType>(&mut group, values, true),
        }
    }
    group.close().unwrap();
    writer.close().unwrap();
}

/// A whole folder: three films, one of which nobody likes, and two people.
fn whole() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("foldin.json"), FOLDER).unwrap();
    write(
        &path("items.parquet"),
        &[
            ("id", Cells::Text(&["007", "b", "c"])),
            ("likes", Cells::Ints(&[120, 60, 0])),
            ("title", Cells::Text(&["Alien (1979)", "Heat", "Amélie"])),
        ],
    );
    write(
        &path("factors.parquet/part-0.parquet"),
        &[("id", Cells::Text(&["b", "007"])), ("vector", Cells::Pairs(&[0.5, -1.5, 0.25, 0.1]))],
    );
    lists(&path("neighbours.parquet/part-0.parquet"), &["007"], &["b"], &[0.125]);
    lists(&path("neighbours.parquet/part-1.parquet"), &["b"], &["007"], &[0.5]);
    for ignored in ["_SUCCESS", ".part-0.parquet.crc"] {
        fs::write(path("neighbours.parquet").join(ignored), "no table").unwrap();
    }
    write(
        &path("sample.parquet/part-0.parquet"),
        &[
            ("user", Cells::Text(&["u", "u", "v"])),
            ("item", Cells::Text(&["007", "c", "d"])),
            ("rating", Cells::Doubles(&[5.0, 2.0, 4.5])),
            ("time", Cells::Longs(&[100, 0, 300])),
        ],
    );
    folder
}

fn lists(path: &Path, items: &[&str], others: &[&str], weights: &[f32]) {
    let people = vec![4_i64; items.len()];
    write(
        path,
        &[
            ("item", Cells::Text(items)),
            ("other", Cells::Text(others)),
            ("weight", Cells::Floats(weights)),
            ("people", Cells::Longs(&people)),
        ],
    );
}

fn error(folder: &TempDir) -> String {
    let path = folder.path().display().to_string();
    read_exchange(folder.path()).unwrap_err().to_string().replace(&path, "FOLDER")
}

#[test]
fn a_folder_gives_a_sample_and_what_was_learned_by_the_numbers_of_its_items() {
    let Exchange { dataset, about, report } = read_exchange(whole().path()).unwrap();
    assert_eq!((dataset.name.as_str(), dataset.items.len(), dataset.events.len()), ("films", 4, 3));
    assert_eq!(dataset.events.times, [100, 0, 300]);
    assert_eq!((about.users_with_more, about.threshold), (2, Some(4.0)));
    assert!(report.ignored_columns.is_empty(), "{:?}", report.ignored_columns);
    let given = dataset.given.as_deref().unwrap();
    let number = |id: &str| dataset.items.get_index_of(id).unwrap();
    let (alien, heat) = (number("007"), number("b"));
    let likes = given.likes.as_ref().unwrap();
    assert_eq!([likes[alien], likes[heat], likes[number("c")], likes[number("d")]], [120, 60, 0, 0]);
    let factors = given.factors.as_ref().unwrap();
    assert_eq!(factors.values[2 * alien..][..2], [0.25, 0.1]);
    assert_eq!(factors.values[2 * heat..][..2], [0.5, -1.5]);
    assert_eq!(factors.loss.unwrap().alpha0, 0.5);
    let entry = GivenEntry { item: heat as u32, weight: 0.125, people: 4 };
    assert_eq!(given.neighbours.as_ref().unwrap()[alien], [entry]);
    assert_eq!((given.sequence.as_ref(), given.n_users, given.n_likes), (None, 600, 12_000));
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    assert!(error(&folder).contains("there is no foldin.json in it; give the folder that foldin-spark wrote"));
    let folder = whole();
    fs::remove_dir_all(folder.path().join("factors.parquet")).unwrap();
    assert_eq!(
        error(&folder),
        "`factors.parquet` in `FOLDER` is missing; run foldin-spark again, and copy the whole folder"
    );
    let folder = whole();
    fs::write(folder.path().join("foldin.json"), FOLDER.replace("\"format\": 1", "\"format\": 2")).unwrap();
    assert!(error(&folder).contains("format 2 is not known, only 1 is"));
    fs::write(folder.path().join("foldin.json"), FOLDER.replace("\"users\": 600,", "")).unwrap();
    assert!(error(&folder).contains("missing field `users`"));
    let folder = whole();
    fs::remove_file(folder.path().join("items.parquet")).unwrap();
    for part in ["items.parquet/part-0.parquet", "items.parquet/part-1.parquet"] {
        write(&folder.path().join(part), &[("id", Cells::Text(&["a"])), ("likes", Cells::Ints(&[3]))]);
    }
    assert_eq!(error(&folder), "`items.parquet` in `FOLDER` has 2 files, and one is read; write it with coalesce(1)");
}

#[test]
fn what_is_wrong_is_named_with_file_row_column_and_value() {
    let folder = whole();
    let neighbours = folder.path().join("neighbours.parquet/part-1.parquet");
    lists(&neighbours, &["b", "b"], &["007", "x"], &[0.5, 0.5]);
    assert_eq!(
        error(&folder),
        "neighbours.parquet/part-1.parquet, row 2: column `other`: \"x\" is not among the ids of items.parquet; write all \
         tables in one run"
    );
    lists(&neighbours, &["b"], &["007"], &[f32::NAN]);
    assert!(error(&folder).contains("row 1: column `weight`: \"NaN\" is not a finite weight of 0 or more"));
    lists(&neighbours, &["b"], &["b"], &[1.0]);
    assert!(error(&folder).contains("column `other`: \"b\" is the item itself"));
    write(&neighbours, &[("item", Cells::Text(&["b"])), ("to", Cells::Text(&["007"]))]);
    assert!(error(&folder).contains("has no column `other`; its columns are item, to"));
    let folder = whole();
    fs::write(folder.path().join("foldin.json"), FOLDER.replace("\"rank\": 2", "\"rank\": 3")).unwrap();
    assert!(error(&folder).contains("column `vector`: \"[0.5, -1.5]\" has 2 numbers, and `rank` in foldin.json is 3"));
    let folder = whole();
    fs::write(folder.path().join("neighbours.parquet/part-0.parquet"), "no table").unwrap();
    assert!(error(&folder).contains("part-0.parquet"));
}
