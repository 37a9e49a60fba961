//! Recommends natively for many profiles, to compare with another build of the same code
//! (`tests/parity/real-data.mjs`): `recommend-lines SCORE_FILE PROFILES`.
//!
//! A line of PROFILES is a request and a profile, with fields separated by tabs: `k`, the diversity, and the events from
//! the oldest on, each a sign and an id: `+` liked, `-` disliked, `=` seen, or stars and a `*`, as in `4.5*`. The output
//! is one line per profile: ids and scores in turn, separated by tabs, scores with the fewest digits that identify them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;

use foldin_core::{Profile, Recommender, Request, Signal, file};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (score, profiles) = arguments.next().zip(arguments.next()).ok_or("name a score file and a file of profiles")?;
    let recommender = Recommender::new(file::read_score(&std::fs::read(score)?.into())?);
    let mut printed = String::new();
    for line in std::fs::read_to_string(profiles)?.lines() {
        let (profile, request) = read(line)?;
        for (n, one) in recommender.recommend(&profile, &request)?.iter().enumerate() {
            write!(printed, "{}{}\t{}", if n == 0 { "" } else { "\t" }, recommender.id(one.item), one.score)?;
        }
        printed.push('\n');
    }
    Ok(std::io::stdout().write_all(printed.as_bytes())?)
}

fn read(line: &str) -> Result<(Profile, Request), Box<dyn Error>> {
    let mut fields = line.split('\t');
    let (k, diversity) = fields.next().zip(fields.next()).ok_or("a line begins with k and the diversity")?;
    let request = Request { k: k.parse()?, diversity: diversity.parse()?, reasons: false, ..Request::default() };
    let mut profile = Profile::new();
    for event in fields {
        let sign = event.find(['+', '-', '=', '*']).ok_or("an event has a sign before its id")?;
        let signal = match &event[sign..=sign] {
            "+" => Signal::Liked,
            "-" => Signal::Disliked,
            "=" => Signal::Seen,
            _ => Signal::Stars(event[..sign].parse()?),
        };
        profile.push(&event[sign + 1..], signal);
    }
    Ok((profile, request))
}
