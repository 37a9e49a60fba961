//! Arrays of numbers, and what a file says of those in it.

/// Rows of equal length.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub(super) values: Vec<f32>,
    pub(super) rank: usize,
}

impl Matrix {
    /// Values of this shape, row by row.
    pub(super) fn new(values: Vec<f32>, shape: &[usize]) -> Result<Self, String> {
        match shape {
            [rows, rank] if *rank > 0 && rows.checked_mul(*rank) == Some(values.len()) => {
                Ok(Matrix { values, rank: *rank })
            }
            _ => Err(format!("has the shape {shape:?}, where rows and columns are expected, as (items, numbers)")),
        }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.values.len() / self.rank
    }
}

/// The names of the arrays in a file, with their shapes.
#[derive(Debug, Default)]
pub(super) struct Arrays(Vec<(String, Vec<usize>)>);

impl Arrays {
    /// By their names.
    pub(super) fn new(mut arrays: Vec<(String, Vec<usize>)>) -> Self {
        arrays.sort();
        Arrays(arrays)
    }

    /// A name, as it is kept here; `None` if there is no such array.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().map(|(own, _)| own.as_str()).find(|own| *own == name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Those of rows and columns.
    pub(super) fn matrices(&self) -> Vec<&str> {
        self.0.iter().filter(|(_, shape)| shape.len() == 2).map(|(name, _)| name.as_str()).collect()
    }

    /// Names and shapes, for messages; the first of many.
    pub(super) fn described(&self) -> String {
        const MOST: usize = 12;
        let described = |(name, shape): &(String, Vec<usize>)| format!("`{name}` {shape:?}");
        let mut parts: Vec<String> = self.0.iter().take(MOST).map(described).collect();
        if self.0.len() > MOST {
            parts.push(format!("{} more", self.0.len() - MOST));
        }
        if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
    }
}
