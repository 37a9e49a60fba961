//! What a model knows of two items together: whether one may be named as a reason for the other.

use crate::index::ItemIdx;
use crate::model::{Catalogue, Model};

/// The part of the catalogue that counts as popular: its most liked fifth.
const POPULAR_PART: usize = 5;

/// Whether the model says anything of two items together: an entry of a list, which rests on several people who like
/// both, or content that they share. Factors alone say nothing of a pair: every item has some cosine with every other.
pub(super) fn connects(model: &Model, a: ItemIdx, b: ItemIdx) -> bool {
    let lists = [&model.neighbours, &model.ease, &model.sequence];
    let listed = |from: ItemIdx, to: ItemIdx| {
        lists.iter().copied().flatten().any(|lists| lists.rows.row(from.at()).at(to.0) != 0.0)
    };
    let alike = || model.content.as_ref().is_some_and(|content| content.cosine(a.at(), b.at()) > 0.0);
    listed(a, b) || listed(b, a) || alike()
}

/// Whether an item is among the most liked fifth of the catalogue, whose items are in order of their likes.
pub(super) fn is_popular(catalogue: &Catalogue, item: ItemIdx) -> bool {
    item.at() < catalogue.len().div_ceil(POPULAR_PART) && catalogue.likes(item) > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::SparseRows;
    use crate::model::{About, CatalogueItem, Content, ItemLists, Weighting};

    fn item(id: &str, likes: u32) -> CatalogueItem {
        CatalogueItem { id: id.to_owned(), likes, ..CatalogueItem::default() }
    }

    fn model() -> Model {
        let items: Vec<CatalogueItem> = (0..10).map(|n| item(&n.to_string(), 10 - n)).collect();
        Model::new(About::default(), Catalogue::new(items))
    }

    #[test]
    fn an_entry_in_either_direction_or_shared_content_connects_two_items() {
        let mut model = model();
        assert!(!connects(&model, ItemIdx(0), ItemIdx(1)));
        let rows = |entries: &[(usize, &[(u32, f32)])]| {
            let row = |n| entries.iter().find(|(own, _)| *own == n).map_or(&[][..], |(_, row)| row);
            SparseRows::quantise((0..10).map(row))
        };
        model.neighbours = Some(ItemLists { rows: rows(&[(0, &[(1, 0.5)])]), weighting: Weighting::default() });
        model.content = Some(Content::new(rows(&[(2, &[(7, 1.0)]), (3, &[(7, 1.0)])])));
        for (a, b, expected) in [(0, 1, true), (1, 0, true), (2, 3, true), (0, 2, false)] {
            assert_eq!(connects(&model, ItemIdx(a), ItemIdx(b)), expected, "{a} {b}");
        }
    }

    #[test]
    fn a_fifth_of_the_catalogue_is_popular_if_anybody_likes_it() {
        let catalogue = model().catalogue;
        assert!(is_popular(&catalogue, ItemIdx(1)) && !is_popular(&catalogue, ItemIdx(2)));
        let nobody = Catalogue::new(vec![item("a", 0)]);
        assert!(!is_popular(&nobody, ItemIdx(0)));
    }
}
