//! Cells: values that change through shared references.

mod once;
mod ref_cell;

pub use self::once::{LazyCell, OnceCell};
pub use self::ref_cell::{BorrowError, BorrowMutError, Ref, RefCell, RefMut};
use crate::cmp::Ordering;
use crate::fmt;
use crate::mem;
use crate::ops::CoerceUnsized;
use crate::ptr;

/// The one type whose contents may change behind a shared reference.
#[lang = "unsafe_cell"]
#[repr(transparent)]
pub struct UnsafeCell<T: ?Sized> {
    value: T,
}

impl<T: ?Sized> !Sync for UnsafeCell<T> {}

impl<T> UnsafeCell<T> {
    #[inline]
    pub const fn new(value: T) -> UnsafeCell<T> { UnsafeCell { value } }

    #[inline]
    pub fn into_inner(self) -> T { self.value }
}

impl<T: ?Sized> UnsafeCell<T> {
    #[inline]
    pub fn from_mut(value: &mut T) -> &mut UnsafeCell<T> {
        unsafe { &mut *(value as *mut T as *mut UnsafeCell<T>) }
    }

    #[inline]
    pub const fn get(&self) -> *mut T { self as *const UnsafeCell<T> as *const T as *mut T }

    #[inline]
    pub const fn get_mut(&mut self) -> &mut T { &mut self.value }

    #[inline]
    pub const fn raw_get(this: *const Self) -> *mut T { this as *const T as *mut T }
}

impl<T: Default> Default for UnsafeCell<T> {
    fn default() -> UnsafeCell<T> { UnsafeCell::new(T::default()) }
}

impl<T> From<T> for UnsafeCell<T> {
    fn from(t: T) -> UnsafeCell<T> { UnsafeCell::new(t) }
}

impl<T: CoerceUnsized<U>, U> CoerceUnsized<UnsafeCell<U>> for UnsafeCell<T> {}

impl<T: ?Sized> fmt::Debug for UnsafeCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsafeCell").finish_non_exhaustive()
    }
}

#[lang = "Cell"]
#[repr(transparent)]
pub struct Cell<T: ?Sized> {
    value: UnsafeCell<T>,
}

unsafe impl<T: ?Sized + Send> Send for Cell<T> {}
impl<T: ?Sized> !Sync for Cell<T> {}

impl<T> Cell<T> {
    #[inline]
    pub const fn new(value: T) -> Cell<T> { Cell { value: UnsafeCell::new(value) } }

    #[inline]
    pub fn set(&self, val: T) { self.replace(val); }

    #[inline]
    pub fn swap(&self, other: &Self) {
        if !ptr::eq(self, other) {
            unsafe { ptr::swap(self.value.get(), other.value.get()) }
        }
    }

    #[inline]
    pub fn replace(&self, val: T) -> T { mem::replace(unsafe { &mut *self.value.get() }, val) }

    #[inline]
    pub fn into_inner(self) -> T { self.value.into_inner() }
}

impl<T: Copy> Cell<T> {
    #[inline]
    pub fn get(&self) -> T { unsafe { *self.value.get() } }

    #[inline]
    pub fn update(&self, f: impl FnOnce(T) -> T) { self.set(f(self.get())); }
}

impl<T: ?Sized> Cell<T> {
    #[inline]
    pub const fn as_ptr(&self) -> *mut T { self.value.get() }

    #[inline]
    pub const fn get_mut(&mut self) -> &mut T { self.value.get_mut() }

    #[inline]
    pub fn from_mut(t: &mut T) -> &Cell<T> { unsafe { &*(t as *mut T as *const Cell<T>) } }
}

impl<T: Default> Cell<T> {
    #[inline]
    pub fn take(&self) -> T { self.replace(Default::default()) }
}

impl<T> Cell<[T]> {
    pub fn as_slice_of_cells(&self) -> &[Cell<T>] {
        unsafe { &*(self as *const Cell<[T]> as *const [Cell<T>]) }
    }
}

impl<T: Copy> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> { Cell::new(self.get()) }
}

impl<T: Default> Default for Cell<T> {
    fn default() -> Cell<T> { Cell::new(Default::default()) }
}

impl<T: PartialEq + Copy> PartialEq for Cell<T> {
    fn eq(&self, other: &Cell<T>) -> bool { self.get() == other.get() }
}

impl<T: Eq + Copy> Eq for Cell<T> {}

impl<T: PartialOrd + Copy> PartialOrd for Cell<T> {
    fn partial_cmp(&self, other: &Cell<T>) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: Ord + Copy> Ord for Cell<T> {
    fn cmp(&self, other: &Cell<T>) -> Ordering { self.get().cmp(&other.get()) }
}

impl<T> From<T> for Cell<T> {
    fn from(t: T) -> Cell<T> { Cell::new(t) }
}

impl<T: CoerceUnsized<U>, U> CoerceUnsized<Cell<U>> for Cell<T> {}

impl<T: Copy + fmt::Debug> fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cell").field("value", &self.get()).finish()
    }
}

/// A `Sync` `UnsafeCell`: threads never run at the same time here.
#[repr(transparent)]
pub(crate) struct SharedCell<T: ?Sized>(UnsafeCell<T>);

unsafe impl<T: ?Sized> Sync for SharedCell<T> {}

impl<T> SharedCell<T> {
    #[inline]
    pub(crate) const fn new(value: T) -> Self { SharedCell(UnsafeCell::new(value)) }

    #[inline]
    pub(crate) fn into_inner(self) -> T { self.0.into_inner() }
}

impl<T: ?Sized> SharedCell<T> {
    #[inline]
    pub(crate) const fn get(&self) -> *mut T { self.0.get() }

    #[inline]
    pub(crate) const fn get_mut(&mut self) -> &mut T { self.0.get_mut() }
}
