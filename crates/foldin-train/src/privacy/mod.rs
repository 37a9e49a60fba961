//! What a score file gives away about the people that it was learned from.
//!
//! Three attacks are run on the bytes of the file, and judged by the likes that it was learned from:
//!
//! - [`reconstruct`] names histories: what an item that one person alone likes is connected with, that person likes too.
//! - [`neighbours_of_rarest`] is what somebody learns who knows one rare like of a person.
//! - [`membership`] guesses who was learned from, by how well the item factors fit a history.
//!
//! [`assess`] is the first two, with the number of people behind every entry of the file's lists.

mod known;
mod membership;
mod reconstruct;
mod support;

use bytes::Bytes;
use foldin_core::ItemIdx;
use foldin_core::file::{self, FileError};

use self::known::KnownLikes;
pub use self::membership::{Membership, MembershipError, membership};
pub use self::reconstruct::{neighbours_of_rarest, reconstruct};
use self::support::support;
use crate::artefacts::PrivacyFigures;
use crate::assemble::TrainingData;
use crate::config::Config;

/// Attacks a score file, and counts the people behind its entries. `data` and `config` are those that it was learned
/// with; items that the file does not know are left out. Of lists that were learned elsewhere, the number of people is that
/// which was given with them; the attacks are judged by the likes of the data set alone.
///
/// Cost: `O(sum over users of len^2)` and `O(n_events window)`, as learning the lists.
///
/// # Errors
/// If the bytes are no sound score file.
pub fn assess(score: &Bytes, data: TrainingData<'_>, config: &Config) -> Result<PrivacyFigures, FileError> {
    let model = file::read_score(score)?;
    let known = KnownLikes::new(data, &model.catalogue);
    let min_support = config.privacy.min_support;
    let given = data.dataset.given.as_deref();
    let is_rare =
        |(item, n_people): (ItemIdx, usize)| (1..min_support).contains(&n_people) && model.catalogue.likes(item) == 0;
    let n_people = known.by_item.outer_iterator().map(|users| users.nnz());
    Ok(PrivacyFigures {
        min_support,
        people: known.by_user.rows() + given.map_or(0, |given| given.n_users as usize),
        likes: known.by_user.nnz() + given.map_or(0, |given| given.n_likes as usize),
        rare_items: model.catalogue.items().zip(n_people).filter(|&one| is_rare(one)).count(),
        lists: support(&model, &known, data.dataset, &config.sequence),
        named: known.judge(&reconstruct(score)?),
        inferred: known.judge_inference(&neighbours_of_rarest(score)?),
    })
}

#[cfg(test)]
mod tests;
