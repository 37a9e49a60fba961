//! The built-in data set: films that people know, and viewers that are simulated.
//!
//! `foldin train` without data needs something to train on, and the licences of the usual data sets forbid shipping
//! them. The catalogue is written by hand and holds facts only: title, year, genres, and tags for director, series,
//! studio and language. The viewers are made up by the generator described here, so whatever shows this data set calls
//! it simulated. A model trained on it shows what recommendations feel like; its figures say nothing about people.
//!
//! | file | holds |
//! |---|---|
//! | `films` | the catalogue: titles, genres, tags, and how famous each film is |
//! | `likeness` | how close genres and eras are, and how crowded |
//! | `viewers` | who watches: activity, curiosity, interests |
//! | `choice` | what a viewer watches |
//! | `diary` | when, and how many stars it got |
//!
//! # A viewer
//!
//! A viewer watches `n` films, `n` log-normal around 38, from 15 to 200; is curious by `k`, uniform from 0 to 1; has one
//! to three interests; and leaves a share `w`, smaller for the curious, to films that everybody watches. An interest
//! grows around one film `a`, drawn in proportion to `fame_a ^ (2 - 1.6 k) / crowd_a ^ 0.8`: the curious start from
//! less famous films, and the crowd (how many films are much like `a`) keeps recent dramas from being most of what
//! anybody likes. Who starts from a film in another language than English mostly stays abroad with the next interest.
//!
//! # What is watched
//!
//! ```text
//! appeal(i | a) = g genres(a, i) + e era(a, i) - r [one is in English, the other is not] + sum over common tags b
//!     P(i | a)  ~ fame_i ^ s exp(appeal(i | a)),   s = (2.2 - 0.8 k) min(1, fame_a / 60)
//!     P(i)      = w fame_i ^ 4 / sum fame ^ 4 + sum over interests share_a P(i | a)
//! ```
//!
//! `genres` is a cosine that counts rare genres more, `era` a bell over the logarithm of age; both are 1 for films that
//! agree. `b` depends on what the tag is (director, series, studio, language, part of the world), and is smaller where
//! many films share it. `g`, `e`, `r` and `b` are drawn for each interest anew, log-normal around fixed middles, so that
//! one viewer follows a director and the next a decade; the middle of `e` grows with the age of `a`, as what silent films
//! have in common is that they are silent films. The mixture is what makes films go together: an average over
//! genres would recommend the middle between Ghibli and Bond to who likes both.
//!
//! Films are drawn without replacement, as a race: film `i` arrives after `E / P(i)`, `E` exponential, and the first `n`
//! are watched. (The logarithm of that is the Gumbel top-k trick: Vieira 2014, Kool, van Hoof and Welling 2019.) When 7
//! in 10 have arrived, the other films of each series seen run three times as fast, those of each director twice.
//!
//! # Stars and times
//!
//! ```text
//! stars = 3.5 + generosity + 2.4 (fit - mean fit of the viewer) + 0.1 (fame - 40) / 20 + 0.65 N(0, 1)
//! ```
//!
//! to the next half from 0.5 to 5, where `fit` is the appeal by the best fitting interest, over the appeal of the film
//! that interest grew around, and `generosity` is `0.25 N(0, 1)`. Diaries begin in the first months of 2025, after the
//! release of every film, and last up to 400 days: one to four films an evening, on some of the evenings. The order is
//! by chance, but each interest has its phase, newer films come later on the whole, and four in five viewers watch a
//! series in order of release.
//!
//! # The events
//!
//! Events stand by viewer, and by time within a viewer. Viewer number `n` depends on the seed and on `n` alone: more
//! viewers are the same ones and others. The same build gives the same events at every call; where a platform rounds
//! `exp` or `ln` otherwise, a few events may differ. Cost: `O(viewers films interests)`, less than a second for the
//! default.

mod choice;
mod diary;
mod films;
mod likeness;
mod viewers;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::dataset::{Dataset, Events, ItemNo, UserNo};
use choice::Chooser;
use films::Films;
use viewers::Population;

/// How much to simulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// Number of viewers.
    pub users: usize,
    /// Start of every random choice: the same seed gives the same viewers.
    pub seed: u64,
}

impl Default for SampleOptions {
    /// 5,500 viewers, seed 1895: the year in which films were first shown to a public that had paid.
    fn default() -> Self {
        SampleOptions { users: 5500, seed: 1895 }
    }
}

/// Where more is to be found about a film: the encyclopedia's own search, which leads to the article.
const MORE_ABOUT: &str = "https://en.wikipedia.org/w/index.php?search={title}%20{year}%20film";

/// The built-in data set with the default options: the same at every call.
pub fn sample() -> Dataset {
    simulate(&SampleOptions::default())
}

/// The built-in data set with viewers by `options`, named `simulated sample`. The catalogue is the same for all options.
///
/// Every viewer has 15 to 200 events, no film twice, stars from 0.5 to 5 in half steps, and ascending times.
pub fn simulate(options: &SampleOptions) -> Dataset {
    let films = Films::built_in();
    let population = Population::new(&films);
    let mut chooser = Chooser::new(&films);
    let mut events = Events::default();
    for user in 0..options.users {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        rng.set_stream(user as u64);
        let viewer = population.draw(&mut rng);
        let watched = chooser.choose(&viewer, &mut rng);
        for entry in diary::write(&films, &viewer, &watched, &mut rng) {
            events.users.push(UserNo(user as u32));
            events.items.push(ItemNo(entry.film as u32));
            events.ratings.push(entry.stars);
            events.times.push(entry.time);
        }
    }
    let (items, catalogue) = films.films.into_iter().map(|film| (film.id, film.record)).unzip();
    Dataset {
        name: "simulated sample".to_owned(),
        simulated: true,
        users: (1..=options.users).map(|number| format!("viewer-{number:05}").into_boxed_str()).collect(),
        items,
        catalogue,
        events,
        url_pattern: MORE_ABOUT.to_owned(),
        ..Dataset::default()
    }
}

#[cfg(test)]
mod tests;
