//! The index of an item in a model.

/// The index of an item in a model's [`Catalogue`](crate::model::Catalogue): 0 is the most liked item.
///
/// Valid only with the model it comes from. Callers outside of Rust know items by their string ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemIdx(pub u32);

impl ItemIdx {
    /// The index as a `usize`, for slices that hold one value per item.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}
