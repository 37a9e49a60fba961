//! Data sets: one file of events, of any container and shape, with or without a catalogue.

use foldin_data::{InMemory, ReadOptions, read_files};
use rand_chacha::ChaCha8Rng;

use super::{Outcome, Target, damaged};

pub(crate) const TARGET: Target = Target { name: "data", seeds, is_seed: |file| file.len() < 20_000, damage, check };

const WORDS: [&[u8]; 26] = [
    b"\"",
    b"\"\"",
    b"\\\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"::",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"NULL",
    b"nan",
    b"1e309",
    b"-1",
    b"99",
    b"1/2/2011",
    b"2024-01-01T00:00:00Z",
    b"sep=;\n",
    b"[",
    b"{\"user\":",
    b"\xcc\x81",
    b"9.78E+12",
];

/// The two names under which an input is read: by itself, and as the catalogue of sound events.
const EVENTS: &str = "user,item,rating,time\na,x,5,1\nb,x,4,2\na,y,1,3\nb,z,3,4\n";

fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        EVENTS,
        "userId,movieId,rating,timestamp\n1,10,4.5,1000000000\n2,10,3.5,1000000001\n1,11,1.0,1000000002\n",
        "user;item;rating\n\"a\";\"x;1\";4,5\n\"b\";\"y\";3,0\n",
        "id\ttitle\tyear\tgenres\nx\tAlpha &amp; Beta (1999)\t1999\tDrama|Comedy\ny\t\"Two\nlines\"\t2001\t['a', 'b']\n",
        "{\"user\":\"a\",\"item\":\"x\",\"rating\":5,\"time\":\"2024-01-31\"}\n{\"user\":\"b\",\"item\":\"x\"}\n",
        "[{\"visitor\":\"a\",\"page\":\"/x/\",\"event\":\"view\"},{\"visitor\":\"b\",\"page\":\"/y/\",\"event\":\"purchase\"}]",
        "1::2::4::978300760\n2::2::5::978300761\n",
        "customer|product|quantity|date\n17850|85123A|6|12/1/2010 8:26\n17850|71053|-6|13/1/2010 8:26\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn damage(corpus: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    damaged(corpus, &WORDS, rng)
}

fn check(input: &[u8]) -> Outcome {
    let alone = InMemory::new("fuzz", [("events.csv", input.to_vec())]);
    let as_catalogue =
        InMemory::new("fuzz", [("events.csv", EVENTS.as_bytes().to_vec()), ("items.csv", input.to_vec())]);
    let any_name = InMemory::new("fuzz", [("mine.dat", input.to_vec())]);
    let mut is_accepted = false;
    for files in [alone, as_catalogue, any_name] {
        for skip_bad_lines in [false, true] {
            let options = ReadOptions { skip_bad_lines, ..ReadOptions::default() };
            match read_files(&files, &options) {
                Err(error) => assert!(!error.to_string().is_empty()),
                Ok((dataset, report)) => {
                    is_accepted = true;
                    let (events, notes) = (&dataset.events, report.notes());
                    assert!(notes.iter().all(|note| !note.is_empty()));
                    assert_eq!(events.users.len(), events.items.len());
                    assert_eq!(events.users.len(), events.ratings.len());
                    assert!(events.times.is_empty() || events.times.len() == events.users.len());
                    assert!(events.ratings.iter().all(|rating| rating.is_finite()), "ratings are finite");
                    assert!(events.users.iter().all(|user| (user.0 as usize) < dataset.users.len()));
                    assert!(events.items.iter().all(|item| item.at() < dataset.items.len()));
                    assert_eq!(dataset.catalogue.len(), dataset.items.len());
                    assert!(dataset.items.iter().all(|id| !id.trim().is_empty()), "ids are not empty");
                }
            }
        }
    }
    if is_accepted { Outcome::Accepted } else { Outcome::Refused }
}
