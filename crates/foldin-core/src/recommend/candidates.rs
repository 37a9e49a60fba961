//! Candidates: the best items of every source, each with its features.

use crate::index::ItemIdx;
use crate::linalg::SparseRow;
use crate::linalg::elementary::log2;
use crate::linalg::finite::{bounded, ratio};
use crate::linalg::top_k::{NO_SCORE, Scored, top_passing};
use crate::model::ranker::{N_FEATURES, Row, at};
use crate::recommend::query::Query;
use crate::score::Scorer;
use crate::source::Source;

/// How many items each source contributes at least; beyond this place the ranker sees no difference.
pub const DEPTH: usize = 100;

/// The sources whose scores depend on the profile, in the order of [`Source::ALL`].
pub(crate) const PERSONAL: [Source; 6] =
    [Source::Factors, Source::Neighbours, Source::Ease, Source::Sequence, Source::Transformer, Source::Content];

/// The nearest single like is searched among so many of the newest.
const NEAREST_OF: usize = 50;

/// A source that scored the items for a profile.
pub(crate) struct ScoredSource<'a> {
    pub source: Source,
    pub scorer: Scorer<'a>,
    scores: Vec<f32>,
    best: Vec<Scored>,
}

impl<'a> ScoredSource<'a> {
    /// Scores all items, and finds the best `depth` of those that pass.
    pub(crate) fn new(source: Source, scorer: Scorer<'a>, pass: &[bool], depth: usize) -> Self {
        let scores = scorer.scores();
        let best = top_passing(&scores, pass, depth);
        ScoredSource { source, scorer, scores, best }
    }

    /// The item's place among the best [`DEPTH`], from 1 on.
    pub(crate) fn place(&self, item: ItemIdx) -> Option<usize> {
        self.best.iter().take(DEPTH).position(|&(other, _)| other == item).map(|n| n + 1)
    }

    fn best_score(&self) -> f32 {
        self.best.first().map_or(0.0, |&(_, score)| score)
    }

    /// The source's own score; `None` where it does not score the item.
    pub(crate) fn score(&self, item: ItemIdx) -> Option<f32> {
        self.scores.get(item.at()).copied().filter(|&score| score > NO_SCORE)
    }
}

/// Items that may be recommended, with their features.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// The items, in the order of the catalogue.
    pub items: Vec<ItemIdx>,
    /// One row per item: its [`FEATURES`](crate::model::ranker::FEATURES).
    pub rows: Vec<Row>,
}

/// The best `depth` items of every source, by popularity and by recent popularity, in the order of the catalogue.
pub(crate) fn gather(query: &Query<'_>, sources: &[ScoredSource<'_>], depth: usize) -> Vec<ItemIdx> {
    let Query { model, pass, .. } = query;
    let mut is_in = vec![false; model.catalogue.len()];
    sources.iter().flat_map(|source| &source.best).for_each(|(item, _)| is_in[item.at()] = true);
    let passing = || model.catalogue.items().filter(|item| pass[item.at()]);
    passing().take(depth).for_each(|item| is_in[item.at()] = true);
    let recent = model.popularity.as_ref().and_then(|popularity| popularity.recent.as_ref());
    if let Some(recent) = recent {
        let best = top_passing(&recent.iter().collect::<Vec<_>>(), pass, depth);
        best.iter().for_each(|(item, _)| is_in[item.at()] = true);
    }
    model.catalogue.items().filter(|item| is_in[item.at()]).collect()
}

/// Where the features of one source's score are in a row.
struct ScoreFeatures {
    score: usize,
    /// `None` for content: cosines have a scale of their own, and their best is no measure.
    beside_best: Option<usize>,
    place: usize,
}

fn features_of(source: Source) -> ScoreFeatures {
    let (score, beside_best, place) = match source {
        Source::Factors => (at::FACTORS_SCORE, Some(at::FACTORS_BESIDE_BEST), at::FACTORS_PLACE),
        Source::Neighbours => (at::NEIGHBOURS_SCORE, Some(at::NEIGHBOURS_BESIDE_BEST), at::NEIGHBOURS_PLACE),
        Source::Ease => (at::EASE_SCORE, Some(at::EASE_BESIDE_BEST), at::EASE_PLACE),
        Source::Sequence => (at::SEQUENCE_SCORE, Some(at::SEQUENCE_BESIDE_BEST), at::SEQUENCE_PLACE),
        Source::Transformer => (at::TRANSFORMER_SCORE, Some(at::TRANSFORMER_BESIDE_BEST), at::TRANSFORMER_PLACE),
        _ => (at::CONTENT_SCORE, None, at::CONTENT_PLACE),
    };
    ScoreFeatures { score, beside_best, place }
}

impl Candidates {
    /// Computes the features of items, which are in the order of the catalogue.
    pub(crate) fn of(items: Vec<ItemIdx>, query: &Query<'_>, sources: &[ScoredSource<'_>]) -> Self {
        let rows = vec![[0.0; N_FEATURES]; items.len()];
        let mut candidates = Candidates { items, rows };
        let mut places = vec![u32::MAX; query.model.catalogue.len()];
        candidates.items.iter().zip(0..).for_each(|(item, place)| places[item.at()] = place);
        for source in sources {
            candidates.add_scores(source, &places);
        }
        let likes: Vec<ItemIdx> = query.profile.likes().collect();
        if let Some(neighbours) = sources.iter().find(|scored| scored.source == Source::Neighbours) {
            candidates.add_support(query, &likes, neighbours.best_score(), &places);
        }
        candidates.add_newest(query, &likes, &places);
        candidates.add_nearest(query, &likes);
        candidates.add_profile(query, &likes, sources);
        candidates.rows.iter_mut().flatten().for_each(|value| *value = bounded(*value));
        candidates
    }

    /// The row of one of the candidates.
    pub(crate) fn row(&self, item: ItemIdx) -> &Row {
        &self.rows[self.items.binary_search(&item).expect("it is one of the candidates")]
    }

    /// Score, score divided by the best, and place, of one source.
    fn add_scores(&mut self, scored: &ScoredSource<'_>, places: &[u32]) {
        let best = scored.best_score();
        let at = features_of(scored.source);
        for (&item, row) in self.items.iter().zip(&mut self.rows) {
            let Some(score) = scored.score(item) else { continue };
            row[at.score] = score;
            if let Some(beside_best) = at.beside_best.filter(|_| best > 0.0) {
                row[beside_best] = ratio(score, best);
            }
        }
        for (n, (item, _)) in scored.best.iter().take(DEPTH).enumerate() {
            if let Some(row) = self.rows.get_mut(places[item.at()] as usize) {
                row[at.place] = 10.0 / (10.0 + n as f32);
            }
        }
    }

    /// How many of the likes have a candidate as a neighbour, and the strongest of these ties.
    fn add_support(&mut self, query: &Query<'_>, likes: &[ItemIdx], best: f32, places: &[u32]) {
        let Some(lists) = &query.model.neighbours else { return };
        let exponent = lists.weighting.damping_for(likes.len());
        for like in likes {
            for (column, value) in lists.rows.row(like.at()).iter() {
                if let Some(row) = self.rows.get_mut(places[column as usize] as usize) {
                    row[at::NEIGHBOURS_SUPPORT] += 1.0;
                    row[at::NEIGHBOURS_STRONGEST] = row[at::NEIGHBOURS_STRONGEST].max(value);
                }
            }
        }
        for (&item, row) in self.items.iter().zip(&mut self.rows) {
            row[at::NEIGHBOURS_SUPPORT] /= likes.len().max(1) as f32;
            if best > 0.0 {
                let damping = exponent.power_of(query.model.catalogue.likes(item));
                row[at::NEIGHBOURS_STRONGEST] = ratio(row[at::NEIGHBOURS_STRONGEST], best * damping);
            }
        }
    }

    /// What follows the newest like.
    fn add_newest(&mut self, query: &Query<'_>, likes: &[ItemIdx], places: &[u32]) {
        let (Some(lists), Some(newest)) = (&query.model.sequence, likes.last()) else { return };
        let next = lists.rows.row(newest.at());
        let best = next.iter().map(|(_, value)| value).fold(0.0, f32::max);
        for (column, value) in next.iter() {
            if let Some(row) = self.rows.get_mut(places[column as usize] as usize) {
                row[at::SEQUENCE_NEWEST] = ratio(value, best);
            }
        }
    }

    /// The cosine to the nearest like, by content.
    fn add_nearest(&mut self, query: &Query<'_>, likes: &[ItemIdx]) {
        let Some(content) = &query.model.content else { return };
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
                    features[at::CONTENT_NEAREST] = features[at::CONTENT_NEAREST].max(product / length);
                }
            }
            like.columns.iter().for_each(|&term| terms[term as usize] = 0.0);
        }
    }

    /// Genres, years, popularity and ratings, relative to those of the profile.
    fn add_profile(&mut self, query: &Query<'_>, likes: &[ItemIdx], sources: &[ScoredSource<'_>]) {
        let Query { model, ratings, .. } = query;
        let catalogue = &model.catalogue;
        let n_likes = likes.len().max(1) as f32;
        let share = |item: ItemIdx| {
            log2(catalogue.likes(item).saturating_add(1) as f32 / model.about.n_users.saturating_add(1) as f32)
        };
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
        let mean_ratings = popularity.and_then(|popularity| popularity.mean_ratings.as_ref());
        let factors = sources.iter().find(|scored| scored.source == Source::Factors);
        let factors_fit = factors.map_or(0.0, ScoredSource::best_score);
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
            row[at::POPULARITY_BESIDE_PROFILE] = share - mean_share;
            if let Some(recent) = recent.filter(|_| most_recent > 0.0) {
                row[at::RECENT] = ratio(recent.get(item.at()), most_recent);
            }
            row[at::MEAN_RATING] = mean_ratings.map_or(0.0, |ratings| ratings.get(item.at()));
            row[at::PREDICTED_RATING] = ratings.as_ref().map_or(0.0, |ratings| ratings.above_mean(item));
            row[at::LIKES] = logarithm;
            row[at::PROFILE_POPULARITY] = mean_share;
            row[at::FACTORS_FIT] = factors_fit;
        }
    }
}

fn weights(row: SparseRow<'_>) -> impl Iterator<Item = (usize, f32)> {
    row.columns.iter().zip(row.weights).map(|(&term, &weight)| (term as usize, f32::from(weight)))
}
