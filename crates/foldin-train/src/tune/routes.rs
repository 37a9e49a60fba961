//! Which source serves profiles of which length.

use foldin_core::{Recommender, Route, Source, Strategy};

use super::lengths::lengths;
use super::task::ndcg;
use crate::dataset::Dataset;
use crate::split::HeldOut;

/// A source takes over from another if it is better by this part: less is chance, and changes nothing for the visitor.
pub(super) const WORTHWHILE: f64 = 0.01;

/// The routes that serve held-out users best, at each length that enough of them reach.
pub(super) fn choose_routes(
    recommender: &Recommender,
    dataset: &Dataset,
    held_out: &[HeldOut],
    seed: u64,
) -> Vec<Route> {
    let sources: Vec<Source> = Source::ALL.into_iter().filter(|&source| recommender.model().has(source)).collect();
    let mut routes: Vec<Route> = Vec::new();
    for length in lengths(held_out, seed) {
        let figure = |source: Source| ndcg(recommender, dataset, &length.held_out, Some(Strategy::Only(source)));
        let figures: Vec<(Source, f64)> = sources.iter().map(|&source| (source, figure(source))).collect();
        let best = figures.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).expect("every model has popular items");
        let now = routes.last().and_then(|route| figures.iter().find(|(source, _)| *source == route.source));
        if now.is_none_or(|now| best.1 > now.1 * (1.0 + WORTHWHILE)) {
            routes.push(Route { from: length.shown as u32, source: best.0 });
        }
    }
    routes
}
