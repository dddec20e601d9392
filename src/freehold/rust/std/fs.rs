//! Files.

mod directory;
mod metadata;
mod system;

pub use self::directory::{
    create_dir, create_dir_all, exists, hard_link, read_dir, remove_dir, remove_dir_all, rename,
    DirBuilder, DirEntry, ReadDir,
};
#[doc(hidden)]
pub use self::directory::symlink;
pub use self::metadata::{
    metadata, set_permissions, symlink_metadata, FileType, Metadata, Permissions,
};
use self::system::done;
use crate::fmt;
use crate::intrinsics;
use crate::io::{self, outcome, Read, Seek, SeekFrom, Write};
use crate::path::Path;
use crate::string::String;
use crate::vec::Vec;

/// The flags of open(2).
const WRITE_ONLY: i32 = 1;
const READ_WRITE: i32 = 2;
const CREATE: i32 = 0o100;
const EXCLUSIVE: i32 = 0o200;
const TRUNCATE: i32 = 0o1000;
const APPEND: i32 = 0o2000;
const CLOSE_ON_EXEC: i32 = 0o2000000;

/// An open descriptor: `drop` closes it.
#[lang = "File"]
pub struct File {
    fd: i32,
}

impl File {
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).open(path)
    }

    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(true).open(path)
    }

    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    pub fn options() -> OpenOptions { OpenOptions::new() }

    pub fn sync_all(&self) -> io::Result<()> { Ok(()) }

    pub fn sync_data(&self) -> io::Result<()> { Ok(()) }

    pub fn metadata(&self) -> io::Result<Metadata> {
        metadata::known(|to| unsafe { system::fstat(self.fd, to) })
    }

    pub fn set_len(&self, size: u64) -> io::Result<()> {
        done(unsafe { system::ftruncate(self.fd, size as i64) })
    }
}

impl Drop for File {
    fn drop(&mut self) { unsafe { intrinsics::__freehold_close(self.fd) }; }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("fd", &self.fd).finish_non_exhaustive()
    }
}

macro_rules! streams {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                outcome(unsafe { intrinsics::__freehold_read(self.fd, buf.as_mut_ptr(), buf.len()) })
            }
        }

        impl Write for $type {
            fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
                outcome(unsafe { intrinsics::__freehold_write(self.fd, buf.as_ptr(), buf.len()) })
            }

            fn flush(&mut self) -> io::Result<()> { Ok(()) }
        }

        impl Seek for $type {
            fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
                let (whence, offset) = match pos {
                    SeekFrom::Start(offset) => (0, offset as i64),
                    SeekFrom::Current(offset) => (1, offset),
                    SeekFrom::End(offset) => (2, offset),
                };
                let at = unsafe { intrinsics::__freehold_seek(self.fd, offset, whence) };
                Ok(outcome(at as isize)? as u64)
            }
        }
    )*};
}

streams!(File &File);

#[derive(Clone, Debug)]
pub struct OpenOptions {
    read: bool,
    write: bool,
    append: bool,
    truncate: bool,
    create: bool,
    create_new: bool,
}

macro_rules! options {
    ($($name:ident)*) => {$(
        pub fn $name(&mut self, $name: bool) -> &mut Self {
            self.$name = $name;
            self
        }
    )*};
}

impl OpenOptions {
    pub fn new() -> Self {
        OpenOptions {
            read: false,
            write: false,
            append: false,
            truncate: false,
            create: false,
            create_new: false,
        }
    }

    options!(read write append truncate create create_new);

    fn flags(&self) -> Option<i32> {
        let writes = self.write || self.append;
        let mut flags = match (self.read, writes) {
            (true, false) => 0,
            (false, true) => WRITE_ONLY,
            (true, true) => READ_WRITE,
            (false, false) => return None,
        };
        if !writes && (self.truncate || self.create || self.create_new) {
            return None;
        }
        if self.append {
            flags |= APPEND;
        }
        if self.create_new {
            flags |= CREATE | EXCLUSIVE;
        } else {
            flags |= if self.create { CREATE } else { 0 } | if self.truncate { TRUNCATE } else { 0 };
        }
        Some(flags | CLOSE_ON_EXEC)
    }

    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {
        let Some(flags) = self.flags() else {
            return Err(io::Error::from_raw_os_error(22));
        };
        let path = path.as_ref().as_os_str().as_encoded_bytes();
        let fd =
            unsafe { intrinsics::__freehold_open(path.as_ptr(), path.len(), flags, 0o666) };
        Ok(File { fd: outcome(fd as isize)? as i32 })
    }
}

pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {
    let mut string = String::new();
    File::open(path)?.read_to_string(&mut string)?;
    Ok(string)
}

pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {
    File::create(path)?.write_all(contents.as_ref())
}

pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<u64> {
    io::copy(&mut File::open(from)?, &mut File::create(to)?)
}

pub fn remove_file<P: AsRef<Path>>(path: P) -> io::Result<()> {
    let path = path.as_ref().as_os_str().as_encoded_bytes();
    outcome(unsafe { intrinsics::__freehold_unlink(path.as_ptr(), path.len()) } as isize)?;
    Ok(())
}
