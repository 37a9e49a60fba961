//! `loo`, leave one out: the newest like of every user is the test, the second newest the validation.

use super::rows::{Part, Rows};
use crate::dataset::UserNo;

pub(super) fn rows(likes_of_users: &[Vec<usize>]) -> Rows {
    let mut rows = Rows { train: Vec::new(), validation: Vec::new(), test: Vec::new() };
    for (user, likes) in (0..).map(UserNo).zip(likes_of_users) {
        let [shown @ .., second_newest, newest] = likes.as_slice() else { continue };
        rows.train.extend(shown);
        rows.validation.push(Part { user, shown: shown.to_vec(), relevant: vec![*second_newest] });
        rows.test.push(Part { user, shown: shown.to_vec(), relevant: vec![*newest] });
    }
    rows.train.sort_unstable();
    rows
}
