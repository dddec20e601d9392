//! Conversions from and to `String`, and its comparison with `str`.

use super::String;
use crate::borrow::{Borrow, BorrowMut, Cow};
use crate::boxed::Box;
use crate::convert::Infallible;
use crate::fmt::{Display, Formatter, FormattingOptions};
use crate::str::FromStr;

pub trait ToString {
    fn to_string(&self) -> String;
}

impl<T: Display + ?Sized> ToString for T {
    #[inline]
    fn to_string(&self) -> String {
        let mut buf = String::new();
        let mut f = Formatter::new(&mut buf, FormattingOptions::new());
        if self.fmt(&mut f).is_err() {
            panic!("a Display implementation returned an error unexpectedly: Error");
        }
        buf
    }
}

impl From<&str> for String {
    #[inline]
    #[track_caller]
    fn from(s: &str) -> String {
        let mut string = String::with_capacity(s.len());
        string.push_str(s);
        string
    }
}

impl From<&mut str> for String {
    fn from(s: &mut str) -> String { String::from(&*s) }
}

impl From<&String> for String {
    fn from(s: &String) -> String { s.clone() }
}

impl From<Box<str>> for String {
    fn from(s: Box<str>) -> String { s.into_string() }
}

impl From<char> for String {
    fn from(c: char) -> Self {
        let mut string = String::new();
        string.push(c);
        string
    }
}

impl<'a> FromIterator<char> for Cow<'a, str> {
    fn from_iter<I: IntoIterator<Item = char>>(it: I) -> Cow<'a, str> {
        Cow::Owned(FromIterator::from_iter(it))
    }
}

impl FromStr for String {
    type Err = Infallible;

    fn from_str(s: &str) -> Result<String, Infallible> { Ok(String::from(s)) }
}

impl AsRef<str> for String {
    fn as_ref(&self) -> &str { self }
}

impl AsMut<str> for String {
    fn as_mut(&mut self) -> &mut str { self }
}

impl AsRef<[u8]> for String {
    fn as_ref(&self) -> &[u8] { self.as_bytes() }
}

impl Borrow<str> for String {
    fn borrow(&self) -> &str { &self[..] }
}

impl BorrowMut<str> for String {
    fn borrow_mut(&mut self) -> &mut str { &mut self[..] }
}

macro_rules! equal {
    ($($left:ty, $right:ty;)*) => {$(
        impl<'a> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool { self[..] == other[..] }
        }

        impl<'a> PartialEq<$left> for $right {
            #[inline]
            fn eq(&self, other: &$left) -> bool { self[..] == other[..] }
        }
    )*};
}

equal! {
    String, str;
    String, &'a str;
}
