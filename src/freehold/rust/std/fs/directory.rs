//! Directories, and names of files.

use crate::ffi::{c_void, OsString};
use crate::fmt;
use crate::fs::metadata::{metadata, symlink_metadata, FileType, Metadata};
use crate::fs::system::{self, done, failed, forget, last_error, named};
use crate::io::{self, ErrorKind};
use crate::path::{Path, PathBuf};
use crate::ptr;
use crate::string::String;

pub fn create_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    done(unsafe { system::mkdir(named(path)?.as_ptr(), 0o777) })
}

pub fn create_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {
    let path = path.as_ref();
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    match create_dir(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(_) if path.is_dir() => return Ok(()),
        done => return done,
    }
    if let Some(parent) = path.parent() {
        create_dir_all(parent)?;
    }
    create_dir(path)
}

pub fn remove_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    done(unsafe { system::rmdir(named(path)?.as_ptr()) })
}

pub fn remove_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {
    for entry in read_dir(&path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_dir_all(entry.path())?;
        } else {
            super::remove_file(entry.path())?;
        }
    }
    remove_dir(path)
}

pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<()> {
    done(unsafe { system::rename(named(from)?.as_ptr(), named(to)?.as_ptr()) })
}

pub fn hard_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    done(unsafe { system::link(named(original)?.as_ptr(), named(link)?.as_ptr()) })
}

/// What `std::os::unix::fs` offers.
pub fn symlink<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    done(unsafe { system::symlink(named(original)?.as_ptr(), named(link)?.as_ptr()) })
}

pub fn exists<P: AsRef<Path>>(path: P) -> io::Result<bool> {
    match metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes directories, all that are missing if `recursive`.
#[derive(Debug)]
pub struct DirBuilder {
    recursive: bool,
}

impl DirBuilder {
    pub fn new() -> DirBuilder { DirBuilder { recursive: false } }

    pub fn recursive(&mut self, recursive: bool) -> &mut Self {
        self.recursive = recursive;
        self
    }

    pub fn create<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        if self.recursive {
            create_dir_all(path)
        } else {
            create_dir(path)
        }
    }
}

/// An open directory, which `drop` closes.
pub struct ReadDir {
    dir: *mut c_void,
    root: PathBuf,
}

pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {
    let root = path.as_ref().to_path_buf();
    let dir = unsafe { system::opendir(named(path)?.as_ptr()) };
    if dir == ptr::null_mut() {
        Err(last_error())
    } else {
        Ok(ReadDir { dir, root })
    }
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<io::Result<DirEntry>> {
        loop {
            forget();
            let entry = unsafe { system::readdir(self.dir) };
            if entry == ptr::null_mut() {
                return if failed() { Some(Err(last_error())) } else { None };
            }
            let name = unsafe { &(*entry).name };
            let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
            let name = String::from_utf8_lossy(&name[..end]).into_owned();
            if name != "." && name != ".." {
                return Some(Ok(DirEntry { root: self.root.clone(), name }));
            }
        }
    }
}

impl Drop for ReadDir {
    fn drop(&mut self) { unsafe { system::closedir(self.dir) }; }
}

impl fmt::Debug for ReadDir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadDir").field(&self.root).finish()
    }
}

pub struct DirEntry {
    root: PathBuf,
    name: String,
}

impl DirEntry {
    pub fn path(&self) -> PathBuf { self.root.join(&self.name) }

    pub fn file_name(&self) -> OsString { OsString::from(self.name.clone()) }

    pub fn metadata(&self) -> io::Result<Metadata> { symlink_metadata(self.path()) }

    pub fn file_type(&self) -> io::Result<FileType> { Ok(self.metadata()?.file_type()) }
}

impl fmt::Debug for DirEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DirEntry").field(&self.path()).finish()
    }
}
