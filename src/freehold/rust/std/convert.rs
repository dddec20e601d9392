//! Conversions.

mod num;

pub use self::num::FloatToInt;

use crate::fmt;
use crate::hash::{Hash, Hasher};

#[inline]
pub const fn identity<T>(x: T) -> T { x }

pub trait AsRef<T: ?Sized> {
    fn as_ref(&self) -> &T;
}

pub trait AsMut<T: ?Sized> {
    fn as_mut(&mut self) -> &mut T;
}

#[lang = "Into"]
pub trait Into<T>: Sized {
    fn into(self) -> T;
}

#[lang = "From"]
#[diagnostic::on_unimplemented(
    message = "the trait bound `{Self}: From<{T}>` is not satisfied",
    label = "the trait `From<{T}>` is not implemented for `{Self}`"
)]
#[lang_items]
pub trait From<T>: Sized {
    #[lang = "from"]
    fn from(value: T) -> Self;
}

pub trait TryInto<T>: Sized {
    type Error;

    fn try_into(self) -> Result<T, Self::Error>;
}

pub trait TryFrom<T>: Sized {
    type Error;

    fn try_from(value: T) -> Result<Self, Self::Error>;
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &T {
    #[inline]
    fn as_ref(&self) -> &U { <T as AsRef<U>>::as_ref(*self) }
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &mut T {
    #[inline]
    fn as_ref(&self) -> &U { <T as AsRef<U>>::as_ref(*self) }
}

impl<T: ?Sized + AsMut<U>, U: ?Sized> AsMut<U> for &mut T {
    #[inline]
    fn as_mut(&mut self) -> &mut U { (*self).as_mut() }
}

impl<T, U: From<T>> Into<U> for T {
    #[inline]
    #[track_caller]
    fn into(self) -> U { U::from(self) }
}

impl<T> From<T> for T {
    #[inline]
    fn from(t: T) -> T { t }
}

impl<T, U: TryFrom<T>> TryInto<U> for T {
    type Error = U::Error;

    #[inline]
    fn try_into(self) -> Result<U, U::Error> { U::try_from(self) }
}

impl<T, U: Into<T>> TryFrom<U> for T {
    type Error = Infallible;

    #[inline]
    fn try_from(value: U) -> Result<Self, Infallible> { Ok(U::into(value)) }
}

impl<T> AsRef<[T]> for [T] {
    #[inline]
    fn as_ref(&self) -> &[T] { self }
}

impl<T> AsMut<[T]> for [T] {
    #[inline]
    fn as_mut(&mut self) -> &mut [T] { self }
}

impl AsRef<str> for str {
    #[inline]
    fn as_ref(&self) -> &str { self }
}

impl AsMut<str> for str {
    #[inline]
    fn as_mut(&mut self) -> &mut str { self }
}

/// The error of what cannot fail.
#[derive(Copy)]
pub enum Infallible {}

impl Clone for Infallible {
    fn clone(&self) -> Infallible { match *self {} }
}

impl fmt::Debug for Infallible {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result { match *self {} }
}

impl fmt::Display for Infallible {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result { match *self {} }
}

impl crate::error::Error for Infallible {}

impl PartialEq for Infallible {
    fn eq(&self, _other: &Infallible) -> bool { match *self {} }
}

impl Eq for Infallible {}

impl PartialOrd for Infallible {
    fn partial_cmp(&self, _other: &Self) -> Option<crate::cmp::Ordering> { match *self {} }
}

impl Ord for Infallible {
    fn cmp(&self, _other: &Self) -> crate::cmp::Ordering { match *self {} }
}

impl Hash for Infallible {
    fn hash<H: Hasher>(&self, _state: &mut H) { match *self {} }
}
