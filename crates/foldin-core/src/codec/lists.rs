//! Rows of small numbers, each as long as it needs to be: genres of items, tags of items, histories of users.

use serde::Serialize;

use super::{Decode, Input, decode_fields};

/// An immutable list of rows of `u32`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(into = "ListsWire")]
pub struct Lists {
    values: Vec<u32>,
    ends: Vec<u32>,
}

#[derive(Serialize)]
struct ListsWire {
    lengths: Vec<u32>,
    values: Vec<u32>,
}

decode_fields!(ListsWire { lengths, values });

impl<'a> Decode<'a> for Lists {
    #[inline(never)]
    fn decode(input: &mut Input<'a>) -> Self {
        let read = Self::try_from(ListsWire::decode(input));
        if read.is_err() {
            input.fail();
        }
        read.unwrap_or_default()
    }
}

impl Lists {
    /// Lays rows one behind the other.
    ///
    /// # Panics
    /// If there are more than `u32::MAX` values together.
    pub fn from_rows<R: AsRef<[u32]>>(rows: impl IntoIterator<Item = R>) -> Self {
        let mut lists = Lists::default();
        for row in rows {
            lists.values.extend_from_slice(row.as_ref());
            lists.ends.push(u32::try_from(lists.values.len()).expect("at most u32::MAX values"));
        }
        lists
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One row.
    ///
    /// # Panics
    /// If `n` is not below [`len`](Self::len).
    pub fn row(&self, n: usize) -> &[u32] {
        &self.values[self.start_of(n)..self.ends[n] as usize]
    }

    /// The place of a row's first value among the [`values`](Self::values) of all rows.
    pub(crate) fn start_of(&self, n: usize) -> usize {
        if n == 0 { 0 } else { self.ends[n - 1] as usize }
    }

    /// The values of all rows.
    pub fn values(&self) -> &[u32] {
        &self.values
    }
}

impl TryFrom<ListsWire> for Lists {
    type Error = &'static str;

    fn try_from(wire: ListsWire) -> Result<Self, Self::Error> {
        let mut ends = wire.lengths;
        let mut end = 0_u32;
        for length in &mut ends {
            end = end.checked_add(*length).ok_or("rows are longer than their values")?;
            *length = end;
        }
        if end as usize != wire.values.len() {
            return Err("rows and values differ in number");
        }
        Ok(Lists { values: wire.values, ends })
    }
}

impl From<Lists> for ListsWire {
    fn from(lists: Lists) -> Self {
        let lengths = (0..lists.len()).map(|n| lists.row(n).len() as u32).collect();
        ListsWire { lengths, values: lists.values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_in() {
        let lists = Lists::from_rows([vec![3, 1], vec![], vec![7]]);
        let bytes = postcard::to_allocvec(&lists).unwrap();
        let back: Lists = super::super::decoded(&bytes).unwrap();
        assert_eq!((back.row(0), back.row(1), back.row(2)), (&[3, 1][..], &[][..], &[7][..]));
    }

    #[test]
    fn lengths_that_do_not_fit_the_values_are_refused() {
        for lengths in [vec![1], vec![3], vec![u32::MAX, 3]] {
            assert!(Lists::try_from(ListsWire { lengths, values: vec![1, 2] }).is_err());
        }
    }
}
