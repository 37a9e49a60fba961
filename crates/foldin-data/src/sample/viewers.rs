//! Who watches: activity, curiosity, and the films a viewer's interests grow around.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::weighted::WeightedIndex;
use rand_distr::{Distribution, LogNormal, StandardNormal};

use super::films::{Films, Kind};
use super::likeness::crowds;

/// One interest of a viewer: films like a certain film, each kind of likeness weighted in the viewer's own way.
#[derive(Debug)]
pub(super) struct Interest {
    /// Index of the film it grew around.
    pub around: usize,
    /// Share of the viewer's films that come from it.
    pub share: f64,
    /// How much fame counts.
    pub awareness: f64,
    pub genres: f64,
    pub era: f64,
    /// What a director, a series, a studio and a language in common add.
    pub director: f64,
    pub series: f64,
    pub studio: f64,
    pub language: f64,
    /// What is taken off where one of the two films is in English and the other is not.
    pub reserve: f64,
}

impl Interest {
    /// What a tag of this kind in common adds.
    pub(super) fn of(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Director => self.director,
            Kind::Series => self.series,
            Kind::Studio => self.studio,
            Kind::Language => self.language,
            Kind::Region => 0.6 * self.language,
        }
    }
}

/// One simulated viewer.
#[derive(Debug)]
pub(super) struct Viewer {
    pub n_films: usize,
    /// Share of films that have nothing to do with any interest.
    pub whim: f64,
    pub interests: Vec<Interest>,
    /// How many stars more than others the viewer gives to all films.
    pub generosity: f64,
}

/// Draws viewers; made once, as it holds what all of them share.
pub(super) struct Population<'a> {
    films: &'a Films,
    activity: LogNormal<f64>,
    /// For each level of curiosity, how likely an interest grows around each film.
    around: Vec<WeightedIndex<f64>>,
}

/// How finely curiosity is told apart when interests are drawn.
const LEVELS: usize = 8;

impl<'a> Population<'a> {
    pub(super) fn new(films: &'a Films) -> Self {
        let crowds = crowds(films);
        let around = (0..LEVELS).map(|level| {
            let power = 2.0 - 1.6 * level as f64 / (LEVELS - 1) as f64;
            // Without the crowd, most interests would be about dramas of the last thirty years.
            let weight = films.films.iter().zip(&crowds).map(|(film, crowd)| film.fame.powf(power) * crowd.powf(-0.8));
            WeightedIndex::new(weight).expect("fame is above 0")
        });
        let activity = LogNormal::new(38_f64.ln(), 0.55).expect("the deviation is finite");
        Population { films, activity, around: around.collect() }
    }

    pub(super) fn draw(&self, rng: &mut ChaCha8Rng) -> Viewer {
        let n_films = self.activity.sample(rng).round().clamp(15.0, 200.0) as usize;
        // From 0, who watches what everybody watches, to 1.
        let curiosity: f64 = rng.random();
        let n_interests = [1, 2, 2, 3][rng.random_range(0..4_u32) as usize];
        let mut interests: Vec<Interest> = Vec::with_capacity(n_interests);
        for _ in 0..n_interests {
            let film = self.draw_film(curiosity, interests.first(), rng);
            interests.push(self.interest_in_films_like(film, curiosity, rng));
        }
        let whim = (0.05 + 0.22 * rng.random::<f64>()) * (1.0 - 0.7 * curiosity);
        let total: f64 = interests.iter().map(|interest| interest.share).sum();
        interests.iter_mut().for_each(|interest| interest.share *= (1.0 - whim) / total);
        let generosity = 0.25 * normal(rng);
        Viewer { n_films: n_films.min(self.films.films.len()), whim, interests, generosity }
    }

    /// The film that an interest grows around. Who likes films in other languages mostly likes more than one kind.
    fn draw_film(&self, curiosity: f64, first: Option<&Interest>, rng: &mut ChaCha8Rng) -> usize {
        const TRIES: usize = 4;
        let level = (curiosity * (LEVELS - 1) as f64).round() as usize;
        let films = &self.films.films;
        let needs_foreign = first.is_some_and(|first| films[first.around].is_foreign());
        let mut film = self.around[level].sample(rng);
        for _ in 1..TRIES {
            if films[film].is_foreign() || !needs_foreign {
                break;
            }
            film = self.around[level].sample(rng);
        }
        film
    }

    fn interest_in_films_like(&self, film: usize, curiosity: f64, rng: &mut ChaCha8Rng) -> Interest {
        let (fame, year) = (self.films.films[film].fame, self.films.films[film].year);
        Interest {
            around: film,
            share: rng.random_range(0.4..1.0),
            awareness: (2.2 - 0.8 * curiosity) * (fame / 60.0).min(1.0),
            genres: around(6.0, rng),
            era: around(1.9 + 0.03 * f64::from(2025 - year), rng),
            director: around(2.4, rng),
            series: around(1.8, rng),
            studio: around(1.5, rng),
            language: around(2.8, rng),
            reserve: around(2.0, rng),
        }
    }
}

/// A positive number that is mostly between two thirds and one and a half times `middle`.
fn around(middle: f64, rng: &mut ChaCha8Rng) -> f64 {
    middle * (0.35 * normal(rng)).exp()
}

pub(super) fn normal(rng: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(rng)
}
