//! EASE: every item's likes as a linear function of the other items' likes, learned in closed form.
//!
//! Loss (Steck 2019, "Embarrassingly shallow autoencoders for sparse data", arXiv 1905.03375), with `X` users by items:
//!
//! ```text
//! |X - X B|^2 + reg |B|^2    where the diagonal of B is zero
//! ```
//!
//! Its minimum is `B[i][j] = -P[i][j] / P[j][j]` off the diagonal, with `P = (XtX + reg I)^-1`. `XtX` holds whole
//! numbers, and `P` is taken through Cholesky factors: `XtX + reg I = L Lt`, `P = (L^-1)t L^-1`, all in f32. On ml-1m
//! its entries differ from those in f64 by 6e-7 at most, where the largest is 0.4.
//!
//! With [`dropout`](EaseSettings::dropout) `p` above 0 this is EDLAE (Steck 2020, "Autoencoders that don't overfit towards
//! the identity", NeurIPS 33): a share `p` of each person's likes is hidden and has to be found from the others. In
//! expectation that adds `p / (1 - p)` times the likes of an item to its place on the diagonal.
//!
//! A model holds a few of the entries only: once they are chosen (`pruning`), the same ridge is solved again for them
//! alone (`refit`).
//!
//! Every like counts the same, whatever its weight in the matrix: those are weights of the loss of iALS.
//!
//! Cost: `n^3` multiplications and `8 n^2` bytes for `n` items: a second and 100 MB for the 3,500 of ml-1m, minutes
//! and 3.2 GB for 20,000. So it is learned only as far as memory reaches, and larger catalogues are refused or cut to
//! their most liked items, as [`EaseSettings::beyond`] says.
//!
//! The products of faer are the same bits at any number of threads (the tests hold it to that), but on processors with
//! the same registers only, as those of [`als`](super::als).

mod refit;

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::{cholesky_in_place, cholesky_in_place_scratch};
use faer::linalg::matmul::triangular::{BlockStructure, matmul};
use faer::linalg::triangular_inverse::invert_lower_triangular;
use faer::{Accum, MatMut, MatRef, Par, Spec};
use foldin_core::linalg::SparseRows;
use foldin_core::model::{ItemLists, Weighting};
use serde::{Deserialize, Serialize};

use self::refit::refit;
use super::OutOfBounds;
use super::pruning::{Entry, Pruning, candidates, kept};
use super::together::{Both, Together};
use crate::parallel::{for_chunks_mut, map_up_to_with};
use foldin_data::interactions::Interactions;

/// Settings of the learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct EaseSettings {
    /// Strength of the regularisation, above 0; `None`: [`ease_reg_for`] the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reg: Option<f32>,
    /// The share of likes that are hidden while learning, from 0 (EASE) on, below 1.
    pub dropout: f32,
    /// Entries of a list, on average, at least 1: popular items, which more profiles hold, have longer ones.
    pub per_item: usize,
    /// Memory that the learning may take, in MB of a million bytes. The default is enough for 4,000 items, and so for
    /// learning in seconds, which grows with the cube of their number.
    pub max_memory: usize,
    /// What becomes of a catalogue that takes more.
    pub beyond: Beyond,
}

/// What becomes of a catalogue that is too large for [`EaseSettings::max_memory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// Nothing is learned: [`EaseTooLarge`].
    Refuse,
    /// Lists of the most liked items that fit, and of no other: the rest neither speak nor are spoken for.
    #[default]
    MostLiked,
}

impl Default for EaseSettings {
    fn default() -> Self {
        EaseSettings { reg: None, dropout: 0.35, per_item: 50, max_memory: 130, beyond: Beyond::MostLiked }
    }
}

/// A catalogue that dense EASE cannot be learned for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "EASE of {n_items} items takes {needed} MB of memory, and {max_memory} MB are allowed, which is enough for \
     {n_fit}; raise `max-memory` to {needed}, set `beyond = \"most-liked\"` to learn it for the {n_fit} most liked \
     items alone, or leave EASE out"
)]
pub struct EaseTooLarge {
    /// Items with likes.
    pub n_items: usize,
    /// MB that learning takes.
    pub needed: usize,
    /// MB that it may take.
    pub max_memory: usize,
    /// Items that these are enough for.
    pub n_fit: usize,
}

/// Why EASE was not learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EaseError {
    /// The catalogue is too large.
    #[error(transparent)]
    TooLarge(#[from] EaseTooLarge),
    /// The lists hold values that a model cannot hold.
    #[error(transparent)]
    OutOfBounds(#[from] OutOfBounds),
}

/// A regularisation that suits the data: `30 sqrt(likes / items)`.
///
/// On the validation part of `strong` the best values, with the default dropout or near it, were about 400 on ml-1m (124
/// likes an item), 240 on ml-100k (27), 40 on ml-latest-small (7), 50 on lastfm-2k (5) and 40 on movietweetings-100k (5).
/// NDCG@10 is flat around them: with this line it stays within 1 % of the best.
pub fn ease_reg_for(n_likes: usize, n_items: usize) -> f32 {
    30.0 * (n_likes.max(1) as f32 / n_items.max(1) as f32).sqrt()
}

/// Learns the lists from likes, users by items in catalogue order. With [`Beyond::MostLiked`] there may be fewer rows
/// than items: the rest did not fit. From a `min_support` of 2 on, two items have an entry where at least so many
/// people like both; with 1, all do.
///
/// # Errors
/// [`EaseTooLarge`] where memory does not reach, and the settings do not say to go on with fewer items; [`OutOfBounds`]
/// where the regularisation is too small to invert the matrix.
///
/// # Panics
/// If `per_item` is 0, or `reg` is not above 0.
pub fn ease(likes: &Interactions, settings: &EaseSettings, min_support: usize) -> Result<ItemLists, EaseError> {
    let n_fit = items_within(settings.max_memory);
    let n = match (likes.cols() > n_fit, settings.beyond) {
        (false, _) => likes.cols(),
        (true, Beyond::MostLiked) => n_fit,
        (true, Beyond::Refuse) => {
            let n_items = likes.cols();
            let needed = bytes_for(n_items).div_ceil(MB);
            return Err(EaseTooLarge { n_items, needed, max_memory: settings.max_memory, n_fit }.into());
        }
    };
    let by_item = likes.transpose_view().to_csr();
    let pops: Vec<f32> = by_item.outer_iterator().take(n).map(|users| users.nnz() as f32).collect();
    let reg = settings.reg.unwrap_or_else(|| ease_reg_for(pops.iter().sum::<f32>() as usize, n));
    assert!(reg > 0.0, "EASE needs a regularisation above 0");
    assert!((0.0..1.0).contains(&settings.dropout), "some likes are left to learn from");
    let ridge = Ridge { reg, per_like: settings.dropout / (1.0 - settings.dropout) };
    // `0.0`: no damping follows, so that popular columns are not held back either.
    let pruning = Pruning::new(&pops, settings.per_item, 0.0);
    let rows = chosen(likes, &by_item, &ridge, &pruning, min_support, n);
    let rows = refit(rows, &gram(likes, &by_item, &ridge, n));
    let rows = SparseRows::try_quantise(rows).ok_or(OutOfBounds)?;
    Ok(ItemLists { rows, weighting: Weighting::default() })
}

/// What is added to the diagonal of `XtX`.
struct Ridge {
    reg: f32,
    /// This many times the likes of the item.
    per_like: f32,
}

/// The entries that a model of all of them would hold, by row, ascending: which ones stay is decided by its values.
fn chosen(
    likes: &Interactions,
    by_item: &Interactions,
    ridge: &Ridge,
    pruning: &Pruning,
    min_support: usize,
    n: usize,
) -> Vec<Vec<Entry>> {
    let inverse = inverse(gram(likes, by_item, ridge, n), n);
    // Only the lower half was computed; it lies column by column.
    let p = |i: usize, j: usize| inverse[i.min(j) * n + i.max(j)];
    let diagonal: Vec<f32> = (0..n).map(|j| p(j, j)).collect();
    let row = |together: &mut Together, i: usize| {
        let others: Vec<u32> = if min_support > 1 {
            let users = by_item.outer_view(i);
            let counted = together.count(likes.view(), users.as_ref().map_or(&[], |users| users.indices()), |_| 1.0);
            let is_entry = |both: &Both| both.people as usize >= min_support && (both.item as usize) < n;
            counted.into_iter().filter(is_entry).map(|both| both.item).collect()
        } else {
            (0..n as u32).collect()
        };
        let others = others.into_iter().filter(|&j| j as usize != i);
        let entries = others.map(|j| (j, -p(i, j as usize) / diagonal[j as usize]));
        candidates(entries.filter(|(_, value)| *value != 0.0).collect(), i, pruning)
    };
    let rows = map_up_to_with(n, || Together::new(likes.cols()), row);
    kept(rows, pruning).collect()
}

const MB: usize = 1_000_000;

/// Two square matrices of f32.
fn bytes_for(n_items: usize) -> usize {
    n_items.saturating_mul(n_items).saturating_mul(2 * size_of::<f32>())
}

fn items_within(megabytes: usize) -> usize {
    (megabytes.saturating_mul(MB) / (2 * size_of::<f32>())).isqrt()
}

/// `XtX` of the first `n` items with the ridge on its diagonal, column by column. Counts below 2^24 are exact in f32.
fn gram(likes: &Interactions, by_item: &Interactions, ridge: &Ridge, n: usize) -> Vec<f32> {
    let mut gram = vec![0.0; n * n];
    for_chunks_mut(
        &mut gram,
        n.max(1),
        || (),
        |(), item, column| {
            for &user in by_item.outer_view(item).iter().flat_map(|users| users.indices()) {
                let items = likes.outer_view(user as usize);
                let others = items.iter().flat_map(|items| items.indices()).take_while(|&&other| (other as usize) < n);
                others.for_each(|&other| column[other as usize] += 1.0);
            }
            column[item] += ridge.per_like * column[item] + ridge.reg;
        },
    );
    gram
}

/// The lower half of the inverse of a positive definite matrix; the upper half holds nothing.
fn inverse(mut matrix: Vec<f32>, n: usize) -> Vec<f32> {
    #[cfg(feature = "threads")]
    let par = Par::rayon(0);
    #[cfg(not(feature = "threads"))]
    let par = Par::Seq;
    let mut scratch = MemBuffer::new(cholesky_in_place_scratch::<f32>(n, par, Spec::default()));
    let lower = MatMut::from_column_major_slice_mut(&mut matrix, n, n);
    cholesky_in_place(lower, Default::default(), par, MemStack::new(&mut scratch), Spec::default())
        .expect("a sum of squares with something added to its diagonal is positive definite");
    let mut inverse_of_lower = vec![0.0; n * n];
    invert_lower_triangular(
        MatMut::from_column_major_slice_mut(&mut inverse_of_lower, n, n),
        MatRef::from_column_major_slice(&matrix, n, n),
        par,
    );
    let factor = MatRef::from_column_major_slice(&inverse_of_lower, n, n);
    matmul(
        MatMut::from_column_major_slice_mut(&mut matrix, n, n),
        BlockStructure::TriangularLower,
        Accum::Replace,
        factor.transpose(),
        BlockStructure::TriangularUpper,
        factor,
        BlockStructure::TriangularLower,
        1.0,
        par,
    );
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::on_threads;
    use foldin_fixtures::interactions;

    fn likes(n_users: u32, n_items: u32) -> Interactions {
        let pairs = (0..n_users * 12).map(|n| (n * 7919 % n_users, (n * n + n / 7) % n_items));
        interactions(pairs.collect(), n_users as usize, n_items as usize)
    }

    /// Solves `a x = b` by elimination with pivots, in f64.
    fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
        let n = b.len();
        for k in 0..n {
            let pivot = (k..n).max_by(|&x, &y| a[x][k].abs().total_cmp(&a[y][k].abs())).unwrap();
            a.swap(k, pivot);
            b.swap(k, pivot);
            for row in k + 1..n {
                let factor = a[row][k] / a[k][k];
                (k..n).for_each(|column| a[row][column] -= factor * a[k][column]);
                b[row] -= factor * b[k];
            }
        }
        for k in (0..n).rev() {
            b[k] = (b[k] - (k + 1..n).map(|column| a[k][column] * b[column]).sum::<f64>()) / a[k][k];
        }
        b
    }

    /// Lists of all entries and of some of them, with and without dropout.
    #[test]
    fn every_column_is_the_least_squares_fit_by_the_items_that_have_an_entry_for_it() {
        for (per_item, dropout) in [(50, 0.0), (50, 0.6), (5, 0.0), (5, 0.4)] {
            is_the_least_squares_fit(per_item, dropout);
        }
    }

    fn is_the_least_squares_fit(per_item: usize, dropout: f32) {
        let (likes, reg, n) = (likes(40, 12), 3.0, 12);
        let settings = EaseSettings { reg: Some(reg), dropout, per_item, ..EaseSettings::default() };
        let lists = ease(&likes, &settings, 1).unwrap();
        let both = |i: usize, j: usize| {
            let liked = |user: usize, item: usize| likes.get(user, item).is_some();
            (0..40).filter(|&user| liked(user, i) && liked(user, j)).count() as f64
        };
        let hidden = f64::from(dropout) / (1.0 - f64::from(dropout));
        for j in 0..n {
            let has_entry = |&i: &usize| i != j && (per_item >= n || lists.rows.row(i).at(j as u32) != 0.0);
            let others: Vec<usize> = (0..n).filter(has_entry).collect();
            let normal = |&a: &usize| -> Vec<f64> {
                let ridge = f64::from(reg) + hidden * both(a, a);
                others.iter().map(|&b| both(a, b) + if a == b { ridge } else { 0.0 }).collect()
            };
            let fit = solve(others.iter().map(normal).collect(), others.iter().map(|&i| both(i, j)).collect());
            assert_eq!(lists.rows.row(j).at(j as u32), 0.0);
            for (&i, fit) in others.iter().zip(fit) {
                let row = lists.rows.row(i);
                assert!((f64::from(row.at(j as u32)) - fit).abs() <= f64::from(row.scale) * 0.51, "{i} {j}: {fit}");
            }
        }
        // Some round to 0.
        assert!(lists.rows.n_entries() > n * per_item.min(n - 1) * 9 / 10, "{}", lists.rows.n_entries());
    }

    #[test]
    fn an_entry_has_as_many_people_behind_it_as_are_asked_for() {
        let likes = likes(40, 30);
        let liked = |user: usize, item: usize| likes.get(user, item).is_some();
        let both = |i: usize, j: usize| (0..40).filter(|&user| liked(user, i) && liked(user, j)).count();
        let settings = EaseSettings { reg: Some(3.0), ..EaseSettings::default() };
        for min_support in [2, 3, 5] {
            let lists = ease(&likes, &settings, min_support).unwrap();
            for i in 0..30 {
                let columns = lists.rows.row(i).columns;
                assert!(columns.iter().all(|&j| both(i, j as usize) >= min_support), "{min_support} {i}");
            }
            assert!(lists.rows.n_entries() > 0, "{min_support}");
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_lists() {
        let likes = likes(900, 700);
        let learn = |n_threads: usize| {
            let ridge = Ridge { reg: 9.0, per_like: 0.5 };
            on_threads(n_threads, || inverse(gram(&likes, &likes.transpose_view().to_csr(), &ridge, 700), 700))
        };
        let bits = |values: Vec<f32>| -> Vec<u32> { values.into_iter().map(f32::to_bits).collect() };
        let one = bits(learn(1));
        assert_eq!(one, bits(learn(2)));
        assert_eq!(one, bits(learn(3)));
        let short = EaseSettings { per_item: 25, ..EaseSettings::default() };
        let learn = |n_threads: usize| on_threads(n_threads, || ease(&likes, &short, 1).unwrap());
        let one = learn(1);
        assert_eq!(one.rows.n_entries(), 25 * 700);
        assert_eq!((&learn(2), &learn(3)), (&one, &one));
    }

    #[test]
    fn a_catalogue_that_memory_is_too_small_for_is_refused_with_numbers() {
        let likes = interactions(vec![(0, 0), (0, 600)], 1, 601);
        let settings = EaseSettings { max_memory: 2, beyond: Beyond::Refuse, ..EaseSettings::default() };
        let error = ease(&likes, &settings, 1).unwrap_err();
        assert_eq!(error, EaseTooLarge { n_items: 601, needed: 3, max_memory: 2, n_fit: 500 }.into());
        assert!(error.to_string().contains("601 items takes 3 MB"), "{error}");
        assert_eq!(items_within(EaseSettings::default().max_memory), 4031);
    }

    #[test]
    fn or_it_is_learned_for_the_most_liked_items_that_fit() {
        let likes = likes(300, 600);
        let settings = EaseSettings { max_memory: 2, beyond: Beyond::MostLiked, reg: Some(9.0), ..Default::default() };
        let cut = ease(&likes, &settings, 1).unwrap();
        assert_eq!(cut.rows.n_rows(), 500);
        assert!(cut.rows.n_columns() <= 500);
        let first = (0..300).flat_map(|user| {
            let items = likes.outer_view(user as usize).unwrap().indices().to_vec();
            items.into_iter().filter(|&item| item < 500).map(move |item| (user, item))
        });
        let alone = interactions(first.collect(), 300, 500);
        assert_eq!(ease(&alone, &settings, 1).unwrap(), cut);
    }

    #[test]
    fn settings_are_written_and_read_as_toml() {
        let text = toml::to_string(&EaseSettings::default()).unwrap();
        assert_eq!(toml::from_str::<EaseSettings>(&text).unwrap(), EaseSettings::default());
        let settings: EaseSettings = toml::from_str("reg = 9.0\nbeyond = \"most-liked\"").unwrap();
        assert_eq!((settings.reg, settings.beyond), (Some(9.0), Beyond::MostLiked));
    }

    #[test]
    fn no_likes_give_empty_lists() {
        let lists = ease(&interactions(vec![], 0, 0), &EaseSettings::default(), 1).unwrap();
        assert_eq!(lists.rows.n_rows(), 0);
        let lists = ease(&interactions(vec![], 2, 3), &EaseSettings::default(), 1).unwrap();
        assert_eq!((lists.rows.n_rows(), lists.rows.n_entries()), (3, 0));
    }
}
