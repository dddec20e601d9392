//! Comparison of strings, `FromStr`.

use crate::borrow::ToOwned;
use crate::cmp::Ordering;
use crate::error::Error;
use crate::fmt;
use crate::string::String;

impl PartialEq for str {
    #[inline]
    fn eq(&self, other: &str) -> bool { self.as_bytes() == other.as_bytes() }
}

impl Eq for str {}

impl PartialOrd for str {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<Ordering> { Some(self.cmp(other)) }
}

impl Ord for str {
    #[inline]
    fn cmp(&self, other: &str) -> Ordering { self.as_bytes().cmp(other.as_bytes()) }
}

impl ToOwned for str {
    type Owned = String;

    #[inline]
    fn to_owned(&self) -> String {
        unsafe { String::from_utf8_unchecked(self.as_bytes().to_vec()) }
    }
}

pub trait FromStr: Sized {
    type Err;

    fn from_str(s: &str) -> Result<Self, Self::Err>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseBoolError;

impl fmt::Display for ParseBoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("provided string was not `true` or `false`")
    }
}

impl Error for ParseBoolError {}
