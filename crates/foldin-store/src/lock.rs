//! One writer at a time: a lock on a file in the model folder, which the system releases when its holder ends, however
//! it ends.
//!
//! It is held while the manifest is read, changed and written, not while learning: two trainings into one folder at
//! the same time both get a version of their own.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{Disk, RealDisk};
use crate::error::StoreError;
use crate::file_names::LOCK;
use crate::recover::recover;

/// The right to change a model folder, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    dir: PathBuf,
    disk: Box<dyn Disk>,
    _file: File,
}

impl Lock {
    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }
}

/// Waits for the right to change a model folder, which is made where there is none; `waiting` is called once where
/// somebody else has it. What runs that were killed have left behind is removed.
///
/// # Errors
/// [`StoreError::Io`].
pub fn lock(dir: &Path, waiting: impl FnOnce()) -> Result<Lock, StoreError> {
    lock_on(dir, waiting, Box::new(RealDisk))
}

pub(crate) fn lock_on(dir: &Path, waiting: impl FnOnce(), disk: Box<dyn Disk>) -> Result<Lock, StoreError> {
    let error = |action, path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Io { action, path, source }
    };
    fs::create_dir_all(dir).map_err(error("make", dir))?;
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(error("write", &path))?;
    let locked = match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
        Ok(()) => Ok(()),
    };
    match locked {
        // Some file systems know no locks; there, versions are as safe as names of folders make them.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        locked => locked.map_err(error("lock", &path))?,
    }
    recover(dir, &*disk);
    Ok(Lock { dir: dir.to_owned(), disk, _file: file })
}
