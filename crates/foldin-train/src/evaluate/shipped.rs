//! The model as it ships. Learn, encode, decode, recommend: whoever needs the lists of a model takes this way, so that
//! every metric is one of the bytes that ship.

use foldin_core::file::{self, FileError};
use foldin_core::model::Model;
use foldin_core::{ItemIdx, Profile, Recommender, Request, RequestError, Strategy};
use foldin_data::split::{HeldOut, Shown};
use foldin_data::{Dataset, ItemNo};

use crate::parallel::try_map;

/// Items of one user with their scores, the best first.
pub type ScoredList = Vec<(ItemNo, f32)>;

/// A recommender over a model that was encoded and decoded again, and the data set that it is of.
#[derive(Debug, Clone)]
pub struct ShippedModel<'a> {
    recommender: Recommender,
    dataset: &'a Dataset,
    /// The number of each item of the model in the data set.
    numbers: Vec<ItemNo>,
}

impl<'a> ShippedModel<'a> {
    /// Encodes and decodes a model of a data set.
    ///
    /// # Errors
    /// If the model's own reader refuses what was written: the model is larger than a file can hold, or not sound.
    ///
    /// # Panics
    /// If the model has an item that the data set lacks.
    pub fn new(model: &Model, dataset: &'a Dataset) -> Result<Self, FileError> {
        let model = file::read_score(&file::write_score(model).into())?;
        let number = |item: ItemIdx| {
            let found = dataset.items.get_index_of(model.catalogue.id(item));
            ItemNo(found.expect("the model is of this data set") as u32)
        };
        let numbers = model.catalogue.items().map(number).collect();
        Ok(ShippedModel { recommender: Recommender::new(model), dataset, numbers })
    }

    /// The recommender.
    pub fn recommender(&self) -> &Recommender {
        &self.recommender
    }

    /// The data set that users and items are numbered in.
    pub fn dataset(&self) -> &'a Dataset {
        self.dataset
    }

    /// The number of an item of the model in the data set.
    pub fn number_of(&self, item: ItemIdx) -> ItemNo {
        self.numbers[item.at()]
    }

    /// The item of the model with this number in the data set; `None` where the model lacks it.
    pub fn find(&self, item: ItemNo) -> Option<ItemIdx> {
        self.recommender.model().catalogue.find(&self.dataset.items[item.at()])
    }

    /// The profile of somebody who rated these items, oldest first.
    pub fn profile_of(&self, shown: &[Shown]) -> Profile {
        let history = shown.iter().map(|one| (&*self.dataset.items[one.item.at()], one.rating));
        self.recommender.model().profile_of(history)
    }

    /// The answer to one request.
    ///
    /// # Errors
    /// What the recommender answers with, for instance for an item that its model does not have.
    pub fn answer(&self, profile: &Profile, request: &Request) -> Result<ScoredList, RequestError> {
        let answer = self.recommender.recommend(profile, request)?;
        Ok(answer.iter().map(|one| (self.number_of(one.item), one.score)).collect())
    }

    /// The answers to one request for every user, in parallel and in their order.
    ///
    /// # Errors
    /// As [`answer`](Self::answer).
    pub fn answer_all(&self, held_out: &[HeldOut], request: &Request) -> Result<Vec<ScoredList>, RequestError> {
        try_map(held_out, |one| self.answer(&self.profile_of(&one.shown), request))
    }

    /// The `k` best items of one strategy for every user, in parallel and in their order.
    ///
    /// # Errors
    /// As [`answer`](Self::answer), and [`RequestError::NotInModel`].
    pub fn recommend_all(
        &self,
        held_out: &[HeldOut],
        strategy: Strategy,
        k: usize,
    ) -> Result<Vec<ScoredList>, RequestError> {
        self.answer_all(held_out, &best(strategy, k))
    }
}

/// A request for the `k` best items of one strategy, without reasons.
pub(super) fn best(strategy: Strategy, k: usize) -> Request {
    Request { k, strategy, reasons: false, ..Request::default() }
}

/// The items alone.
pub fn items_of(lists: &[ScoredList]) -> Vec<Vec<ItemNo>> {
    lists.iter().map(|list| list.iter().map(|(item, _)| *item).collect()).collect()
}

#[cfg(test)]
mod tests {
    use foldin_core::Signal;
    use foldin_core::model::{About, Catalogue, CatalogueItem};

    use super::*;

    #[test]
    fn what_is_rated_below_the_threshold_is_known_but_not_liked() {
        let items = ["a", "b", "c"].map(|id| CatalogueItem { id: id.to_owned(), likes: 1, ..Default::default() });
        let ids = items.iter().map(|item| Box::from(item.id.as_str())).collect();
        let dataset = Dataset { items: ids, ..Dataset::default() };
        let shown = [(0, 4.0), (1, 3.5), (2, 1.0)].map(|(item, rating)| Shown { item: ItemNo(item), rating });
        let signals = |like_threshold| {
            let about = About { like_threshold, ..About::default() };
            let model = Model::new(about, Catalogue::new(items.to_vec()));
            let profile = ShippedModel::new(&model, &dataset).unwrap().profile_of(&shown);
            profile.events().iter().map(|event| event.signal).collect::<Vec<_>>()
        };
        assert_eq!(signals(Some(4.0)), [Signal::Liked, Signal::Seen, Signal::Seen]);
        assert_eq!(signals(None), [Signal::Liked; 3]);
    }
}
