//! Numbers: quantised and sparse rows, products, systems of equations, and the best few of many scores.

pub mod cholesky;
pub(crate) mod elementary;
pub(crate) mod finite;
mod quantised_rows;
mod quantised_values;
mod sparse_rows;
pub(crate) mod top_k;

pub(crate) use self::quantised_rows::QuantisedRowsWire;
pub use self::quantised_rows::{MAX_COLS, MAX_VALUE, QuantisedQuery, QuantisedRows};
pub use self::quantised_values::QuantisedValues;
pub(crate) use self::sparse_rows::SparseRowsWire;
pub use self::sparse_rows::{SparseRow, SparseRows};
