//! A damping schedule in a file of settings: pairs of a number of likes and eighths, `damping = [[3, 2], [5, 4]]`.

use foldin_core::model::{Damping, Eighths};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(schedule: &[Damping], serializer: S) -> Result<S::Ok, S::Error> {
    schedule.iter().map(|one| (one.from, one.exponent.0)).collect::<Vec<_>>().serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Damping>, D::Error> {
    let pairs = Vec::<(u32, u8)>::deserialize(deserializer)?;
    Ok(pairs.into_iter().map(|(from, eighths)| Damping { from, exponent: Eighths(eighths) }).collect())
}
