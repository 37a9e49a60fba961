//! Sources that were learned elsewhere: brought into the order of the catalogue, pruned and rounded as learned ones are.

use foldin_core::linalg::{MAX_VALUE, QuantisedRows};
use foldin_core::model::{Factors, ItemLists, LossWeights};
use foldin_core::{ItemIdx, Source};
use foldin_data::{Dataset, Given, GivenFactors, GivenLists};

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
    pub(super) n_liked: usize,
}

impl InCatalogue<'_> {
    pub(super) fn factors(&self) -> Option<Result<Factors, AssembleError>> {
        self.given.factors.as_ref().map(|factors| self.quantised(factors))
    }

    fn quantised(&self, GivenFactors { values, rank, alpha0, reg }: &GivenFactors) -> Result<Factors, AssembleError> {
        let (alpha0, reg) = (*alpha0, *reg);
        if !values.iter().all(|value| value.abs() <= MAX_VALUE) {
            return Err(AssembleError::Diverged { alpha0, reg });
        }
        let mut ordered = vec![0.0; self.n_liked * rank];
        let liked = self.places.iter().map(|place| place.at()).zip(values.chunks_exact(*rank));
        for (place, row) in liked.filter(|(place, _)| *place < self.n_liked) {
            ordered[place * rank..][..*rank].copy_from_slice(row);
        }
        // Every like counted the same.
        let weights = LossWeights { alpha0, reg, nu: 1.0, like_weight: 1.0 };
        Ok(Factors { rows: QuantisedRows::quantise(&ordered, *rank), weights })
    }

    pub(super) fn neighbours(&self, config: &Config) -> Option<Result<ItemLists, OutOfBounds>> {
        let rows = self.rows(self.given.neighbours.as_ref()?, config.privacy.min_support);
        let mut pops = vec![0.0; self.n_liked];
        let liked = self.places.iter().zip(&self.given.likes).filter(|(place, _)| place.at() < self.n_liked);
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
