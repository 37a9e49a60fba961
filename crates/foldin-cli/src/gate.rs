//! Before a version becomes the current one: what speaks against it.

use std::path::{Path, PathBuf};

use foldin_data::{Dataset, ReadReport};
use foldin_store::predecessor;
use foldin_train::doubts::Doubt;
use foldin_train::fit::Fitted;

use crate::args::VersionArguments;
use crate::output;

/// A model that does not become the current version.
pub(crate) struct Refused {
    /// Where it is written instead.
    pub dir: PathBuf,
    doubts: Vec<Doubt>,
}

/// The error that ends the program with [`EXIT_CODE`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct RefusedError(String);

/// The exit code where a model was refused.
pub(crate) const EXIT_CODE: u8 = 3;

/// Whether a model is refused: there are doubts, and they are not accepted. Accepted doubts are noted.
pub(crate) fn refused(
    arguments: &VersionArguments,
    dataset: &Dataset,
    report: Option<&ReadReport>,
    fitted: &Fitted,
) -> Option<Refused> {
    let doubts = fitted.doubts(dataset, report, predecessor(&arguments.out).as_ref());
    if arguments.accept {
        doubts.iter().for_each(|doubt| output::note(&format!("accepted although {doubt}")));
        return None;
    }
    let mut dir = arguments.out.clone().into_os_string();
    dir.push(".refused");
    (!doubts.is_empty()).then(|| Refused { dir: dir.into(), doubts })
}

impl Refused {
    /// What the program says, and what to do.
    pub(crate) fn error(&self, out: &Path, version: &str) -> anyhow::Error {
        let reasons: String = self.doubts.iter().map(|doubt| format!("\n  {doubt}")).collect();
        let (out, dir) = (out.display(), self.dir.display());
        RefusedError(format!(
            "the new model was not made current in {out}:{reasons}\nIt was written to {dir} as {version}, and {out} is as it \
             was. If it is right as it is, train again with --accept"
        ))
        .into()
    }
}
