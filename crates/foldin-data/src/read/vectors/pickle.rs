//! Files that only Python can open, since opening them runs what is in them; and what to do instead.

use std::path::Path;

use super::VectorsError;

/// Endings of files that are pickles, or archives of them.
const ENDINGS: [&str; 10] = ["pkl", "pickle", "p", "joblib", "pt", "pth", "ckpt", "model", "kv", "dill"];

/// Whether a file is a pickle by its first bytes, or by its name.
pub(super) fn is_one(path: &Path, head: &[u8]) -> bool {
    matches!(head, [0x80, 2..=5, ..]) || ENDINGS.contains(&ending(path).as_str())
}

/// The error of a file of vectors that is a pickle, or holds one.
pub(super) fn refused(path: &Path) -> VectorsError {
    VectorsError::Pickle { path: path.to_owned(), instead: instead(path) }
}

/// The error of such a file of ids.
pub(super) fn refused_ids(path: &Path) -> VectorsError {
    VectorsError::Pickle { path: path.to_owned(), instead: instead_of_ids(path) }
}

/// How to write the vectors so that they can be read here: three lines of Python, and the command.
fn instead(path: &Path) -> String {
    let name = name(path);
    let (lines, then) = match ending(path).as_str() {
        "pt" | "pth" | "ckpt" => (
            [
                "import torch, safetensors.torch".to_owned(),
                format!("model = torch.load(\"{name}\")  # a state dict: names of weights, and the weights"),
                "safetensors.torch.save_file({\"items\": model[\"item_embedding.weight\"].contiguous()}, \
                 \"items.safetensors\")"
                    .to_owned(),
            ],
            "foldin import items.safetensors --ids ids.txt",
        ),
        "model" | "kv" => (
            [
                "from gensim.models import KeyedVectors, Word2Vec".to_owned(),
                format!("vectors = Word2Vec.load(\"{name}\").wv  # or KeyedVectors.load"),
                "vectors.save_word2vec_format(\"items.txt\")".to_owned(),
            ],
            "foldin import items.txt",
        ),
        _ => (
            [
                "import numpy, pickle".to_owned(),
                format!(
                    "model = pickle.load(open(\"{name}\", \"rb\"))  # or joblib.load, or numpy.load(allow_pickle=True)"
                ),
                "numpy.savez(\"items.npz\", vectors=model.item_factors, ids=numpy.array(ids, dtype=str))".to_owned(),
            ],
            "foldin import items.npz --array vectors",
        ),
    };
    example(&lines, then)
}

/// As [`instead`], of a file of ids.
fn instead_of_ids(path: &Path) -> String {
    let lines = [
        "import pickle".to_owned(),
        format!("ids = pickle.load(open(\"{}\", \"rb\"))  # in the order of the rows", name(path)),
        "open(\"ids.txt\", \"w\").write(\"\\n\".join(map(str, ids)))".to_owned(),
    ];
    example(&lines, "foldin import ... --ids ids.txt")
}

fn example(lines: &[String; 3], then: &str) -> String {
    format!("    {}\nThen: {then}", lines.join("\n    "))
}

/// The name of a file, as it may stand between quotation marks.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().replace(['"', '\\', '\n'], "_")
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}
