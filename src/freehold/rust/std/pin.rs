//! `Pin`.

use crate::boxed::Box;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn, Receiver};

#[lang = "pin"]
#[fundamental]
#[repr(transparent)]
#[derive(Copy, Clone)]
pub struct Pin<Ptr> {
    /// Public for `pin!`, whose temporary lives as long as the literal that it stands in.
    #[doc(hidden)]
    pub __pointer: Ptr,
}

impl<Ptr: Deref> Pin<Ptr>
where
    Ptr::Target: Unpin,
{
    #[inline]
    pub const fn new(pointer: Ptr) -> Pin<Ptr> { Pin { __pointer: pointer } }

    pub fn into_inner(pin: Pin<Ptr>) -> Ptr { pin.__pointer }
}

#[lang_items]
impl<Ptr: Deref> Pin<Ptr> {
    /// # Safety
    /// What `pointer` points to must not move again.
    #[lang = "new_unchecked"]
    #[inline]
    pub const unsafe fn new_unchecked(pointer: Ptr) -> Pin<Ptr> { Pin { __pointer: pointer } }

    #[inline]
    pub fn as_ref(&self) -> Pin<&Ptr::Target> { Pin { __pointer: &*self.__pointer } }

    /// # Safety
    /// See `new_unchecked`.
    pub unsafe fn into_inner_unchecked(pin: Pin<Ptr>) -> Ptr { pin.__pointer }
}

impl<Ptr: DerefMut> Pin<Ptr> {
    #[inline]
    pub fn as_mut(&mut self) -> Pin<&mut Ptr::Target> { Pin { __pointer: &mut *self.__pointer } }

    #[inline]
    pub fn set(&mut self, value: Ptr::Target)
    where
        Ptr::Target: Sized,
    {
        *(self.__pointer) = value;
    }
}

impl<'a, T: ?Sized> Pin<&'a T> {
    /// # Safety
    /// The result must not move while this is pinned.
    pub unsafe fn map_unchecked<U: ?Sized, F: FnOnce(&T) -> &U>(self, func: F) -> Pin<&'a U> {
        Pin { __pointer: func(self.__pointer) }
    }

    #[inline]
    pub const fn get_ref(self) -> &'a T { self.__pointer }
}

impl<'a, T: ?Sized> Pin<&'a mut T> {
    #[inline]
    pub fn into_ref(self) -> Pin<&'a T> { Pin { __pointer: self.__pointer } }

    #[inline]
    pub fn get_mut(self) -> &'a mut T
    where
        T: Unpin,
    {
        self.__pointer
    }

    /// # Safety
    /// The value must not be moved.
    #[inline]
    pub const unsafe fn get_unchecked_mut(self) -> &'a mut T { self.__pointer }

    /// # Safety
    /// The result must not move while this is pinned.
    pub unsafe fn map_unchecked_mut<U: ?Sized, F>(self, func: F) -> Pin<&'a mut U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        Pin { __pointer: func(self.__pointer) }
    }
}

impl<T: ?Sized> Pin<&'static T> {
    pub const fn static_ref(r: &'static T) -> Pin<&'static T> { Pin { __pointer: r } }
}

impl<Ptr: Deref> Deref for Pin<Ptr> {
    type Target = Ptr::Target;

    fn deref(&self) -> &Ptr::Target { &*self.__pointer }
}

impl<Ptr: DerefMut> DerefMut for Pin<Ptr>
where
    Ptr::Target: Unpin,
{
    fn deref_mut(&mut self) -> &mut Ptr::Target { &mut *self.__pointer }
}

impl<Ptr: Receiver> Receiver for Pin<Ptr> {}
impl<Ptr: CoerceUnsized<U>, U> CoerceUnsized<Pin<U>> for Pin<Ptr> {}
impl<Ptr: DispatchFromDyn<U>, U> DispatchFromDyn<Pin<U>> for Pin<Ptr> {}

impl<T> Default for Pin<Box<T>>
where
    T: Default,
{
    fn default() -> Self { Box::pin(T::default()) }
}

impl<Ptr: Deref, Q: Deref> PartialEq<Pin<Q>> for Pin<Ptr>
where
    Ptr::Target: PartialEq<Q::Target>,
{
    fn eq(&self, other: &Pin<Q>) -> bool { **self == **other }
}

impl<Ptr: Deref> Eq for Pin<Ptr> where Ptr::Target: Eq {}

impl<Ptr: Deref, Q: Deref> PartialOrd<Pin<Q>> for Pin<Ptr>
where
    Ptr::Target: PartialOrd<Q::Target>,
{
    fn partial_cmp(&self, other: &Pin<Q>) -> Option<Ordering> { (**self).partial_cmp(&**other) }
}

impl<Ptr: Deref> Ord for Pin<Ptr>
where
    Ptr::Target: Ord,
{
    fn cmp(&self, other: &Self) -> Ordering { (**self).cmp(&**other) }
}

impl<Ptr: Deref> Hash for Pin<Ptr>
where
    Ptr::Target: Hash,
{
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state) }
}

impl<Ptr: fmt::Debug> fmt::Debug for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&self.__pointer, f) }
}

impl<Ptr: fmt::Display> fmt::Display for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&self.__pointer, f) }
}

impl<Ptr: fmt::Pointer> fmt::Pointer for Pin<Ptr> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Pointer::fmt(&self.__pointer, f) }
}

#[macro_export]
macro_rules! __pin {
    ($value:expr $(,)?) => {
        $crate::pin::Pin { __pointer: &mut { $value } }
    };
}

pub use crate::__pin as pin;
