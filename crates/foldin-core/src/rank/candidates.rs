//! Candidates: the best of every source, each with what the ranker is to know of it.

use super::features::{N_FEATURES, at, log2};
use crate::catalogue::ItemIdx;
use crate::fold_in::WeightedEvent;
use crate::item_lists::damping_of;
use crate::model::Model;
use crate::request::Source;
use crate::sources::{NOTHING, Scorer};
use crate::sparse_rows::SparseRow;
use crate::stars::StarsVisitor;
use crate::top_k::{Scored, top_passing};

/// How many items each source names at least; beyond this place all are alike to the ranker.
pub const DEPTH: usize = 100;

/// The sources that speak of a profile, in the order of [`Source::ALL`].
pub(crate) const PERSONAL: [Source; 5] =
    [Source::Taste, Source::Neighbours, Source::Ease, Source::Sequence, Source::Content];

/// The nearest single like is looked for among so many of the newest.
const NEAREST_OF: usize = 50;

/// A source that has something to say of the profile.
pub(crate) struct Voice<'a> {
    pub source: Source,
    pub scorer: Box<dyn Scorer + 'a>,
    scores: Vec<f32>,
    best: Vec<Scored>,
}

impl<'a> Voice<'a> {
    /// Takes down what a source says of all items, and the best `depth` of those that pass.
    pub fn new(source: Source, scorer: Box<dyn Scorer + 'a>, pass: &[bool], depth: usize) -> Self {
        let scores = scorer.scores();
        let best = top_passing(&scores, pass, depth);
        Voice { source, scorer, scores, best }
    }

    /// The item's place among the best [`DEPTH`], from 1 on.
    pub fn place(&self, item: ItemIdx) -> Option<usize> {
        self.best.iter().take(DEPTH).position(|&(other, _)| other == item).map(|n| n + 1)
    }

    fn best_score(&self) -> f32 {
        self.best.first().map_or(0.0, |&(_, score)| score)
    }

    /// The source's own score; `None` where it has nothing to say of the item.
    pub fn score(&self, item: ItemIdx) -> Option<f32> {
        self.scores.get(item.at()).copied().filter(|&score| score > NOTHING)
    }
}

/// What a request's candidates are drawn from, beside the voices.
pub(crate) struct Visit<'a> {
    pub model: &'a Model,
    /// The profile, oldest first.
    pub events: &'a [WeightedEvent],
    /// The visitor's stars.
    pub rater: Option<&'a StarsVisitor<'a>>,
    /// Which items may be recommended.
    pub pass: &'a [bool],
}

/// Items that may be recommended, and what the ranker knows of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// The items, in the order of the catalogue.
    pub items: Vec<ItemIdx>,
    /// One row an item, as in [`FEATURES`](super::FEATURES).
    pub rows: Vec<[f32; N_FEATURES]>,
}

/// The best `depth` of every voice, of popularity and of recent popularity, in the order of the catalogue.
pub(crate) fn gather(visit: &Visit<'_>, voices: &[Voice<'_>], depth: usize) -> Vec<ItemIdx> {
    let Visit { model, pass, .. } = *visit;
    let mut is_in = vec![false; model.catalogue.len()];
    voices.iter().flat_map(|voice| &voice.best).for_each(|(item, _)| is_in[item.at()] = true);
    let passing = || model.catalogue.items().filter(|item| pass[item.at()]);
    passing().take(depth).for_each(|item| is_in[item.at()] = true);
    let recent = model.popularity.as_ref().and_then(|popularity| popularity.recent.as_ref());
    if let Some(recent) = recent {
        let best = top_passing(&recent.iter().collect::<Vec<_>>(), pass, depth);
        best.iter().for_each(|(item, _)| is_in[item.at()] = true);
    }
    model.catalogue.items().filter(|item| is_in[item.at()]).collect()
}

impl Candidates {
    /// Takes down what is known of items, which stand in the order of the catalogue.
    pub(crate) fn of(items: Vec<ItemIdx>, visit: &Visit<'_>, voices: &[Voice<'_>]) -> Self {
        let rows = vec![[0.0; N_FEATURES]; items.len()];
        let mut candidates = Candidates { items, rows };
        let mut places = vec![u32::MAX; visit.model.catalogue.len()];
        candidates.items.iter().zip(0..).for_each(|(item, place)| places[item.at()] = place);
        for voice in voices {
            candidates.hear(voice, &places);
        }
        let likes: Vec<ItemIdx> =
            visit.events.iter().filter(|event| event.target > 0.0).map(|event| event.item).collect();
        if let Some(neighbours) = voices.iter().find(|voice| voice.source == Source::Neighbours) {
            candidates.count_support(visit, &likes, neighbours.best_score(), &places);
        }
        candidates.see_newest(visit, &likes, &places);
        candidates.see_nearest(visit, &likes);
        candidates.see_profile(visit, &likes, voices);
        candidates
    }

    /// The row of one of the candidates.
    pub(crate) fn row(&self, item: ItemIdx) -> &[f32; N_FEATURES] {
        &self.rows[self.items.binary_search(&item).expect("it is one of the candidates")]
    }

    /// Score, score beside the best, and place.
    fn hear(&mut self, voice: &Voice<'_>, places: &[u32]) {
        let best = voice.best_score();
        let first = match voice.source {
            Source::Taste => at::TASTE,
            Source::Neighbours => at::NEIGHBOURS,
            Source::Ease => at::EASE,
            Source::Sequence => at::SEQUENCE,
            _ => at::CONTENT,
        };
        let place = if voice.source == Source::Content { at::CONTENT_PLACE } else { first + 2 };
        for (&item, row) in self.items.iter().zip(&mut self.rows) {
            let Some(score) = voice.score(item) else { continue };
            row[first] = score;
            // Cosines have a scale of their own, and their best is no measure.
            if voice.source != Source::Content && best > 0.0 {
                row[first + 1] = score / best;
            }
        }
        for (n, (item, _)) in voice.best.iter().take(DEPTH).enumerate() {
            if let Some(row) = self.rows.get_mut(places[item.at()] as usize) {
                row[place] = 10.0 / (10.0 + n as f32);
            }
        }
    }

    fn count_support(&mut self, visit: &Visit<'_>, likes: &[ItemIdx], best: f32, places: &[u32]) {
        let Some(lists) = &visit.model.neighbours else { return };
        let eighths = lists.weighting.eighths_at(likes.len());
        for like in likes {
            for (column, value) in lists.rows.row(like.at()).iter() {
                if let Some(row) = self.rows.get_mut(places[column as usize] as usize) {
                    row[at::SUPPORT] += 1.0;
                    row[at::STRONGEST] = row[at::STRONGEST].max(value);
                }
            }
        }
        for (&item, row) in self.items.iter().zip(&mut self.rows) {
            row[at::SUPPORT] /= likes.len().max(1) as f32;
            if best > 0.0 {
                row[at::STRONGEST] /= best * damping_of(visit.model.catalogue.likes(item), eighths);
            }
        }
    }

    fn see_newest(&mut self, visit: &Visit<'_>, likes: &[ItemIdx], places: &[u32]) {
        let (Some(lists), Some(newest)) = (&visit.model.sequence, likes.last()) else { return };
        let next = lists.rows.row(newest.at());
        let best = next.iter().map(|(_, value)| value).fold(f32::MIN_POSITIVE, f32::max);
        for (column, value) in next.iter() {
            if let Some(row) = self.rows.get_mut(places[column as usize] as usize) {
                row[at::NEWEST] = value / best;
            }
        }
    }

    fn see_nearest(&mut self, visit: &Visit<'_>, likes: &[ItemIdx]) {
        let Some(content) = &visit.model.content else { return };
        let mut terms = vec![0.0; content.n_terms()];
        for like in likes.iter().rev().take(NEAREST_OF) {
            let (like, length) = content.direction(like.at());
            if length <= 0.0 {
                continue;
            }
            weights(like).for_each(|(term, weight)| terms[term] = weight / length);
            for (item, features) in self.items.iter().zip(&mut self.rows) {
                let (row, length) = content.direction(item.at());
                if length > 0.0 {
                    let product: f32 = weights(row).map(|(term, weight)| weight * terms[term]).sum();
                    features[at::NEAREST] = features[at::NEAREST].max(product / length);
                }
            }
            like.columns.iter().for_each(|&term| terms[term as usize] = 0.0);
        }
    }

    fn see_profile(&mut self, visit: &Visit<'_>, likes: &[ItemIdx], voices: &[Voice<'_>]) {
        let Visit { model, rater, .. } = *visit;
        let catalogue = &model.catalogue;
        let n_likes = likes.len().max(1) as f32;
        let share = |item: ItemIdx| log2((catalogue.likes(item) + 1) as f32 / (model.about.n_users + 1) as f32);
        let mean_share = likes.iter().map(|&item| share(item)).sum::<f32>() / n_likes;
        let mut genres = vec![0.0; catalogue.genre_names().len()];
        likes
            .iter()
            .flat_map(|&item| catalogue.genres(item))
            .for_each(|&genre| genres[genre as usize] += 1.0 / n_likes);
        let (years, n_years) = likes
            .iter()
            .filter_map(|&item| catalogue.year(item))
            .fold((0.0, 0.0), |(sum, n), year| (sum + year as f32, n + 1.0));
        let popularity = model.popularity.as_ref();
        let recent = popularity.and_then(|popularity| popularity.recent.as_ref());
        let most_recent = recent.map_or(0.0, |recent| recent.iter().fold(0.0, f32::max));
        let mean_stars = popularity.and_then(|popularity| popularity.stars.as_ref());
        let taste = voices.iter().find(|voice| voice.source == Source::Taste);
        let taste_fits = taste.map_or(0.0, Voice::best_score);
        let logarithm = log2(1.0 + likes.len() as f32);
        for (&item, row) in self.items.iter().zip(&mut self.rows) {
            let own = catalogue.genres(item);
            if !own.is_empty() {
                row[at::GENRES] = own.iter().map(|&genre| genres[genre as usize]).sum::<f32>() / own.len() as f32;
            }
            if let Some(year) = catalogue.year(item).filter(|_| n_years > 0.0) {
                row[at::YEARS_NEWER] = year as f32 - years / n_years;
                row[at::YEARS_APART] = row[at::YEARS_NEWER].abs();
            }
            let share = share(item);
            row[at::POPULARITY] = share;
            row[at::POPULARITY_PLACE] = item.0 as f32 / catalogue.len() as f32;
            row[at::BESIDE_PROFILE] = share - mean_share;
            if let Some(recent) = recent.filter(|_| most_recent > 0.0) {
                row[at::RECENT] = recent.get(item.at()) / most_recent;
            }
            row[at::MEAN_STARS] = mean_stars.map_or(0.0, |stars| stars.get(item.at()));
            row[at::STARS] = rater.map_or(0.0, |rater| rater.beside_mean(item));
            row[at::LIKES] = logarithm;
            row[at::PROFILE_POPULARITY] = mean_share;
            row[at::TASTE_FITS] = taste_fits;
        }
    }
}

fn weights(row: SparseRow<'_>) -> impl Iterator<Item = (usize, f32)> {
    row.columns.iter().zip(row.weights).map(|(&term, &weight)| (term as usize, f32::from(weight)))
}
