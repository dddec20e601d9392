//! What C's library does with files.

use crate::ffi::{c_char, c_int, c_void, CString};
use crate::io::{self, Error, ErrorKind};
use crate::path::Path;

/// `struct stat` of Linux on x86-64.
#[repr(C)]
#[derive(Clone, Default)]
pub(super) struct Stat {
    device: u64,
    number: u64,
    links: u64,
    pub mode: u32,
    user: u32,
    group: u32,
    padding: u32,
    special: u64,
    pub size: i64,
    block_size: i64,
    blocks: i64,
    times: [i64; 6],
    unused: [i64; 3],
}

/// `struct dirent` of the same.
#[repr(C)]
pub(super) struct Entry {
    number: u64,
    offset: i64,
    length: u16,
    kind: u8,
    pub name: [u8; 256],
}

extern "C" {
    fn __errno_location() -> *mut c_int;
    pub(super) fn stat(path: *const c_char, to: *mut Stat) -> c_int;
    pub(super) fn lstat(path: *const c_char, to: *mut Stat) -> c_int;
    pub(super) fn fstat(fd: c_int, to: *mut Stat) -> c_int;
    pub(super) fn mkdir(path: *const c_char, mode: u32) -> c_int;
    pub(super) fn rmdir(path: *const c_char) -> c_int;
    pub(super) fn rename(from: *const c_char, to: *const c_char) -> c_int;
    pub(super) fn link(from: *const c_char, to: *const c_char) -> c_int;
    pub(super) fn symlink(from: *const c_char, to: *const c_char) -> c_int;
    pub(super) fn chmod(path: *const c_char, mode: u32) -> c_int;
    pub(super) fn ftruncate(fd: c_int, size: i64) -> c_int;
    pub(super) fn opendir(path: *const c_char) -> *mut c_void;
    pub(super) fn readdir(dir: *mut c_void) -> *mut Entry;
    pub(super) fn closedir(dir: *mut c_void) -> c_int;
}

/// What the last call that failed says.
pub(super) fn last_error() -> Error { Error::from_raw_os_error(unsafe { *__errno_location() }) }

/// Forget about earlier failures: `readdir` says only by errno that it failed.
pub(super) fn forget() { unsafe { *__errno_location() = 0 } }

pub(super) fn failed() -> bool { unsafe { *__errno_location() != 0 } }

/// The result of a call that gives -1 where it fails.
pub(super) fn done(result: c_int) -> io::Result<()> {
    if result < 0 {
        Err(last_error())
    } else {
        Ok(())
    }
}

/// A path as C takes it.
pub(super) fn named<P: AsRef<Path>>(path: P) -> io::Result<CString> {
    CString::new(path.as_ref().as_os_str().as_encoded_bytes()).map_err(|_| {
        Error::new(ErrorKind::InvalidInput, "file name contained an unexpected NUL byte")
    })
}
