//! Lists of what holds from a number of likes on, in a file as pairs: `damping = [[3, 2], [5, 4]]`.

/// [`Damping`](foldin_core::model::Damping) as `[from, eighths]`.
pub(crate) mod damping {
    use foldin_core::model::Damping;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(list: &[Damping], serializer: S) -> Result<S::Ok, S::Error> {
        list.iter().map(|one| (one.from, one.eighths)).collect::<Vec<_>>().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Damping>, D::Error> {
        let pairs = Vec::<(u32, u8)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().map(|(from, eighths)| Damping { from, eighths }).collect())
    }
}
