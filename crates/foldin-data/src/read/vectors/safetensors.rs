//! Tensors in the format of safetensors.

use half::{bf16, f16};
use safetensors::{Dtype, SafeTensors};

use super::arrays::{Arrays, Matrix};
use super::chosen;

/// Whether a file begins with the length of a JSON object, and with that object.
pub(super) fn is_one(head: &[u8]) -> bool {
    let length = head.first_chunk().map(|length| u64::from_le_bytes(*length));
    length.is_some_and(|length| (2..100_000_000).contains(&length)) && head.get(8) == Some(&b'{')
}

pub(super) fn read(bytes: &[u8], named: Option<&str>) -> Result<Matrix, String> {
    let tensors = SafeTensors::deserialize(bytes).map_err(|error| format!("is damaged ({error})"))?;
    let shapes = tensors.iter().map(|(name, tensor)| (name.to_owned(), tensor.shape().to_vec())).collect();
    let arrays = Arrays::new(shapes);
    let name = chosen(&arrays, named)?;
    let tensor = tensors.tensor(name).map_err(|error| format!("is damaged ({error})"))?;
    let data = tensor.data();
    let values: Vec<f32> = match tensor.dtype() {
        Dtype::F32 => data.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect(),
        Dtype::F64 => data.as_chunks().0.iter().map(|&value| f64::from_le_bytes(value) as f32).collect(),
        Dtype::F16 => data.as_chunks().0.iter().map(|&value| f16::from_le_bytes(value).to_f32()).collect(),
        Dtype::BF16 => data.as_chunks().0.iter().map(|&value| bf16::from_le_bytes(value).to_f32()).collect(),
        other => return Err(format!("array `{name}` holds {other:?}, where F16, BF16, F32 or F64 are expected")),
    };
    Matrix::new(values, tensor.shape()).map_err(|problem| format!("array `{name}` {problem}"))
}
