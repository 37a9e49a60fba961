//! Refit: the ridge solved again for the entries that a model keeps.
//!
//! Pruning leaves the values as they were beside all others. For column `j` with entries in the rows `S` the best values
//! are those of a ridge of its own: `G[S][S] b = G[S][j]`, where `G` is `XtX` with the ridge on its diagonal (Steck 2019,
//! equation 4, restricted to `S`). On the validation part of `strong` on ml-1m this is worth 1 to 2 % of NDCG@10 at 50
//! entries an item.
//!
//! Cost: `m^3 / 6` multiplications for a column of `m` entries, and its `m^2` values in memory, a thread.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::{cholesky_in_place, cholesky_in_place_scratch};
use faer::linalg::triangular_solve::{solve_lower_triangular_in_place, solve_upper_triangular_in_place};
use faer::prelude::{Reborrow, ReborrowMut};
use faer::{MatMut, Par, Spec};

use crate::learn::pruning::Entry;
use crate::parallel::map_up_to_with;

/// Gives every entry its best value beside the others that are there. `gram` is symmetric, and positive definite.
pub(super) fn refit(mut rows: Vec<Vec<Entry>>, gram: &[f32]) -> Vec<Vec<Entry>> {
    let n = rows.len();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (row, entries) in rows.iter().enumerate() {
        entries.iter().for_each(|&(column, _)| columns[column as usize].push(row));
    }
    let solved = map_up_to_with(n, Vec::new, |system, column| {
        let values = |other: usize| &gram[other * n..(other + 1) * n];
        solve(&columns[column], values(column), values, system)
    });
    // Rows and the entries of a column ascend alike: each row takes the next value of the columns it meets.
    let mut next = vec![0; n];
    for (column, value) in rows.iter_mut().flatten() {
        let place = &mut next[*column as usize];
        *value = solved[*column as usize][*place];
        *place += 1;
    }
    rows
}

/// The values of one column: those of `target` at the chosen places, as a sum over the chosen ones of all others.
fn solve<'a>(chosen: &[usize], target: &[f32], values: impl Fn(usize) -> &'a [f32], system: &mut Vec<f32>) -> Vec<f32> {
    let m = chosen.len();
    system.clear();
    for &other in chosen {
        let values = values(other);
        system.extend(chosen.iter().map(|&one| values[one]));
    }
    let mut solution: Vec<f32> = chosen.iter().map(|&one| target[one]).collect();
    let mut scratch = MemBuffer::new(cholesky_in_place_scratch::<f32>(m, Par::Seq, Spec::default()));
    let mut lower = MatMut::from_column_major_slice_mut(system, m, m);
    cholesky_in_place(lower.rb_mut(), Default::default(), Par::Seq, MemStack::new(&mut scratch), Spec::default())
        .expect("a part of a positive definite matrix is positive definite");
    let mut right = MatMut::from_column_major_slice_mut(&mut solution, m, 1);
    solve_lower_triangular_in_place(lower.rb(), right.rb_mut(), Par::Seq);
    solve_upper_triangular_in_place(lower.rb().transpose(), right, Par::Seq);
    solution
}
