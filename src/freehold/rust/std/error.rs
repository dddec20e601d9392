//! `Error`.

use crate::any::TypeId;
use crate::boxed::Box;
use crate::fmt::{Debug, Display};

pub trait Error: Debug + Display {
    fn source(&self) -> Option<&(dyn Error + 'static)> { None }

    /// The type of the error, for `downcast`; `Seal` keeps others from answering.
    #[doc(hidden)]
    fn type_id(&self, _: Seal) -> TypeId
    where
        Self: 'static,
    {
        TypeId::of::<Self>()
    }

    fn description(&self) -> &str { "description() is deprecated; use Display" }

    fn cause(&self) -> Option<&dyn Error> { self.source() }
}

#[doc(hidden)]
#[derive(Debug)]
pub struct Seal;

impl dyn Error {
    pub fn is<T: Error + 'static>(&self) -> bool { TypeId::of::<T>() == self.type_id(Seal) }

    pub fn downcast_ref<T: Error + 'static>(&self) -> Option<&T> {
        if self.is::<T>() {
            Some(unsafe { &*(self as *const dyn Error as *const T) })
        } else {
            None
        }
    }

    pub fn downcast_mut<T: Error + 'static>(&mut self) -> Option<&mut T> {
        if self.is::<T>() {
            Some(unsafe { &mut *(self as *mut dyn Error as *mut T) })
        } else {
            None
        }
    }
}

impl dyn Error + Send + Sync {
    pub fn is<T: Error + 'static>(&self) -> bool { <dyn Error>::is::<T>(self) }

    pub fn downcast_ref<T: Error + 'static>(&self) -> Option<&T> {
        <dyn Error>::downcast_ref::<T>(self)
    }
}

impl<'a, T: Error + ?Sized> Error for &'a T {
    fn source(&self) -> Option<&(dyn Error + 'static)> { Error::source(&**self) }
}

impl<'a, T: Error + ?Sized> Error for &'a mut T {
    fn source(&self) -> Option<&(dyn Error + 'static)> { Error::source(&**self) }
}

impl<E: Error> Error for Box<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> { Error::source(&**self) }
}

impl Error for ! {}
