//! Several arrays of NumPy in a zip file: what `numpy.savez` writes, and `save` of implicit's models.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::arrays::Arrays;
use super::npy::{self, NpyError};
use super::{Found, ImplicitLoss, VectorsError, chosen, pickle};

/// What implicit calls the vectors of its items.
const OF_IMPLICIT: &str = "item_factors";

/// Names that people give to an array of ids.
const IDS: [&str; 4] = ["ids", "item_ids", "items", "index"];

/// Whether a zip file holds arrays, or a pickle beside them: nothing else in it would be one.
pub(super) fn is_one(path: &Path) -> bool {
    Archive::open(path).is_ok_and(|archive| archive.names.iter().any(|name| name.ends_with(".npy") || is_pickle(name)))
}

pub(super) fn read(path: &Path, array: Option<&str>) -> Result<Found, VectorsError> {
    let mut archive = Archive::open(path)?;
    if archive.names.iter().any(|name| is_pickle(name)) {
        return Err(pickle::refused(path));
    }
    let arrays = archive.arrays()?;
    let is_of_implicit = arrays.has(OF_IMPLICIT) && array.is_none_or(|name| name == OF_IMPLICIT);
    let name =
        if is_of_implicit { OF_IMPLICIT } else { chosen(&arrays, array).map_err(|problem| archive.wrong(problem))? };
    let rows = archive.array(name, |bytes| npy::matrix(bytes))?;
    let ids = IDS.into_iter().find(|ids| *ids != name && arrays.has(ids));
    let ids = ids.map(|ids| archive.array(ids, |bytes| npy::texts(bytes))).transpose()?;
    let loss = if is_of_implicit { archive.loss() } else { None };
    Ok(Found { rows, ids, loss })
}

/// What torch writes its pickle to.
fn is_pickle(name: &str) -> bool {
    name.ends_with("data.pkl")
}

struct Archive<'a> {
    path: &'a Path,
    zip: ZipArchive<BufReader<File>>,
    /// The names of the files in it.
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    fn open(path: &'a Path) -> Result<Self, VectorsError> {
        let unreadable = |source| VectorsError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(error.into()))?;
        let names = zip.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
        Ok(Archive { path, zip, names })
    }

    fn arrays(&mut self) -> Result<Arrays, VectorsError> {
        let names: Vec<String> =
            self.names.iter().filter_map(|name| name.strip_suffix(".npy")).map(str::to_owned).collect();
        let mut arrays = Vec::new();
        for name in names {
            match self.array(&name, |bytes| npy::shape(bytes)) {
                Ok(shape) => arrays.push((name, shape)),
                // Others can be read.
                Err(VectorsError::Pickle { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        if arrays.is_empty() { Err(pickle::refused(self.path)) } else { Ok(Arrays::new(arrays)) }
    }

    fn array<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(ZipFile<'_, BufReader<File>>) -> Result<T, NpyError>,
    ) -> Result<T, VectorsError> {
        let found = match self.zip.by_name(&format!("{name}.npy")) {
            Ok(file) => read(file),
            Err(error) => Err(NpyError::Other(format!("cannot be read ({error})"))),
        };
        found.map_err(|error| match error {
            NpyError::Pickle => pickle::refused(self.path),
            NpyError::Other(problem) => self.wrong(format!("array `{name}` {problem}")),
        })
    }

    fn loss(&mut self) -> Option<ImplicitLoss> {
        let mut number = |name| self.array(name, |bytes| Ok(npy::number(bytes))).ok().flatten();
        let (regularization, alpha) = (number("regularization")?, number("alpha")?);
        let is_sound = regularization.is_finite() && regularization >= 0.0 && alpha.is_finite() && alpha > 0.0;
        is_sound.then_some(ImplicitLoss { regularization, alpha })
    }

    fn wrong(&self, problem: String) -> VectorsError {
        VectorsError::Array { path: self.path.to_owned(), problem }
    }
}
