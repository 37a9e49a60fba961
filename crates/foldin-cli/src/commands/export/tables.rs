//! What is exported, before it is written in one format or another.

use foldin_core::ItemIdx;
use foldin_core::model::{Catalogue, Descriptions, ItemLists, Model};

/// The parts of a model that other programs can use.
pub(super) struct Tables<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) descriptions: &'a Descriptions,
    /// The vectors of the first items of the catalogue.
    pub(super) factors: Option<Vectors>,
    /// Weights between items, with the names of their files.
    pub(super) lists: Vec<(&'static str, Lists)>,
}

/// Rows of equal length.
pub(super) struct Vectors {
    pub(super) values: Vec<f32>,
    pub(super) rank: usize,
}

/// Weights by the items that are liked: compressed sparse rows.
#[derive(Default)]
pub(super) struct Lists {
    /// Where each row begins, and the end of the last.
    pub(super) starts: Vec<usize>,
    pub(super) others: Vec<u32>,
    pub(super) weights: Vec<f32>,
}

impl<'a> Tables<'a> {
    pub(super) fn of(model: &'a Model, descriptions: &'a Descriptions) -> Self {
        let factors = model.factors.as_ref().map(|factors| {
            let rank = factors.rows.n_cols();
            let mut values = vec![0.0; factors.rows.n_rows() * rank];
            let rows = values.chunks_exact_mut(rank).enumerate();
            rows.for_each(|(n, row)| factors.rows.dequantise_into(n, row));
            Vectors { values, rank }
        });
        let parts = [("neighbours", &model.neighbours), ("ease", &model.ease), ("sequence", &model.sequence)];
        let lists =
            parts.into_iter().filter_map(|(name, lists)| Some((name, Lists::of(lists.as_ref()?, &model.catalogue))));
        Tables { catalogue: &model.catalogue, descriptions, factors, lists: lists.collect() }
    }

    /// The id of an item by its place in the catalogue.
    pub(super) fn id(&self, place: usize) -> &'a str {
        self.catalogue.id(ItemIdx(place as u32))
    }

    /// The genres and tags of an item, each list in one cell.
    pub(super) fn genres_and_tags(&self, item: ItemIdx) -> [String; 2] {
        let joined = |values: Vec<&str>| values.join("|");
        [joined(self.catalogue.genre_names_of(item).collect()), joined(self.descriptions.tags(item).collect())]
    }
}

impl Lists {
    fn of(lists: &ItemLists, catalogue: &Catalogue) -> Self {
        let mut all = Lists { starts: vec![0], ..Lists::default() };
        for item in catalogue.items() {
            for (other, weight) in lists.rows.row(item.at()).iter() {
                all.others.push(other);
                all.weights.push(weight);
            }
            all.starts.push(all.others.len());
        }
        all
    }
}
