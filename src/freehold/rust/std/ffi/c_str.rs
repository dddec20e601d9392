//! Strings with a NUL at their end.

use crate::borrow::{Borrow, Cow, ToOwned};
use crate::boxed::Box;
use crate::error::Error;
use crate::fmt;
use crate::mem::{self, ManuallyDrop};
use crate::ops::Deref;
use crate::ptr;
use crate::slice;
use crate::str::{self, Utf8Error};
use crate::string::String;
use crate::vec::Vec;

/// The bytes with the NUL.
#[lang = "CStr"]
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct CStr {
    inner: [i8],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FromBytesWithNulError {
    InteriorNul { position: usize },
    NotNulTerminated,
}

impl fmt::Display for FromBytesWithNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InteriorNul { position } => {
                write!(f, "data provided contains an interior nul byte at byte position {position}")
            }
            Self::NotNulTerminated => f.write_str("data provided is not nul terminated"),
        }
    }
}

impl Error for FromBytesWithNulError {}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FromBytesUntilNulError(());

impl fmt::Display for FromBytesUntilNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data provided does not contain a nul")
    }
}

impl Error for FromBytesUntilNulError {}

impl CStr {
    /// # Safety
    /// `ptr` must point to bytes with a NUL among them, which no one writes to during `'a`.
    pub unsafe fn from_ptr<'a>(ptr: *const i8) -> &'a CStr {
        let mut len = 0;
        unsafe {
            while *ptr.add(len) != 0 {
                len += 1;
            }
            CStr::from_bytes_with_nul_unchecked(slice::from_raw_parts(ptr as *const u8, len + 1))
        }
    }

    pub fn from_bytes_with_nul(bytes: &[u8]) -> Result<&Self, FromBytesWithNulError> {
        match bytes.iter().position(|&byte| byte == 0) {
            Some(at) if at + 1 == bytes.len() => {
                Ok(unsafe { Self::from_bytes_with_nul_unchecked(bytes) })
            }
            Some(position) => Err(FromBytesWithNulError::InteriorNul { position }),
            None => Err(FromBytesWithNulError::NotNulTerminated),
        }
    }

    pub fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError> {
        match bytes.iter().position(|&byte| byte == 0) {
            Some(at) => Ok(unsafe { Self::from_bytes_with_nul_unchecked(&bytes[..at + 1]) }),
            None => Err(FromBytesUntilNulError(())),
        }
    }

    /// # Safety
    /// The last byte, and no other, must be 0.
    pub const unsafe fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr {
        unsafe { &*(bytes as *const [u8] as *const CStr) }
    }

    pub const fn as_ptr(&self) -> *const i8 { self.inner.as_ptr() }

    pub fn count_bytes(&self) -> usize { self.inner.len() - 1 }

    pub fn is_empty(&self) -> bool { self.count_bytes() == 0 }

    pub fn to_bytes(&self) -> &[u8] { &self.to_bytes_with_nul()[..self.inner.len() - 1] }

    pub fn to_bytes_with_nul(&self) -> &[u8] { unsafe { &*(&raw const self.inner as *const [u8]) } }

    pub fn to_str(&self) -> Result<&str, Utf8Error> { str::from_utf8(self.to_bytes()) }

    pub fn to_string_lossy(&self) -> Cow<'_, str> { String::from_utf8_lossy(self.to_bytes()) }
}

impl fmt::Debug for CStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for &byte in self.to_bytes() {
            fmt::Display::fmt(&byte.escape_ascii(), f)?;
        }
        f.write_str("\"")
    }
}

impl ToOwned for CStr {
    type Owned = CString;

    fn to_owned(&self) -> CString {
        CString { inner: self.to_bytes_with_nul().to_vec().into_boxed_slice() }
    }
}

#[derive(PartialEq, PartialOrd, Eq, Ord, Hash, Clone)]
pub struct CString {
    inner: Box<[u8]>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NulError(usize, Vec<u8>);

impl NulError {
    pub fn nul_position(&self) -> usize { self.0 }

    pub fn into_vec(self) -> Vec<u8> { self.1 }
}

impl fmt::Display for NulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nul byte found in provided data at position: {}", self.0)
    }
}

impl Error for NulError {}

impl CString {
    pub fn new<T: Into<Vec<u8>>>(t: T) -> Result<CString, NulError> {
        let mut bytes: Vec<u8> = t.into();
        match bytes.iter().position(|&byte| byte == 0) {
            Some(at) => Err(NulError(at, bytes)),
            None => {
                bytes.reserve_exact(1);
                bytes.push(0);
                Ok(CString { inner: bytes.into_boxed_slice() })
            }
        }
    }

    /// # Safety
    /// `ptr` must come from `into_raw`.
    pub unsafe fn from_raw(ptr: *mut i8) -> CString {
        unsafe {
            let len = CStr::from_ptr(ptr).inner.len();
            CString { inner: Box::from_raw(ptr::slice_from_raw_parts_mut(ptr as *mut u8, len)) }
        }
    }

    pub fn into_raw(self) -> *mut i8 {
        let mut this = ManuallyDrop::wrap(self);
        let raw = this.inner.as_mut_ptr() as *mut i8;
        mem::give_up(raw);
        raw
    }

    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.inner.into_vec();
        bytes.pop();
        bytes
    }

    pub fn into_string(self) -> Result<String, crate::string::FromUtf8Error> {
        String::from_utf8(self.into_bytes())
    }

    pub fn as_bytes(&self) -> &[u8] { self.to_bytes() }

    pub fn as_bytes_with_nul(&self) -> &[u8] { &self.inner }

    pub fn as_c_str(&self) -> &CStr { self }
}

impl Deref for CString {
    type Target = CStr;

    fn deref(&self) -> &CStr { unsafe { CStr::from_bytes_with_nul_unchecked(&self.inner) } }
}

impl AsRef<CStr> for CString {
    fn as_ref(&self) -> &CStr { self }
}

impl AsRef<CStr> for CStr {
    fn as_ref(&self) -> &CStr { self }
}

impl Borrow<CStr> for CString {
    fn borrow(&self) -> &CStr { self }
}

impl From<&CStr> for CString {
    fn from(s: &CStr) -> CString { s.to_owned() }
}

impl fmt::Debug for CString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}
