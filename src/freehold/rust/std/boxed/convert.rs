//! Conversions from and to boxes.

use crate::any::Any;
use crate::borrow::Cow;
use crate::boxed::Box;
use crate::error::Error;
use crate::fmt;
use crate::iter;
use crate::pin::Pin;
use crate::slice;
use crate::string::String;
use crate::vec::Vec;

impl<T> From<T> for Box<T> {
    fn from(t: T) -> Self { Box::new(t) }
}

impl<T: ?Sized> From<Box<T>> for Pin<Box<T>> {
    fn from(boxed: Box<T>) -> Self { Box::into_pin(boxed) }
}

impl<T: Clone> From<&[T]> for Box<[T]> {
    fn from(slice: &[T]) -> Box<[T]> { slice.to_vec().into_boxed_slice() }
}

impl<T, const N: usize> From<[T; N]> for Box<[T]> {
    fn from(array: [T; N]) -> Box<[T]> { crate::vec::from_array(array).into_boxed_slice() }
}

impl<T> From<Vec<T>> for Box<[T]> {
    fn from(v: Vec<T>) -> Box<[T]> { v.into_boxed_slice() }
}

impl From<&str> for Box<str> {
    fn from(s: &str) -> Box<str> { String::from(s).into_boxed_str() }
}

impl From<String> for Box<str> {
    fn from(s: String) -> Box<str> { s.into_boxed_str() }
}

impl From<Box<str>> for Box<[u8]> {
    fn from(s: Box<str>) -> Box<[u8]> { unsafe { Box::hold(Box::release(s) as *mut [u8]) } }
}

impl<T, const N: usize> TryFrom<Box<[T]>> for Box<[T; N]> {
    type Error = Box<[T]>;

    fn try_from(boxed: Box<[T]>) -> Result<Self, Box<[T]>> {
        if boxed.len() == N {
            Ok(unsafe { Box::hold(Box::release(boxed) as *mut [T; N]) })
        } else {
            Err(boxed)
        }
    }
}

impl<T> Default for Box<[T]> {
    fn default() -> Self { Vec::new().into_boxed_slice() }
}

impl Default for Box<str> {
    fn default() -> Self { String::new().into_boxed_str() }
}

impl<T: Clone> Clone for Box<[T]> {
    fn clone(&self) -> Self { self.to_vec().into_boxed_slice() }
}

impl Clone for Box<str> {
    fn clone(&self) -> Self { Box::from(&**self) }
}

impl<I> iter::FromIterator<I> for Box<[I]> {
    fn from_iter<T: IntoIterator<Item = I>>(iter: T) -> Self {
        iter.into_iter().collect::<Vec<_>>().into_boxed_slice()
    }
}

impl<T> IntoIterator for Box<[T]> {
    type Item = T;
    type IntoIter = crate::vec::IntoIter<T>;

    fn into_iter(self) -> crate::vec::IntoIter<T> { self.into_vec().into_iter() }
}

impl<'a, T> IntoIterator for &'a Box<[T]> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> slice::Iter<'a, T> { self.iter() }
}

impl<'a, T> IntoIterator for &'a mut Box<[T]> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    fn into_iter(self) -> slice::IterMut<'a, T> { self.iter_mut() }
}

impl<'a, E: Error + 'a> From<E> for Box<dyn Error + 'a> {
    fn from(err: E) -> Box<dyn Error + 'a> { Box::new(err) }
}

impl<'a, E: Error + Send + Sync + 'a> From<E> for Box<dyn Error + Send + Sync + 'a> {
    fn from(err: E) -> Box<dyn Error + Send + Sync + 'a> { Box::new(err) }
}

/// The error that a text is.
struct StringError(String);

impl Error for StringError {}

impl fmt::Display for StringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&self.0, f) }
}

impl fmt::Debug for StringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&self.0, f) }
}

impl<'a> From<String> for Box<dyn Error + Send + Sync + 'a> {
    fn from(err: String) -> Box<dyn Error + Send + Sync + 'a> { Box::new(StringError(err)) }
}

impl<'a> From<String> for Box<dyn Error + 'a> {
    fn from(err: String) -> Box<dyn Error + 'a> { Box::new(StringError(err)) }
}

impl<'a, 'b> From<&'b str> for Box<dyn Error + Send + Sync + 'a> {
    fn from(err: &'b str) -> Box<dyn Error + Send + Sync + 'a> { From::from(String::from(err)) }
}

impl<'a, 'b> From<&'b str> for Box<dyn Error + 'a> {
    fn from(err: &'b str) -> Box<dyn Error + 'a> { From::from(String::from(err)) }
}

impl<'a, 'b> From<Cow<'b, str>> for Box<dyn Error + Send + Sync + 'a> {
    fn from(err: Cow<'b, str>) -> Box<dyn Error + Send + Sync + 'a> { From::from(err.into_owned()) }
}

impl<'a, 'b> From<Cow<'b, str>> for Box<dyn Error + 'a> {
    fn from(err: Cow<'b, str>) -> Box<dyn Error + 'a> { From::from(err.into_owned()) }
}

macro_rules! downcast {
    ($($type:ty)*) => {$(
        impl Box<$type> {
            pub fn downcast<T: Any>(self) -> Result<Box<T>, Self> {
                if self.is::<T>() {
                    Ok(unsafe { Box::hold(Box::release(self) as *mut T) })
                } else {
                    Err(self)
                }
            }
        }
    )*};
}

downcast!(dyn Any dyn Any + Send dyn Any + Send + Sync);

impl dyn Error {
    pub fn downcast<T: Error + 'static>(self: Box<Self>) -> Result<Box<T>, Box<dyn Error>> {
        if self.is::<T>() {
            Ok(unsafe { Box::hold(Box::release(self) as *mut T) })
        } else {
            Err(self)
        }
    }
}
