//! Files that other programs wrote (tests/cli/vectors/write.py), and such as nobody should write.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

fn written() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/vectors")
}

fn with_ids(name: &str, ids: &str) -> Result<Vectors, VectorsError> {
    let ids = (!ids.is_empty()).then(|| written().join(ids));
    read_vectors(&written().join(name), &VectorOptions { ids, array: None })
}

/// The error of a file of these bytes, without the folder that it lies in.
fn error(name: &str, bytes: impl AsRef<[u8]>, ids: Option<&str>) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let of_ids = ids.map(|text| {
        let path = folder.path().join("ids.txt");
        fs::write(&path, text).unwrap();
        path
    });
    let error = read_vectors(&path, &VectorOptions { ids: of_ids, array: None }).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

/// An array of `f4` as NumPy writes it.
fn npy(shape: &str, values: &[f32]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.into_bytes());
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    bytes
}

#[test]
fn all_files_of_the_same_vectors_give_the_same_vectors() {
    let als = with_ids("als.npz", "ids.txt").unwrap();
    assert_eq!((als.ids.len(), als.rank, als.values.len()), (24, 6, 144));
    assert_eq!(als.ids[23], "f23");
    let loss = als.loss.unwrap();
    assert!((loss.regularization - 0.05).abs() < 1e-6 && loss.alpha == 20.0);
    let names = [
        ("double-by-column.npy", "ids.npy"),
        ("half-with-ids.npz", ""),
        ("half.safetensors", "ids.json"),
        ("half.safetensors", "items.csv"),
        ("word2vec.txt", ""),
        ("lists.parquet", ""),
    ];
    for (name, ids) in names {
        let found = with_ids(name, ids).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((&found.ids, found.rank, found.loss), (&als.ids, 6, None), "{name}");
        let apart = found.values.iter().zip(&als.values).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        let (is_half, most) =
            (name.starts_with("half"), als.values.iter().fold(0.0_f32, |most, value| most.max(value.abs())));
        assert!(apart <= if is_half { most / 2048.0 } else { 1e-8 }, "{name}: {apart}");
    }
}

#[test]
fn tables_have_a_list_or_a_column_each_number() {
    let folder = TempDir::new().unwrap();
    let read_as = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let vectors = read_vectors(&path, &VectorOptions::default()).unwrap();
        assert_eq!(vectors.ids, ["a b", "c"], "{name}");
        assert_eq!((vectors.rank, vectors.values), (2, vec![0.5, -1.0, 0.25, 3e-2]), "{name}");
    };
    read_as("lists.csv", "item_id,embedding\na b,\"[0.5, -1]\"\nc,\"[0.25,0.03]\"\n");
    read_as("columns.csv", "v0,id,v1\n0.5,a b,-1\n.25,c,3e-2\n");
    read_as("lists.jsonl", "{\"id\": \"a b\", \"vector\": [0.5, -1.0]}\n{\"id\": \"c\", \"vector\": [0.25, 0.03]}\n");
    read_as("word2vec.vec", "2 2\na b 0.5 -1\nc 0.25 0.03\n");
    read_as("glove.txt", "a b\t0.5\t-1\r\nc\t0.25\t0.03\r\n");
    let parts = folder.path().join("parts");
    fs::create_dir(&parts).unwrap();
    fs::copy(written().join("lists.parquet"), parts.join("part-0.parquet")).unwrap();
    fs::write(parts.join("_SUCCESS"), "").unwrap();
    assert_eq!(read_vectors(&parts, &VectorOptions::default()).unwrap().ids.len(), 24);
}

#[test]
fn pickles_are_never_opened_and_three_lines_of_python_say_what_to_do() {
    for name in ["model.pkl", "objects.npy"] {
        let error = with_ids(name, "ids.txt").unwrap_err();
        assert!(matches!(error, VectorsError::Pickle { .. }));
        let text = error.to_string();
        assert_eq!(text.lines().filter(|line| line.starts_with("    ")).count(), 3, "{text}");
        assert!(text.contains(name) && text.ends_with("Then: foldin import items.npz --array vectors"), "{text}");
    }
    assert!(with_ids("double-by-column.npy", "objects.npy").unwrap_err().to_string().contains("ids = pickle.load"));
    assert!(error("model.pt", "PK\x03\x04", None).contains("torch.load(\"model.pt\")"));
    assert!(error("w2v.model", "\x00", None).contains("Word2Vec.load(\"w2v.model\")"));
    assert!(error("renamed.npy", b"\x80\x04\x95abc", None).contains("is a pickle of Python"));
}

#[test]
fn what_is_wrong_is_said_with_the_place() {
    let two = npy("(2, 2)", &[1.0, 2.0, 3.0, 4.0]);
    assert!(error("a.npy", &two, None).contains("`a.npy` has 2 rows and no ids; name a file of their ids"));
    assert_eq!(
        error("a.npy", &two, Some("x\ny\nz\n")),
        "`ids.txt` has 3 ids, and there are 2 rows of vectors; each row needs one id, in the same order"
    );
    assert!(error("a.npy", &two, Some("x\nx\n")).contains("rows 1 and 2 have the same id \"x\""));
    assert!(error("a.npy", &two, Some("x\n\n")).contains("the id of row 2 is empty"));
    let infinite = npy("(2, 2)", &[1.0, 2.0, f32::NAN, 4.0]);
    assert!(error("a.npy", infinite, Some("x\ny\n")).contains("row 2 (id \"y\"), number 1: NaN is not finite"));
    assert!(
        error("a.npy", npy("(4,)", &[1.0; 4]), Some("x"))
            .contains("has the shape [4], where rows and columns are expected")
    );
    assert!(error("a.npy", &two[..two.len() - 1], Some("x\ny")).contains("is damaged"));
    assert!(error("a.npy", npy("(99999999999, 99999999999)", &[]), Some("x")).contains("damaged"));
    assert_eq!(
        error("v.txt", "2 3\na 1 2 3\nb 1 2\n", None),
        "`v.txt`, line 3: has fewer than 3 numbers behind the id"
    );
    assert_eq!(error("v.txt", "1 2\na 1 x\n", None), "`v.txt`, line 2: \"x\" is not a number");
    assert!(
        error("v.csv", "id,title\na,Alien\n", None).contains("has no column of lists of numbers, such as `vector`")
    );
    assert!(error("v.csv", "name,vector\na,[1]\n", None).contains("has no column of ids, such as `id`"));
    assert_eq!(
        error("v.csv", "id,vector\na,\"[1, 2]\"\nb,[1]\n", None),
        "`v.csv`, line 3: has 1 numbers, and the rows before it 2"
    );
    assert!(error("v.csv", "id,vector\na,none\n", None).contains("line 2: \"none\" is not a list of numbers"));
    assert!(error("v.safetensors", b"\x10\x00\x00\x00\x00\x00\x00\x00{\"a\": 1}        ", None).contains("is damaged"));
    assert!(error("v.h5", b"\x89HDF\r\n\x1a\n", None).contains("is an HDF5 file, which is not read"));
    let empty = TempDir::new().unwrap();
    let nothing = read_vectors(empty.path(), &VectorOptions::default()).unwrap_err();
    assert!(nothing.to_string().contains("give the folder that foldin-spark wrote"));
    let missing = read_vectors(Path::new("nowhere.npz"), &VectorOptions::default()).unwrap_err();
    assert!(missing.to_string().contains("cannot read `nowhere.npz`"));
}

#[test]
fn an_array_is_named_where_there_are_several() {
    let path = written().join("als.npz");
    let named = |array: &str| read_vectors(&path, &VectorOptions { ids: None, array: Some(array.to_owned()) });
    assert!(named("nix").unwrap_err().to_string().contains("has no array `nix`; there are `alpha` []"));
    // Rows of users, which have no ids here.
    assert!(named("user_factors").unwrap_err().to_string().contains("has 90 rows and no ids"));
}
