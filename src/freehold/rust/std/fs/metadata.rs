//! What is known of files.

use crate::fmt;
use crate::fs::system::{self, done, named, Stat};
use crate::io;
use crate::path::Path;

const KIND: u32 = 0o170000;
const DIRECTORY: u32 = 0o040000;
const REGULAR: u32 = 0o100000;
const LINK: u32 = 0o120000;
const WRITABLE: u32 = 0o222;

#[derive(Clone)]
pub struct Metadata {
    stat: Stat,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileType {
    mode: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    mode: u32,
}

impl Metadata {
    pub fn len(&self) -> u64 { self.stat.size as u64 }

    pub fn file_type(&self) -> FileType { FileType { mode: self.stat.mode } }

    pub fn is_file(&self) -> bool { self.file_type().is_file() }

    pub fn is_dir(&self) -> bool { self.file_type().is_dir() }

    pub fn is_symlink(&self) -> bool { self.file_type().is_symlink() }

    pub fn permissions(&self) -> Permissions { Permissions { mode: self.stat.mode } }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("file_type", &self.file_type())
            .field("permissions", &self.permissions())
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

impl FileType {
    pub fn is_file(&self) -> bool { self.mode & KIND == REGULAR }

    pub fn is_dir(&self) -> bool { self.mode & KIND == DIRECTORY }

    pub fn is_symlink(&self) -> bool { self.mode & KIND == LINK }
}

impl fmt::Debug for FileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileType")
            .field("is_file", &self.is_file())
            .field("is_dir", &self.is_dir())
            .field("is_symlink", &self.is_symlink())
            .finish_non_exhaustive()
    }
}

impl Permissions {
    pub fn readonly(&self) -> bool { self.mode & WRITABLE == 0 }

    pub fn set_readonly(&mut self, readonly: bool) {
        if readonly {
            self.mode &= !WRITABLE;
        } else {
            self.mode |= WRITABLE;
        }
    }
}

/// Ask `call` to fill in what is known.
pub(super) fn known(call: impl FnOnce(*mut Stat) -> i32) -> io::Result<Metadata> {
    let mut stat = Stat::default();
    done(call(&mut stat))?;
    Ok(Metadata { stat })
}

pub fn metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {
    let path = named(path)?;
    known(|to| unsafe { system::stat(path.as_ptr(), to) })
}

pub fn symlink_metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {
    let path = named(path)?;
    known(|to| unsafe { system::lstat(path.as_ptr(), to) })
}

pub fn set_permissions<P: AsRef<Path>>(path: P, perm: Permissions) -> io::Result<()> {
    done(unsafe { system::chmod(named(path)?.as_ptr(), perm.mode & 0o7777) })
}
