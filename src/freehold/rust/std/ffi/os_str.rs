//! Strings of the system: always UTF-8 here.

use crate::borrow::{Borrow, Cow, ToOwned};
use crate::fmt;
use crate::ops::Deref;
use crate::string::String;

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct OsStr {
    inner: str,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Clone, Default)]
pub struct OsString {
    inner: String,
}

impl OsStr {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr { s.as_ref() }

    pub fn to_str(&self) -> Option<&str> { Some(&self.inner) }

    pub fn to_string_lossy(&self) -> Cow<'_, str> { Cow::Borrowed(&self.inner) }

    pub fn to_os_string(&self) -> OsString { OsString { inner: String::from(&self.inner) } }

    pub fn is_empty(&self) -> bool { self.inner.is_empty() }

    pub fn len(&self) -> usize { self.inner.len() }

    pub fn as_encoded_bytes(&self) -> &[u8] { self.inner.as_bytes() }

    pub(crate) fn from_str(s: &str) -> &OsStr { unsafe { &*(s as *const str as *const OsStr) } }

    pub(crate) fn as_str(&self) -> &str { &self.inner }
}

impl OsString {
    pub fn new() -> OsString { OsString { inner: String::new() } }

    pub fn as_os_str(&self) -> &OsStr { self }

    pub fn into_string(self) -> Result<String, OsString> { Ok(self.inner) }

    pub fn push<T: AsRef<OsStr>>(&mut self, s: T) { self.inner.push_str(s.as_ref().as_str()) }
}

impl Deref for OsString {
    type Target = OsStr;

    fn deref(&self) -> &OsStr { OsStr::from_str(&self.inner) }
}

impl fmt::Debug for OsStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&self.inner, f) }
}

impl fmt::Debug for OsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl ToOwned for OsStr {
    type Owned = OsString;

    fn to_owned(&self) -> OsString { self.to_os_string() }
}

impl Borrow<OsStr> for OsString {
    fn borrow(&self) -> &OsStr { self }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for OsString {
    fn from(s: &T) -> OsString { s.as_ref().to_os_string() }
}

impl From<String> for OsString {
    fn from(s: String) -> OsString { OsString { inner: s } }
}

impl PartialEq<str> for OsStr {
    fn eq(&self, other: &str) -> bool { self.inner == *other }
}

impl PartialEq<str> for OsString {
    fn eq(&self, other: &str) -> bool { self.inner == *other }
}

impl PartialEq<&str> for OsString {
    fn eq(&self, other: &&str) -> bool { self.inner == **other }
}

macro_rules! as_os_str {
    ($($type:ty, $s:ident => $value:expr;)*) => {$(
        impl AsRef<OsStr> for $type {
            fn as_ref(&self) -> &OsStr {
                let $s = self;
                $value
            }
        }
    )*};
}

as_os_str! {
    OsStr, s => s;
    OsString, s => s;
    str, s => OsStr::from_str(s);
    String, s => OsStr::from_str(s);
}
