//! The file system, as far as the store changes it: the few operations whose order decides what a run that is killed, a
//! full disk or a power cut leaves behind. Tests put a failing disk in its place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What the store does to files and folders.
pub(crate) trait Disk: std::fmt::Debug + Send + Sync {
    /// Makes a folder, whose parent is there, for its owner alone.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a whole file and waits until its content is on the disk; its name is there for good after
    /// [`sync_folder`](Self::sync_folder).
    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()>;

    /// Gives a file or a folder another name in the same folder, in place of a file that has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder with all that is in it.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Lets everybody read a folder, or its owner alone, where the system has such rights.
    fn set_public(&self, path: &Path, is_public: bool) -> io::Result<()>;
}

/// The real one.
#[derive(Debug)]
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)?;
        self.set_public(path, false)
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(content)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // Some file systems have nothing to wait for.
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
            synced => synced,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    #[cfg(unix)]
    fn set_public(&self, path: &Path, is_public: bool) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(if is_public { 0o755 } else { 0o700 }))
    }

    #[cfg(not(unix))]
    fn set_public(&self, _path: &Path, _is_public: bool) -> io::Result<()> {
        Ok(())
    }
}

/// Replaces a file as a whole: whoever reads it sees the old content or the new one.
pub(crate) fn replace(disk: &dyn Disk, path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("foldin-tmp");
    let written = disk.write(&temporary, content).and_then(|()| disk.rename(&temporary, path));
    if written.is_err() {
        // The error of the writing is the one to tell.
        let _ = disk.remove_file(&temporary);
    }
    written?;
    path.parent().map_or(Ok(()), |folder| disk.sync_folder(folder))
}
