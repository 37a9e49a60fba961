//! Checks what is named first as a reason: without it the item must score lower.
//!
//! Contributions come from within the sources, and the ranker does not simply add sources up. So a like can have the
//! largest contribution to a score that would be higher without it. Only asking again without the like can tell.

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::model::Ranker;
use crate::profile::Profile;
use crate::recommend::Recommender;
use crate::recommend::candidates::{Candidates, DEPTH};
use crate::recommend::reasons::Chosen;
use crate::recommend::weights::Weights;
use crate::request::Request;

/// So many likes are tried for an item at most. If none of them holds, nothing is named.
const TRIES: usize = 4;

/// Profiles with more events are not checked: one of so many moves little, and each costs as much as an answer.
const MOST_EVENTS: usize = 50;

impl Recommender {
    /// Takes from the contributions to each of the items those that would be named first and do not hold: without the
    /// like the score is the same or higher. `ranker` is what gave the scores.
    ///
    /// # Errors
    /// As [`recommend`](Self::recommend).
    pub(super) fn check_first_reasons(
        &self,
        chosen: &mut [Chosen],
        ranker: &Ranker,
        weights: Weights<'_>,
        profile: &Profile,
        request: &Request,
    ) -> Result<(), RequestError> {
        if profile.events().len() > MOST_EVENTS {
            return Ok(());
        }
        let mut items: Vec<ItemIdx> = chosen.iter().map(|one| one.item).collect();
        items.sort_unstable();
        let mut left_out: Vec<(ItemIdx, Vec<f32>)> = Vec::new();
        for one in chosen {
            let place = items.binary_search(&one.item).expect("it is one of them");
            let mut tries = 0;
            while let Some(first) = one.first_reason() {
                let at = left_out.iter().position(|(item, _)| *item == first).unwrap_or(left_out.len());
                if at == left_out.len() {
                    left_out.push((first, self.scores_without(first, &items, ranker, weights, profile, request)?));
                }
                // Without a score there is nothing left that the item could be recommended by.
                if left_out[at].1.get(place).is_none_or(|&without| without < one.score) {
                    break;
                }
                tries += 1;
                if tries == TRIES {
                    one.contributions.clear();
                }
                one.contributions.retain(|(own, _)| *own != first);
            }
        }
        Ok(())
    }

    /// The scores of items, in the order of the catalogue, for the profile without one of its own; none if no source
    /// can score what is left.
    fn scores_without(
        &self,
        own: ItemIdx,
        items: &[ItemIdx],
        ranker: &Ranker,
        weights: Weights<'_>,
        profile: &Profile,
        request: &Request,
    ) -> Result<Vec<f32>, RequestError> {
        let query = self.query(&profile.without(self.id(own)), request)?;
        let sources = self.personal(&query, DEPTH.max(request.k))?;
        if sources.is_empty() {
            return Ok(Vec::new());
        }
        let rows = Candidates::of(items.to_vec(), &query, &sources).rows;
        Ok(weights.scores(&rows, &|rows| ranker.scores(rows)))
    }
}
