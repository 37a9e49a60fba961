//! Ways to damage bytes.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Floats on which arithmetic goes wrong.
const ODD_FLOATS: [f32; 22] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1e-9,
    1e6,
    -1e6,
    9.99e5,
    1e-30,
    1e-38,
    1e-40,
    -1e-40,
    1e-45,
    f32::MIN_POSITIVE,
    f32::MAX,
    f32::MIN,
    f32::EPSILON,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::NAN,
    16_777_217.0,
];

/// Numbers as postcard writes them: small, at the borders of a byte, and the largest of 32 and 64 bits.
const ODD_NUMBERS: [&[u8]; 8] = [
    &[0],
    &[1],
    &[2],
    &[0x7f],
    &[0xff, 0x01],
    &[0x80, 0x80, 0x01],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
];

/// A few random changes to bytes; `others` are inputs to take pieces from, `words` what is worth writing in.
pub(crate) fn damage(bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[&[u8]], rng: &mut ChaCha8Rng) {
    let n_changes = 1 << rng.random_range(0..4);
    for _ in 0..n_changes {
        change(bytes, others, words, rng);
    }
}

fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[&[u8]], rng: &mut ChaCha8Rng) {
    let at = rng.random_range(0..=bytes.len());
    match rng.random_range(0..10) {
        0 => overwrite(bytes, at, &[rng.random()]),
        1 if at < bytes.len() => bytes[at] ^= 1 << rng.random_range(0..8),
        2 | 3 => overwrite(bytes, at, &ODD_FLOATS[rng.random_range(0..ODD_FLOATS.len())].to_le_bytes()),
        4 => overwrite(bytes, at, ODD_NUMBERS[rng.random_range(0..ODD_NUMBERS.len())]),
        5 => {
            let end = (at + rng.random_range(1..=16)).min(bytes.len());
            bytes.drain(at..end);
        }
        6 => {
            let piece = piece_of(bytes, rng);
            insert(bytes, at, &piece);
        }
        7 if !others.is_empty() => {
            let piece = piece_of(&others[rng.random_range(0..others.len())], rng);
            if rng.random() { insert(bytes, at, &piece) } else { overwrite(bytes, at, &piece) }
        }
        8 if !words.is_empty() => insert(bytes, at, words[rng.random_range(0..words.len())]),
        9 => {
            let length = rng.random_range(0..=bytes.len());
            if rng.random_ratio(1, 8) {
                bytes.truncate(length);
            }
        }
        _ => {}
    }
}

fn piece_of(bytes: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let start = rng.random_range(0..=bytes.len());
    let end = (start + rng.random_range(0..=64)).min(bytes.len());
    bytes[start..end].to_vec()
}

fn overwrite(bytes: &mut [u8], at: usize, with: &[u8]) {
    let length = with.len().min(bytes.len() - at);
    bytes[at..at + length].copy_from_slice(&with[..length]);
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    if bytes.len() + piece.len() < 1 << 20 {
        bytes.splice(at..at, piece.iter().copied());
    }
}
