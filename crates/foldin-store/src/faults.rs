//! Faults: every operation of every change fails in turn, or the power goes. Afterwards the folder is in the old state or
//! in the new one, never in a third, and the next change works.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use foldin_core::file::{self, FileKind};
use foldin_core::model::{About, Catalogue, CatalogueItem, Descriptions, Model};

use crate::disk::{Disk, RealDisk};
use crate::file_names::{MANIFEST, PENDING, TEMPORARY};
use crate::lock::{Lock, lock_on};
use crate::{Encoded, StoreError, VersionArtefacts, read, read_manifest, rollback, set_variants, write};

/// A disk whose operation with a number, from 0, fails.
#[derive(Debug, Clone)]
struct FailingDisk {
    left: Arc<Mutex<Option<usize>>>,
    /// Whether a file that cannot be written is there in part.
    writes_half: bool,
}

impl FailingDisk {
    fn count(&self) -> io::Result<()> {
        let mut left = self.left.lock().unwrap();
        match *left {
            Some(0) => {
                *left = None;
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            Some(n) => {
                *left = Some(n - 1);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Disk for FailingDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.make_folder(path))
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let counted = self.count();
        if counted.is_err() && self.writes_half {
            RealDisk.write(path, &content[..content.len() / 2])?;
        }
        counted.and_then(|()| RealDisk.write(path, content))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.sync_folder(path))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.remove_folder(path))
    }

    fn set_public(&self, path: &Path, is_public: bool) -> io::Result<()> {
        self.count().and_then(|()| RealDisk.set_public(path, is_public))
    }
}

/// A name in a folder that came or went.
#[derive(Debug, Clone)]
enum Change {
    Made(PathBuf),
    Wrote(PathBuf, Vec<u8>),
    Renamed(PathBuf, PathBuf),
    RemovedFile(PathBuf),
    RemovedFolder(PathBuf),
}

impl Change {
    fn folder(&self) -> &Path {
        match self {
            Self::Made(path) | Self::Wrote(path, _) | Self::Renamed(path, _) => path,
            Self::RemovedFile(path) | Self::RemovedFolder(path) => path,
        }
        .parent()
        .unwrap()
    }

    /// Makes the change below another folder; one that needs another change that was lost is lost as well.
    fn apply(&self, from: &Path, to: &Path) {
        let place = |path: &Path| to.join(path.strip_prefix(from).unwrap());
        let _ = match self {
            Self::Made(path) => fs::create_dir(place(path)),
            Self::Wrote(path, content) => fs::write(place(path), content),
            Self::Renamed(path, name) => fs::rename(place(path), place(name)),
            Self::RemovedFile(path) => fs::remove_file(place(path)),
            Self::RemovedFolder(path) => fs::remove_dir_all(place(path)),
        };
    }
}

/// A disk that remembers what is not there for good yet, and a copy of what is.
#[derive(Debug, Clone)]
struct ForgetfulDisk {
    dir: PathBuf,
    durable: PathBuf,
    pending: Arc<Mutex<Vec<Change>>>,
    /// After so many operations the power goes: what comes then is not seen.
    left: Arc<Mutex<usize>>,
}

impl ForgetfulDisk {
    fn change(&self, change: Change, done: io::Result<()>) -> io::Result<()> {
        if self.is_on() && done.is_ok() {
            self.pending.lock().unwrap().push(change);
        }
        done
    }

    fn is_on(&self) -> bool {
        let mut left = self.left.lock().unwrap();
        let is_on = *left > 0;
        *left = left.saturating_sub(1);
        is_on
    }
}

impl Disk for ForgetfulDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.change(Change::Made(path.to_owned()), RealDisk.make_folder(path))
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.change(Change::Wrote(path.to_owned(), content.to_vec()), RealDisk.write(path, content))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(Change::Renamed(from.to_owned(), to.to_owned()), RealDisk.rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if self.is_on() {
            let mut pending = self.pending.lock().unwrap();
            // A folder that is synced has its own name on the disk as well, as ext4 and others see to it.
            let (now, later) =
                std::mem::take(&mut *pending).into_iter().partition(|change| path.starts_with(change.folder()));
            *pending = later;
            let now: Vec<Change> = now;
            now.iter().for_each(|change| change.apply(&self.dir, &self.durable));
        }
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.change(Change::RemovedFile(path.to_owned()), RealDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.change(Change::RemovedFolder(path.to_owned()), RealDisk.remove_folder(path))
    }

    fn set_public(&self, path: &Path, is_public: bool) -> io::Result<()> {
        RealDisk.set_public(path, is_public)
    }
}

/// A change of a model folder.
type Action = fn(&Lock) -> Result<(), StoreError>;

const ACTIONS: [(&str, Action); 3] = [("write", add_version), ("rollback", back), ("variants", divide)];

fn add_version(lock: &Lock) -> Result<(), StoreError> {
    let item = CatalogueItem { id: "a".to_owned(), likes: 3, ..CatalogueItem::default() };
    let model = Model::new(About::default(), Catalogue::new(vec![item]));
    let descriptions = Descriptions::new(&model.catalogue, &["A"], &[vec![]]);
    let encoded = Encoded::new(file::write_score(&model).into(), &descriptions, None);
    write(lock, &model, &encoded, None, &VersionArtefacts::default()).map(drop)
}

fn back(lock: &Lock) -> Result<(), StoreError> {
    rollback(lock, "v1.0.0").map(drop)
}

fn divide(lock: &Lock) -> Result<(), StoreError> {
    set_variants(lock, &[("v1.0.0".to_owned(), 1.0), ("v1.1.0".to_owned(), 1.0)]).map(drop)
}

fn lock_of(dir: &Path, disk: impl Disk + 'static) -> Lock {
    lock_on(dir, || unreachable!("nobody else writes"), Box::new(disk)).unwrap()
}

/// A folder with two versions.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        add_version(&lock_of(folder.path(), RealDisk)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// The manifest, after every version that it lists was found whole.
#[track_caller]
fn state(dir: &Path, context: &str) -> String {
    let manifest = read_manifest(dir).unwrap_or_else(|error| panic!("{context}: {error}"));
    for entry in &manifest.versions {
        crate::check_whole(dir, entry).unwrap_or_else(|error| panic!("{context}: {error}"));
    }
    read(dir).unwrap_or_else(|error| panic!("{context}: {error}"));
    fs::read_to_string(dir.join(MANIFEST)).unwrap()
}

/// The next change works, and leaves nothing behind that no manifest lists.
#[track_caller]
fn expect_next_works(dir: &Path, context: &str) {
    let lock = lock_of(dir, RealDisk);
    add_version(&lock).unwrap_or_else(|error| panic!("{context}: {error}"));
    drop(lock);
    state(dir, context);
    let manifest = read_manifest(dir).unwrap();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_left_over = name.starts_with(TEMPORARY)
            || name == PENDING
            || entry.path().is_dir() && !manifest.versions.iter().any(|version| version.version == name);
        assert!(!is_left_over, "{context}: {name} was left behind");
    }
}

#[test]
fn an_operation_that_fails_leaves_the_old_state_or_the_new_one() {
    for (name, action) in ACTIONS {
        let new = {
            let folder = folder();
            action(&lock_of(folder.path(), RealDisk)).unwrap();
            state(folder.path(), name)
        };
        let mut n_failed = 0;
        for at in 0.. {
            let mut failed = false;
            for writes_half in [false, true] {
                let folder = folder();
                let dir = folder.path();
                let context = format!("{name}, operation {at}");
                let old = state(dir, &context);
                let disk = FailingDisk { left: Arc::default(), writes_half };
                let lock = lock_of(dir, disk.clone());
                *disk.left.lock().unwrap() = Some(at);
                let done = action(&lock);
                failed |= disk.left.lock().unwrap().is_none();
                drop(lock);
                let now = state(dir, &context);
                // Where the last wait for the disk fails, the change is made and may not be there for good.
                assert!(now == new || done.is_err() && now == old, "{context}: {done:?}\n{now}");
                expect_next_works(dir, &context);
            }
            if !failed {
                break;
            }
            n_failed += 1;
        }
        assert!(n_failed >= 3, "{name}: {n_failed} operations");
    }
}

#[test]
fn a_power_cut_leaves_the_old_state_or_the_new_one() {
    for (name, action) in ACTIONS {
        for at in 0.. {
            let folder = folder();
            let durable = tempfile::tempdir().unwrap();
            copy(folder.path(), durable.path());
            let old = state(folder.path(), name);
            let disk = ForgetfulDisk {
                dir: folder.path().to_owned(),
                durable: durable.path().to_owned(),
                pending: Arc::default(),
                left: Arc::new(Mutex::new(at)),
            };
            let lock = lock_of(folder.path(), disk.clone());
            action(&lock).unwrap();
            drop(lock);
            let new = state(folder.path(), name);
            let pending = disk.pending.lock().unwrap().clone();
            let went = *disk.left.lock().unwrap() == 0;
            // What was not waited for is on the disk or not, all of it or some.
            let kept = (0..pending.len()).map(|n| vec![n]).chain([Vec::new(), (0..pending.len()).collect()]);
            for kept in kept {
                let after = tempfile::tempdir().unwrap();
                copy(durable.path(), after.path());
                kept.iter().for_each(|&n| pending[n].apply(folder.path(), after.path()));
                let context = format!("{name}, power cut after {at} operations, {kept:?} of {pending:?}");
                let now = state(after.path(), &context);
                assert!(now == old || now == new, "{context}");
                expect_next_works(after.path(), &context);
            }
            if !went {
                break;
            }
        }
    }
}

#[test]
fn a_file_that_was_changed_is_not_read() {
    let folder = folder();
    let entry = read_manifest(folder.path()).unwrap().current_entry().unwrap().clone();
    let path = folder.path().join(&entry.files[FileKind::Score.name()].path);
    let mut bytes = fs::read(&path).unwrap();
    bytes.push(0);
    fs::write(&path, bytes).unwrap();
    assert!(matches!(read(folder.path()), Err(StoreError::NotWhole { .. })));
}
