//! What a viewer watches, by appeal and chance.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::films::{Films, Kind, YEARS};
use super::likeness::era_closeness_to;
use super::viewers::{Interest, Viewer};

/// How much fame counts for films that have nothing to do with an interest.
const WHIM_AWARENESS: f64 = 4.0;
/// How many times as likely a film becomes once a film of its series, or of its director, was watched.
const SERIES_FOLLOWS: f64 = 3.0;
const DIRECTOR_FOLLOWS: f64 = 2.0;

/// A film that a viewer watched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watched {
    pub film: usize,
    /// How well it fits the interest that it fits best: 1 for the film that the interest grew around.
    pub fit: f64,
    /// Which interest that is.
    pub interest: usize,
}

/// What choosing needs to write to, made once for all viewers, and what all of them share.
pub(super) struct Chooser<'a> {
    films: &'a Films,
    log_fame: Vec<f64>,
    /// How likely each film is where nothing but its fame counts.
    by_fame: Vec<f64>,
    appeal: Vec<f64>,
    chance: Vec<f64>,
    best: Vec<Watched>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(films: &'a Films) -> Self {
        let n_films = films.films.len();
        let mut by_fame: Vec<f64> = films.films.iter().map(|film| film.fame.powf(WHIM_AWARENESS)).collect();
        let all: f64 = by_fame.iter().sum();
        by_fame.iter_mut().for_each(|chance| *chance /= all);
        Chooser {
            films,
            log_fame: films.films.iter().map(|film| film.fame.ln()).collect(),
            by_fame,
            appeal: vec![0.0; n_films],
            chance: vec![0.0; n_films],
            best: Vec::with_capacity(n_films),
        }
    }

    /// The films that `viewer` watches, in order of the catalogue.
    pub(super) fn choose(&mut self, viewer: &Viewer, rng: &mut ChaCha8Rng) -> Vec<Watched> {
        self.mix(viewer);
        // From here on, `chance` holds when a film arrives in the race, the first to arrive being watched.
        for chance in &mut self.chance {
            let patience: f64 = Exp1.sample(rng);
            *chance = patience / *chance;
        }
        let mut order: Vec<usize> = (0..self.chance.len()).collect();
        let n_first = viewer.n_films * 7 / 10;
        smallest_first(&mut order, &self.chance, n_first);
        let mut met: Vec<usize> =
            order[..n_first].iter().flat_map(|&film| &self.films.films[film].tags).copied().collect();
        met.sort_unstable();
        met.dedup();
        for tag in met {
            let tag = &self.films.tags[tag];
            let faster = match tag.kind {
                Kind::Series => SERIES_FOLLOWS,
                Kind::Director => DIRECTOR_FOLLOWS,
                Kind::Studio | Kind::Language | Kind::Region => continue,
            };
            tag.films.iter().for_each(|&film| self.chance[film] /= faster);
        }
        smallest_first(&mut order[n_first..], &self.chance, viewer.n_films - n_first);
        order.truncate(viewer.n_films);
        order.sort_unstable();
        order.into_iter().map(|film| self.best[film]).collect()
    }

    /// Fills `chance` with the mixture of interests and `best` with how well each film fits.
    fn mix(&mut self, viewer: &Viewer) {
        self.chance.clear();
        self.chance.extend(self.by_fame.iter().map(|chance| viewer.whim * chance));
        self.best.clear();
        self.best.extend((0..self.chance.len()).map(|film| Watched { film, fit: f64::NEG_INFINITY, interest: 0 }));
        for (n, interest) in viewer.interests.iter().enumerate() {
            self.measure_appeal(interest);
            let highest = self.appeal[interest.around];
            for (best, appeal) in self.best.iter_mut().zip(&self.appeal) {
                let fit = appeal / highest;
                if fit > best.fit {
                    (best.fit, best.interest) = (fit, n);
                }
            }
            let pull = self.appeal.iter_mut().zip(&self.log_fame);
            pull.for_each(|(appeal, log_fame)| *appeal = (interest.awareness * log_fame + *appeal).exp());
            let scale = interest.share / self.appeal.iter().sum::<f64>();
            self.chance.iter_mut().zip(&self.appeal).for_each(|(chance, pull)| *chance += scale * pull);
        }
    }

    /// Fills `appeal` with how close each film is to the one that `interest` grew around.
    fn measure_appeal(&mut self, interest: &Interest) {
        let films = self.films;
        let around = &films.films[interest.around];
        let genres = &films.genre_closeness[around.genre_set];
        let eras = era_closeness_to(around.year);
        for (film, appeal) in films.films.iter().zip(&mut self.appeal) {
            *appeal =
                interest.genres * genres[film.genre_set] + interest.era * eras[(film.year - YEARS.start()) as usize];
            if film.is_foreign() != around.is_foreign() {
                // Cartoons are dubbed.
                let share = if film.is_animated && around.is_animated { 0.3 } else { 1.0 };
                *appeal -= share * interest.reserve;
            }
        }
        for &tag in &around.tags {
            let tag = &films.tags[tag];
            let bonus = interest.of(tag.kind) * tag.tightness();
            tag.films.iter().for_each(|&film| self.appeal[film] += bonus);
        }
    }
}

/// Puts the `n` items with the smallest values first, in no order.
fn smallest_first(items: &mut [usize], values: &[f64], n: usize) {
    if n < items.len() {
        items.select_nth_unstable_by(n, |&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    }
}
