//! Sources that were learned elsewhere: brought into the order of the catalogue, pruned and rounded as learned ones are.

use foldin_core::linalg::{MAX_VALUE, QuantisedRows};
use foldin_core::model::{Factors, ItemLists, LossWeights, Placement};
use foldin_core::{ItemIdx, Source};
use foldin_data::{Dataset, Given, GivenFactors, GivenLists, GivenLoss};

use super::AssembleError;
use crate::config::Config;
use crate::learn::OutOfBounds;
use crate::learn::{neighbours, sequence};

/// Whether a source of a data set was learned elsewhere, so that nothing of it can be searched.
pub(crate) fn is_given(dataset: &Dataset, source: Source) -> bool {
    dataset.given.as_ref().is_some_and(|given| match source {
        Source::Factors => given.factors.is_some(),
        Source::Neighbours => given.neighbours.is_some(),
        Source::Sequence => given.sequence.is_some(),
        _ => false,
    })
}

/// What was given, with the place of each item in the catalogue, of which the first `n_liked` have likes.
#[derive(Clone, Copy)]
pub(super) struct InCatalogue<'a> {
    pub(super) given: &'a Given,
    pub(super) places: &'a [ItemIdx],
    /// How many people like each item, by its number.
    pub(super) likes: &'a [u32],
    pub(super) n_liked: usize,
}

impl InCatalogue<'_> {
    /// The factors that were given; within them `None` where no item may have any.
    pub(super) fn factors(&self) -> Option<Result<Option<Factors>, AssembleError>> {
        self.given.factors.as_ref().map(|factors| self.quantised(factors))
    }

    fn quantised(&self, given: &GivenFactors) -> Result<Option<Factors>, AssembleError> {
        let GivenFactors { values, rank, loss, of_content } = given;
        if !values.iter().all(|value| value.abs() <= MAX_VALUE) {
            return Err(AssembleError::OutOfBounds { section: "factors", advice: "give vectors of smaller numbers" });
        }
        // What comes from behaviour is only of items that enough people like.
        let n_rows = if *of_content { self.places.len() } else { self.n_liked };
        if n_rows == 0 {
            return Ok(None);
        }
        let mut ordered = vec![0.0; n_rows * rank];
        let rows = self.places.iter().map(|place| place.at()).zip(values.chunks_exact(*rank));
        for (place, row) in rows.filter(|(place, _)| *place < n_rows) {
            ordered[place * rank..][..*rank].copy_from_slice(row);
        }
        let placement = loss.map_or(Placement::Mean, |GivenLoss { alpha0, reg, nu, like_weight }| {
            Placement::LeastSquares(LossWeights { alpha0, reg, nu, like_weight })
        });
        Ok(Some(Factors { rows: QuantisedRows::quantise(&ordered, *rank), placement }))
    }

    pub(super) fn neighbours(&self, config: &Config) -> Option<Result<ItemLists, OutOfBounds>> {
        let rows = self.rows(self.given.neighbours.as_ref()?, config.privacy.min_support);
        let mut pops = vec![0.0; self.n_liked];
        let liked = self.places.iter().zip(self.likes).filter(|(place, _)| place.at() < self.n_liked);
        liked.for_each(|(place, &likes)| pops[place.at()] = likes as f32);
        Some(neighbours::of_rows(rows, &pops, &config.neighbours))
    }

    pub(super) fn sequence(&self, config: &Config) -> Option<Result<ItemLists, OutOfBounds>> {
        let rows = self.rows(self.given.sequence.as_ref()?, config.privacy.min_support);
        Some(sequence::of_rows(rows, &config.sequence))
    }

    /// The entries that enough people are behind, by places.
    fn rows(&self, lists: &GivenLists, min_support: usize) -> Vec<Vec<(u32, f32)>> {
        let mut rows = vec![Vec::new(); self.n_liked];
        for (place, list) in self.places.iter().zip(lists).filter(|(place, _)| place.at() < self.n_liked) {
            let entries = list.iter().filter(|entry| entry.people as usize >= min_support);
            let placed = entries.map(|entry| (self.places[entry.item as usize].0, entry.weight));
            rows[place.at()] = placed.filter(|&(place, _)| (place as usize) < self.n_liked).collect();
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use foldin_core::model::Model;
    use foldin_data::interactions::{liked, renumbered};
    use foldin_data::sample::sample;
    use foldin_data::{Confidence, GivenEntry};

    use super::super::{TrainingData, assemble, n_likes, ordered, places};
    use super::*;
    use crate::learn::als::als;

    fn config() -> Config {
        let mut config = Config::default();
        config.train.sources = vec![Source::Factors, Source::Neighbours, Source::Sequence, Source::Ease];
        config.train.stars = false;
        config.als.factors = 8;
        config.als.iterations = 2;
        config
    }

    fn assembled(dataset: &Dataset, config: &Config) -> Model {
        let data = TrainingData { dataset, events: &dataset.events, threshold: Some(4.0) };
        assemble(data, config, |_| Ok(())).unwrap().model
    }

    /// What is learned from a data set, as if it had been learned elsewhere.
    fn learned_elsewhere(dataset: &Dataset, config: &Config) -> Given {
        let mut nothing = config.clone();
        nothing.train.sources.clear();
        let catalogue = assembled(dataset, &nothing).catalogue;
        let places = places(dataset, &catalogue);
        let n_liked = catalogue.items().filter(|&item| catalogue.likes(item) > 0).count();
        let pairs = liked(&dataset.events, Some(4.0), Confidence::None, dataset.users.len(), dataset.items.len());
        let likes = n_likes(&pairs);
        let pairs = renumbered(pairs, &places.iter().map(|place| place.0).collect::<Vec<_>>(), n_liked);
        let mut numbers = vec![0; places.len()];
        places.iter().zip(0..).for_each(|(place, number)| numbers[place.at()] = number);
        let by_number = |rows: Vec<Vec<(u32, f32)>>| -> GivenLists {
            let mut lists = vec![Vec::new(); places.len()];
            for (place, row) in rows.into_iter().enumerate() {
                let entry = |(place, weight)| GivenEntry { item: numbers[place as usize], weight, people: 5 };
                lists[numbers[place] as usize] = row.into_iter().map(entry).collect();
            }
            lists
        };
        let (min_support, per_item) = (config.privacy.min_support, 100_000);
        let neighbours = neighbours::NeighbourSettings { per_item, ..config.neighbours.clone() };
        let sequence = sequence::SequenceSettings { per_item, ..config.sequence.clone() };
        let histories = ordered(&dataset.events, Some(4.0), &places, n_liked).unwrap().0;
        let learned = als(&pairs, &config.als, |_| Ok(())).unwrap();
        let rank = config.als.factors;
        let mut values = vec![0.0; places.len() * rank];
        for (place, row) in learned.items.outer_iter().enumerate() {
            values[numbers[place] as usize * rank..][..rank].copy_from_slice(row.as_slice().unwrap());
        }
        let LossWeights { alpha0, reg, nu, like_weight } = learned.weights;
        let loss = Some(GivenLoss { alpha0, reg, nu, like_weight });
        Given {
            likes: Some(likes),
            n_users: 7,
            n_likes: 70,
            factors: Some(GivenFactors { values, rank, loss, of_content: false }),
            neighbours: Some(by_number(neighbours::unrounded(&pairs, &neighbours, min_support))),
            sequence: Some(by_number(sequence::unrounded(&histories, &sequence, min_support))),
        }
    }

    #[test]
    fn what_was_learned_elsewhere_is_used_as_if_it_was_learned_here() {
        let (mut dataset, config) = (sample(), config());
        let learned = assembled(&dataset, &config);
        dataset.given = Some(Arc::new(learned_elsewhere(&dataset, &config)));
        let given = assembled(&dataset, &config);
        let likes = |model: &Model| -> Vec<(String, u32)> {
            let catalogue = &model.catalogue;
            catalogue.items().map(|item| (catalogue.id(item).to_owned(), catalogue.likes(item))).collect()
        };
        assert_eq!(likes(&given), likes(&learned));
        assert_eq!(given.factors, learned.factors);
        assert_eq!(given.neighbours, learned.neighbours);
        assert_eq!(given.sequence, learned.sequence);
        assert_eq!(given.ease, learned.ease);
        assert_eq!(given.about.n_users, learned.about.n_users + 7);
    }

    #[test]
    fn what_was_not_given_is_learned_and_the_numbers_of_likes_are_those_that_were_given() {
        let (mut dataset, config) = (sample(), config());
        let learned = assembled(&dataset, &config);
        let mut likes = vec![0; dataset.items.len()];
        (likes[4], likes[2]) = (301, 100);
        dataset.given = Some(Arc::new(Given { likes: Some(likes), ..Given::default() }));
        let given = assembled(&dataset, &config);
        let first: Vec<(&str, u32)> = given
            .catalogue
            .items()
            .take(3)
            .map(|item| (given.catalogue.id(item), given.catalogue.likes(item)))
            .collect();
        assert_eq!(first[..2], [(&*dataset.items[4], 300), (&*dataset.items[2], 99)]);
        assert_eq!(first[2].1, 0);
        assert!(given.has(Source::Factors) && learned.has(Source::Factors));
        assert_eq!(given.factors.unwrap().rows.n_rows(), 2);
    }

    #[test]
    fn entries_that_too_few_people_are_behind_are_left_out() {
        let (mut dataset, mut config) = (sample(), config());
        dataset.given = Some(Arc::new(learned_elsewhere(&dataset, &config)));
        config.privacy.min_support = 6;
        let given = assembled(&dataset, &config);
        assert_eq!(given.neighbours.unwrap().rows.n_entries(), 0);
        assert_eq!(given.sequence.unwrap().rows.n_entries(), 0);
        assert!(is_given(&dataset, Source::Neighbours) && !is_given(&dataset, Source::Ease));
    }
}
