//! How large the model of a website is that has many long pages.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::Place;

const TOPICS: u64 = 10;
const PAGES: u64 = 500;
const WORDS: usize = 600;
/// Words that pages of all topics use, and those of each topic.
const VOCABULARY: (u64, u64) = (40_000, 1_500);
const READERS: u64 = 800;
/// What a visitor downloads at most.
const MOST_BYTES: usize = 150_000;

/// Random numbers, the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A rank from 1 to `n` by Zipf's law, as the words of a text have: that of rank 2 is half as frequent as the first.
    fn zipf(&mut self, n: u64) -> u64 {
        let share = self.below(1 << 32) as f64 / 2f64.powi(32);
        (n as f64).powf(share) as u64
    }
}

/// A word of its own for each number, of two to five syllables.
fn word(mut number: u64) -> String {
    let mut word = String::new();
    number += 90;
    while number > 0 {
        let syllable = number % 90;
        word.push(char::from(b"bdfgklmnprstvwzchj"[syllable as usize % 18]));
        word.push(char::from(b"aeiou"[syllable as usize / 18]));
        number /= 90;
    }
    word + "x"
}

/// A text in which every fourth word is one of the topic's.
fn text(random: &mut Random, topic: u64, n_words: usize) -> String {
    let mut text = String::new();
    for _ in 0..n_words {
        let number = match random.below(4) {
            0 => VOCABULARY.0 + topic * VOCABULARY.1 + random.zipf(VOCABULARY.1),
            _ => random.zipf(VOCABULARY.0),
        };
        let _ = write!(text, "{} ", word(number));
    }
    text
}

fn path(page: u64) -> String {
    format!("/{}/{page}/", word(VOCABULARY.0 + page % TOPICS))
}

fn write_site(place: &Place, random: &mut Random) {
    for page in 0..PAGES {
        let topic = page % TOPICS;
        let (title, text) = (text(random, topic, 5), text(random, topic, WORDS));
        let html = format!("<html lang=en><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>");
        place.write(&format!("public{}index.html", path(page)), html);
    }
}

/// Readers of a few pages, mostly of one topic and mostly popular ones.
fn log(random: &mut Random) -> String {
    let mut log = String::new();
    for reader in 0..READERS {
        let (mut topic, agent) = (
            random.below(TOPICS),
            format!("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0 reader/{reader}"),
        );
        for view in 0..2 + random.below(4) {
            if random.below(5) == 0 {
                topic = random.below(TOPICS);
            }
            let page = (random.zipf(PAGES / TOPICS) - 1) * TOPICS + topic;
            let (day, hour) = (1 + reader * 28 / READERS, reader % 24);
            for target in [path(page), "/style.css".to_owned()] {
                let _ = writeln!(
                    log,
                    "198.51.100.7 - - [{day:02}/May/2024:{hour:02}:{view:02}:00 +0000] \"GET {target} HTTP/1.1\" 200 9 \"-\" \"{agent}\"",
                );
            }
        }
    }
    log
}

#[test]
fn the_model_of_500_long_pages_and_their_visits_has_less_than_150_kb() {
    let (place, mut random) = (Place::new(), Random(14));
    write_site(&place, &mut random);
    place.write("access.log", log(&mut random));
    place.foldin("site public --log access.log").says(&["500 pages", "sessions to learn from"]);

    let files = place.files("public/foldin/model");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for (_, content) in files.iter().filter(|(name, _)| name.ends_with(".foldin")) {
        encoder.write_all(content).unwrap();
    }
    let n_bytes = encoder.finish().unwrap().len();
    assert!(n_bytes > 10_000 && n_bytes < MOST_BYTES, "{n_bytes} bytes");
    let (mut own, mut all) = (0, 0);
    for page in 0..PAGES {
        let html = place.read(&format!("public{}index.html", path(page)));
        let (_, section) = html.split_once("<!--foldin-->").unwrap();
        for href in section.split("<li><a href=\"").skip(1) {
            all += 1;
            // Pages of the same topic are in the same folder.
            own += usize::from(!href.starts_with("../../"));
        }
    }
    assert!(own * 10 > all * 8, "{own} of {all} links are of the page's topic");
}
