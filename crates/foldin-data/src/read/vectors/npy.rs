//! Arrays of NumPy.

use std::io::{self, Read};

use half::f16;
use npyz::{DType, Deserialize, NpyFile, Order, TypeChar};

use super::arrays::Matrix;
use crate::read::table::guarded;

/// Why an array cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum NpyError {
    /// Its values are objects of Python.
    #[error("holds objects of Python")]
    Pickle,
    /// Something else is wrong with it.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for NpyError {
    fn from(error: io::Error) -> Self {
        NpyError::Other(format!("is damaged ({error})"))
    }
}

type File<'a> = NpyFile<&'a mut dyn Read>;

/// The shape of an array.
pub(super) fn shape(mut bytes: impl Read) -> Result<Vec<usize>, NpyError> {
    Ok(shape_of(&open(&mut bytes)?))
}

/// Rows of numbers.
pub(super) fn matrix(mut bytes: impl Read) -> Result<Matrix, NpyError> {
    let file = open(&mut bytes)?;
    let (shape, order) = (shape_of(&file), file.order());
    let mut values = numbers(file)?;
    if let (Order::Fortran, [rows, rank]) = (order, shape.as_slice()) {
        let by_column = values;
        let at = |place: usize| by_column.get(place % rank * rows + place / rank).copied().unwrap_or_default();
        values = (0..by_column.len()).map(at).collect();
    }
    Matrix::new(values, &shape).map_err(NpyError::Other)
}

/// A single number.
pub(super) fn number(mut bytes: impl Read) -> Option<f32> {
    let file = open(&mut bytes).ok()?;
    if file.len() != 1 {
        return None;
    }
    match (type_char(&file), file.dtype().num_bytes()) {
        (Some(TypeChar::Int), Some(8)) => file.into_vec::<i64>().ok()?.first().map(|&value| value as f32),
        (Some(TypeChar::Int), Some(4)) => file.into_vec::<i32>().ok()?.first().map(|&value| value as f32),
        _ => numbers(file).ok()?.first().copied(),
    }
}

/// Ids: texts or whole numbers.
pub(super) fn texts(mut bytes: impl Read) -> Result<Vec<String>, NpyError> {
    fn whole<T: Deserialize + ToString>(file: File<'_>) -> Result<Vec<String>, NpyError> {
        Ok(file.into_vec::<T>()?.iter().map(T::to_string).collect())
    }
    let file = open(&mut bytes)?;
    if file.shape().len() != 1 {
        return Err(NpyError::Other(format!("has the shape {:?}, where one row of ids is expected", shape_of(&file))));
    }
    match (type_char(&file), file.dtype().num_bytes()) {
        (Some(TypeChar::UnicodeStr), _) => whole::<String>(file),
        (Some(TypeChar::ByteStr), _) => {
            let texts = file.into_vec::<Vec<u8>>()?.into_iter().map(String::from_utf8).collect::<Result<Vec<_>, _>>();
            texts.map_err(|_| NpyError::Other("has ids that are not UTF-8".to_owned()))
        }
        (Some(TypeChar::Int), Some(8)) => whole::<i64>(file),
        (Some(TypeChar::Int), Some(4)) => whole::<i32>(file),
        (Some(TypeChar::Uint), Some(8)) => whole::<u64>(file),
        (Some(TypeChar::Uint), Some(4)) => whole::<u32>(file),
        _ => Err(NpyError::Other(format!("holds {}, where texts or whole numbers are expected", described(&file)))),
    }
}

fn open<'a>(bytes: &'a mut impl Read) -> Result<File<'a>, NpyError> {
    let file = guarded(|| NpyFile::new(bytes as &mut dyn Read).map_err(|error| format!("is damaged ({error})")));
    let file = file.map_err(NpyError::Other)?;
    if file.uses_pickled_array() { Err(NpyError::Pickle) } else { Ok(file) }
}

fn numbers(file: File<'_>) -> Result<Vec<f32>, NpyError> {
    match (type_char(&file), file.dtype().num_bytes()) {
        (Some(TypeChar::Float), Some(4)) => Ok(file.into_vec::<f32>()?),
        (Some(TypeChar::Float), Some(8)) => Ok(file.into_vec::<f64>()?.into_iter().map(|value| value as f32).collect()),
        (Some(TypeChar::Float), Some(2)) => Ok(file.into_vec::<f16>()?.into_iter().map(f16::to_f32).collect()),
        _ => {
            Err(NpyError::Other(format!("holds {}, where float16, float32 or float64 are expected", described(&file))))
        }
    }
}

fn shape_of(file: &File<'_>) -> Vec<usize> {
    file.shape().iter().map(|&length| usize::try_from(length).unwrap_or(usize::MAX)).collect()
}

fn type_char(file: &File<'_>) -> Option<TypeChar> {
    match file.dtype() {
        DType::Plain(plain) => Some(plain.type_char()),
        _ => None,
    }
}

fn described(file: &File<'_>) -> String {
    format!("values of the type {}", file.dtype().descr())
}
