//! How much two items are alike.

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::linalg::top_k::Scored;
use crate::model::Catalogue;
use crate::model::{Model, Placement};
use crate::request::Similarity;
use crate::source::Source;

/// Likes at which what the same people like counts as much as content.
const SHRINKAGE: f32 = 20.0;

/// Every item that is like one at all, in catalogue order, with how much; not the item itself.
///
/// # Errors
/// [`RequestError::NotInModel`] if the model has no factors, or no content.
pub(crate) fn similar_to(model: &Model, item: ItemIdx, by: Similarity) -> Result<Vec<Scored>, RequestError> {
    let catalogue = &model.catalogue;
    let scored: Vec<Scored> = match by {
        Similarity::Factors => {
            let missing = RequestError::NotInModel { part: Source::Factors.part() };
            let rows = &model.factors.as_ref().ok_or(missing)?.rows;
            let others = if item.at() < rows.n_rows() { rows.n_rows() } else { 0 };
            let score = |other: ItemIdx| by_support(model, item, other, rows.cosine(item.at(), other.at()));
            catalogue.items().take(others).map(|other| (other, score(other))).collect()
        }
        Similarity::Content => {
            let missing = RequestError::NotInModel { part: Source::Content.part() };
            let content = model.content.as_ref().ok_or(missing)?;
            let alike = catalogue.items().map(|other| (other, content.cosine(item.at(), other.at())));
            alike.filter(|(_, score)| *score > 0.0).collect()
        }
        Similarity::Genres => {
            let alike = catalogue.items().map(|other| (other, jaccard(catalogue, item, other)));
            alike.filter(|(_, score)| *score > 0.0).collect()
        }
    };
    Ok(scored.into_iter().filter(|(other, _)| *other != item).collect())
}

/// A cosine by factors, shrunk by the likes that it rests on, towards the cosine by content: `w factors + (1 - w) content`
/// with `w = n / (n + 20)` and `n` the likes of the item that fewer like (shrinkage as of Bell and Koren 2007, section
/// 2.2). Without content, towards 0. Vectors that rest on no likes known here are not shrunk.
fn by_support(model: &Model, a: ItemIdx, b: ItemIdx, by_factors: f32) -> f32 {
    if model.about.n_users == 0 || model.factors.as_ref().is_some_and(|factors| factors.placement == Placement::Mean) {
        return by_factors;
    }
    let n = model.catalogue.likes(a).min(model.catalogue.likes(b)) as f32;
    let weight = n / (n + SHRINKAGE);
    let by_content = model.content.as_ref().map_or(0.0, |content| content.cosine(a.at(), b.at()));
    weight * by_factors + (1.0 - weight) * by_content
}

/// How alike two items are to somebody who reads a list of both, 0 to 1: the mean of the cosines by taste and by
/// content, as far as the model has them, else the Jaccard index of the genres.
pub(crate) fn alike(model: &Model, a: ItemIdx, b: ItemIdx) -> f32 {
    let mut kinds = 0.0;
    let mut sum = 0.0;
    if let Some(factors) = &model.factors {
        kinds += 1.0;
        if a.at().max(b.at()) < factors.rows.n_rows() {
            sum += factors.rows.cosine(a.at(), b.at()).max(0.0);
        }
    }
    if let Some(content) = &model.content {
        kinds += 1.0;
        sum += content.cosine(a.at(), b.at()).max(0.0);
    }
    if kinds > 0.0 { sum / kinds } else { jaccard(&model.catalogue, a, b) }
}

/// `|A and B| / |A or B|` over the genres of two items; 0 where neither has any.
fn jaccard(catalogue: &Catalogue, a: ItemIdx, b: ItemIdx) -> f32 {
    let (a, b) = (catalogue.genres(a), catalogue.genres(b));
    let both = a.iter().filter(|genre| b.contains(genre)).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f32 / either as f32 }
}
