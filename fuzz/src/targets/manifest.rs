//! The manifest of a model folder.

use foldin_store::Manifest;
use rand_chacha::ChaCha8Rng;

use super::{Outcome, Target, damaged};

pub(crate) const TARGET: Target = Target { name: "manifest", seeds, is_seed: |_| true, damage, check };

const WORDS: [&[u8]; 10] =
    [b"null", b"-1", b"1e999", b"\"../../etc\"", b"\"\\u0000\"", b"{}", b"[]", b"9999999999999999999", b"\"/\"", b","];

fn seeds() -> Vec<Vec<u8>> {
    let manifest = r#"{"format":1,"current":"v1.0.0","versions":[{"version":"v1.0.0",
        "files":{"score":{"path":"v1.0.0/score-0a.foldin","bytes":5,"sha256":"00"},
        "show":{"path":"v1.0.0/show-0b.foldin","bytes":5,"sha256":"00"}},
        "trainedOn":{"data":"films","simulated":false,"users":3,"items":5,"likes":9},"metrics":null,"reports":{}}],
        "variants":[{"version":"v1.0.0","share":1.0}]}"#;
    vec![manifest.as_bytes().to_vec()]
}

fn damage(corpus: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    damaged(corpus, &WORDS, rng)
}

fn check(input: &[u8]) -> Outcome {
    let Ok(manifest) = serde_json::from_slice::<Manifest>(input) else { return Outcome::Refused };
    let written = serde_json::to_vec(&manifest).expect("a manifest can be written");
    assert!(serde_json::from_slice::<Manifest>(&written).is_ok(), "what was read can be written and read again");
    Outcome::Accepted
}
