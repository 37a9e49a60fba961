//! placeholder
use super::Dataset;
/// x
pub fn sample() -> Dataset {
    Dataset::default()
}
