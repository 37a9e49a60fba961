//! When a viewer watched what, and how many stars it got.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::choice::Watched;
use super::films::{Films, Kind};
use super::viewers::{Viewer, normal};

/// 2025-01-01 00:00 UTC: after the release of every film in the catalogue.
pub(super) const FIRST_DAY: i64 = 1_735_689_600;
/// Diaries begin on one of so many days, the first included.
pub(super) const N_FIRST_DAYS: i64 = 120;
/// How many days there are between the beginning and the end of a diary, at most.
pub(super) const MAX_DAYS: usize = 400;

const DAY: i64 = 24 * 3600;

/// One line of a diary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub film: usize,
    pub stars: f32,
    pub time: i64,
}

/// The diary of a viewer who watched these films, in order of time.
pub(super) fn write(films: &Films, viewer: &Viewer, watched: &[Watched], rng: &mut ChaCha8Rng) -> Vec<Entry> {
    let mean_fit = watched.iter().map(|watched| watched.fit).sum::<f64>() / watched.len() as f64;
    let order = in_order(films, viewer, watched, rng);
    let times = times(order.len(), rng);
    let entries = order.into_iter().zip(times);
    entries
        .map(|(watched, time)| {
            let fame = (films.films[watched.film].fame - 40.0) / 20.0;
            let delight = 2.4 * (watched.fit - mean_fit) + 0.1 * fame + 0.65 * normal(rng);
            let stars = (2.0 * (3.5 + viewer.generosity + delight)).round() / 2.0;
            Entry { film: watched.film, stars: stars.clamp(0.5, 5.0) as f32, time }
        })
        .collect()
}

/// Interests have their phases, newer films come later on the whole, and series mostly in order of release.
fn in_order(films: &Films, viewer: &Viewer, watched: &[Watched], rng: &mut ChaCha8Rng) -> Vec<Watched> {
    let phases: Vec<f64> = viewer.interests.iter().map(|_| rng.random()).collect();
    let mut keyed: Vec<(f64, Watched)> = watched
        .iter()
        .map(|&watched| {
            let newness = f64::from(films.films[watched.film].year - 1920) / 105.0;
            (rng.random::<f64>() + 0.5 * phases[watched.interest] + 0.5 * newness, watched)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.film.cmp(&b.1.film)));
    let mut order: Vec<Watched> = keyed.into_iter().map(|(_, watched)| watched).collect();
    let series_of = |watched: &Watched| {
        films.films[watched.film].tags.iter().copied().filter(|&tag| films.tags[tag].kind == Kind::Series)
    };
    let mut all_series: Vec<usize> = order.iter().flat_map(series_of).collect();
    all_series.sort_unstable();
    all_series.dedup();
    for series in all_series {
        let places: Vec<usize> = (0..order.len()).filter(|&n| series_of(&order[n]).any(|tag| tag == series)).collect();
        if places.len() > 1 && rng.random::<f64>() < 0.8 {
            let mut parts: Vec<Watched> = places.iter().map(|&place| order[place]).collect();
            parts.sort_by_key(|part| (films.films[part.film].year, part.film));
            places.into_iter().zip(parts).for_each(|(place, part)| order[place] = part);
        }
    }
    order
}

/// `n` ascending times: evenings spread over some weeks, with up to four films each.
fn times(n: usize, rng: &mut ChaCha8Rng) -> Vec<i64> {
    let mut evenings: Vec<usize> = Vec::new();
    let mut left = n;
    while left > 0 {
        let n_films = [1, 1, 2, 2, 3, 4][rng.random_range(0..6_u32) as usize].min(left);
        evenings.push(n_films);
        left -= n_films;
    }
    let days_each = rng.random_range(1.5..9.0);
    let n_days = ((evenings.len() as f64 * days_each) as usize).min(MAX_DAYS);
    let first: i64 = FIRST_DAY + rng.random_range(0..N_FIRST_DAYS) * DAY;
    let mut days = rand::seq::index::sample(rng, n_days, evenings.len()).into_vec();
    days.sort_unstable();
    let mut times = Vec::with_capacity(n);
    for (day, n_films) in days.into_iter().zip(evenings) {
        // From six to nine in the evening; four long films end before the next evening begins.
        let mut time = first + day as i64 * DAY + rng.random_range(18 * 3600..21 * 3600);
        for _ in 0..n_films {
            times.push(time);
            time += rng.random_range(90 * 60..170 * 60);
        }
    }
    times
}
