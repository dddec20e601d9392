//! The arguments and the environment of the process.

use crate::error::Error;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::intrinsics;
use crate::ptr;
use crate::slice;
use crate::string::String;

/// The bytes that the run time gave, as text.
unsafe fn text(data: *const u8, length: usize) -> String {
    String::from_utf8_lossy(unsafe { slice::from_raw_parts(data, length) }).into_owned()
}

/// `next` to `end` are the numbers of the arguments to come.
pub struct Args {
    next: usize,
    end: usize,
}

fn arg(index: usize) -> Option<String> {
    let mut length = 0;
    unsafe {
        let data = intrinsics::__freehold_arg(index, &mut length);
        if data == ptr::null() {
            None
        } else {
            Some(text(data, length))
        }
    }
}

pub fn args() -> Args {
    let mut end = 0;
    let mut length = 0;
    while unsafe { intrinsics::__freehold_arg(end, &mut length) } != ptr::null() {
        end += 1;
    }
    Args { next: 0, end }
}

impl Iterator for Args {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.next == self.end {
            return None;
        }
        self.next += 1;
        arg(self.next - 1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.next;
        (len, Some(len))
    }
}

impl DoubleEndedIterator for Args {
    fn next_back(&mut self) -> Option<String> {
        if self.next == self.end {
            return None;
        }
        self.end -= 1;
        arg(self.end)
    }
}

impl ExactSizeIterator for Args {}

impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Args").finish_non_exhaustive()
    }
}

#[derive(Debug, PartialEq, Eq, Clone)]
pub enum VarError {
    NotPresent,
    NotUnicode(OsString),
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VarError::NotPresent => f.write_str("environment variable not found"),
            VarError::NotUnicode(_) => f.write_str("environment variable was not valid unicode"),
        }
    }
}

impl Error for VarError {}

pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {
    let key = key.as_ref().as_encoded_bytes();
    let mut length = 0;
    unsafe {
        let data = intrinsics::__freehold_getenv(key.as_ptr(), key.len(), &mut length);
        if data == ptr::null() {
            Err(VarError::NotPresent)
        } else {
            Ok(text(data, length))
        }
    }
}

pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> { var(key).ok().map(OsString::from) }

pub mod consts {
    //! The machine that programs are compiled for.

    pub const ARCH: &str = "x86_64";
    pub const FAMILY: &str = "unix";
    pub const OS: &str = "linux";
}

/// What `option_env!` is: programs are built without an environment.
#[doc(hidden)]
pub const fn not_built_with() -> Option<&'static str> { None }
