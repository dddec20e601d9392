//! `Rc` and its `Weak`.

mod convert;

use crate::alloc::{allocate, deallocate, Layout};
use crate::boxed::Box;
use crate::cell::Cell;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::{PhantomData, Unsize};
use crate::mem::{self, ManuallyDrop};
use crate::ops::{CoerceUnsized, Deref, DispatchFromDyn, Receiver};
use crate::pin::Pin;
use crate::ptr::{self, NonNull};

/// What an `Rc` points to. The strong ones together hold one of the weak ones: when both counts
/// are 0 the block goes back.
#[lang = "RcBox"]
#[repr(C)]
struct RcInner<T: ?Sized> {
    strong: Cell<usize>,
    weak: Cell<usize>,
    value: T,
}

#[lang = "Rc"]
pub struct Rc<T: ?Sized> {
    ptr: NonNull<RcInner<T>>,
    phantom: PhantomData<RcInner<T>>,
}

impl<T: ?Sized> !Send for Rc<T> {}
impl<T: ?Sized> !Sync for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Rc<U>> for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Rc<U>> for Rc<T> {}
impl<T: ?Sized> Receiver for Rc<T> {}
impl<T: ?Sized> Unpin for Rc<T> {}

/// How far the value lies behind the counts.
fn value_offset(align: usize) -> usize {
    let header = 2 * mem::size_of::<usize>();
    (header + align - 1) & !(align - 1)
}

#[cold]
fn count_overflow() -> ! { crate::process::abort() }

impl<T: ?Sized> Rc<T> {
    #[inline]
    fn inner(&self) -> &RcInner<T> { unsafe { self.ptr.as_ref() } }

    #[inline]
    unsafe fn from_inner(ptr: NonNull<RcInner<T>>) -> Self { Rc { ptr, phantom: PhantomData } }
}

impl<T> Rc<T> {
    #[inline]
    pub fn new(value: T) -> Rc<T> {
        let inner = Box::new(RcInner { strong: Cell::new(1), weak: Cell::new(1), value });
        unsafe { Rc::from_inner(NonNull::new_unchecked(Box::release(inner))) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T> {
        let layout = Layout::new::<RcInner<T>>();
        unsafe {
            let inner = allocate(layout) as *mut RcInner<T>;
            ptr::write(&raw mut (*inner).strong, Cell::new(0));
            ptr::write(&raw mut (*inner).weak, Cell::new(1));
            let weak = Weak { ptr: NonNull::new_unchecked(inner) };
            let data = data_fn(&weak);
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong.set(1);
            // The strong reference takes over the count of the weak one.
            let _ = ManuallyDrop::wrap(weak);
            Rc::from_inner(NonNull::new_unchecked(inner))
        }
    }

    pub fn pin(value: T) -> Pin<Rc<T>> { unsafe { Pin::new_unchecked(Rc::new(value)) } }

    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        if Rc::strong_count(&this) != 1 {
            return Err(this);
        }
        let this = ManuallyDrop::wrap(this);
        unsafe {
            let value = ptr::read(&**this);
            this.inner().strong.set(0);
            // What is left goes as the last weak one does.
            mem::drop(Weak { ptr: this.ptr });
            Ok(value)
        }
    }

    pub fn into_inner(this: Self) -> Option<T> { Rc::try_unwrap(this).ok() }

    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Rc::try_unwrap(this).unwrap_or_else(|rc| (*rc).clone())
    }
}

impl<T: ?Sized> Rc<T> {
    pub fn into_raw(this: Self) -> *const T {
        let this = ManuallyDrop::wrap(this);
        let raw = Rc::as_ptr(&this);
        mem::give_up(raw);
        raw
    }

    pub fn as_ptr(this: &Self) -> *const T { unsafe { &raw const (*this.ptr.as_ptr()).value } }

    #[inline]
    pub fn weak_count(this: &Self) -> usize { this.inner().weak.get() - 1 }

    #[inline]
    pub fn strong_count(this: &Self) -> usize { this.inner().strong.get() }

    fn is_unique(this: &Self) -> bool {
        Rc::weak_count(this) == 0 && Rc::strong_count(this) == 1
    }

    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if Rc::is_unique(this) {
            unsafe { Some(&mut (*this.ptr.as_ptr()).value) }
        } else {
            None
        }
    }

    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        ptr::addr_eq(this.ptr.as_ptr(), other.ptr.as_ptr())
    }

    pub fn downgrade(this: &Self) -> Weak<T> {
        let inner = this.inner();
        inner.weak.set(inner.weak.get() + 1);
        Weak { ptr: this.ptr }
    }
}

impl<T> Rc<T> {
    /// # Safety
    /// `ptr` must come from `into_raw`; so for the counts below.
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        mem::take_back(ptr);
        unsafe { Rc::around(ptr) }
    }

    unsafe fn around(ptr: *const T) -> Self {
        let offset = value_offset(mem::align_of::<T>());
        unsafe {
            let inner = (ptr as *const u8).sub(offset) as *mut RcInner<T>;
            Rc::from_inner(NonNull::new_unchecked(inner))
        }
    }

    /// # Safety
    /// See `from_raw`.
    pub unsafe fn increment_strong_count(ptr: *const T) {
        let rc = unsafe { ManuallyDrop::wrap(Rc::around(ptr)) };
        let _ = ManuallyDrop::wrap(Rc::clone(&rc));
    }

    /// # Safety
    /// See `from_raw`.
    pub unsafe fn decrement_strong_count(ptr: *const T) { unsafe { mem::drop(Rc::from_raw(ptr)) } }
}

impl<T: Clone> Rc<T> {
    pub fn make_mut(this: &mut Self) -> &mut T {
        if Rc::strong_count(this) != 1 {
            *this = Rc::new((**this).clone());
        } else if Rc::weak_count(this) != 0 {
            // The weak ones lose it: the value moves to a block of its own.
            unsafe {
                let value = ptr::read(&**this);
                let old = mem::replace(this, Rc::new(value));
                let old = ManuallyDrop::wrap(old);
                old.inner().strong.set(0);
                mem::drop(Weak { ptr: old.ptr });
            }
        }
        unsafe { &mut (*this.ptr.as_ptr()).value }
    }
}

impl<T: ?Sized> Deref for Rc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T { &self.inner().value }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Rc<T> {
    #[inline]
    fn drop(&mut self) {
        unsafe {
            let strong = self.inner().strong.get() - 1;
            self.inner().strong.set(strong);
            if strong == 0 {
                let _weak = Weak { ptr: self.ptr };
                ptr::drop_in_place(&mut (*self.ptr.as_ptr()).value);
            }
        }
    }
}

impl<T: ?Sized> Clone for Rc<T> {
    #[inline]
    fn clone(&self) -> Self {
        let inner = self.inner();
        let strong = inner.strong.get().wrapping_add(1);
        inner.strong.set(strong);
        if strong == 0 {
            count_overflow();
        }
        unsafe { Rc::from_inner(self.ptr) }
    }
}

/// `Weak::new()` points to no block: to the highest address.
#[lang = "RcWeak"]
pub struct Weak<T: ?Sized> {
    ptr: NonNull<RcInner<T>>,
}

impl<T: ?Sized> !Send for Weak<T> {}
impl<T: ?Sized> !Sync for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

impl<T> Weak<T> {
    pub const fn new() -> Weak<T> {
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(usize::MAX)) } }
    }
}

impl<T: ?Sized> Weak<T> {
    fn inner(&self) -> Option<&RcInner<T>> {
        if self.ptr.as_ptr() as *const () as usize == usize::MAX {
            None
        } else {
            Some(unsafe { self.ptr.as_ref() })
        }
    }

    pub fn upgrade(&self) -> Option<Rc<T>> {
        let inner = self.inner()?;
        if inner.strong.get() == 0 {
            return None;
        }
        inner.strong.set(inner.strong.get() + 1);
        unsafe { Some(Rc::from_inner(self.ptr)) }
    }

    pub fn strong_count(&self) -> usize {
        match self.inner() {
            Some(inner) => inner.strong.get(),
            None => 0,
        }
    }

    pub fn weak_count(&self) -> usize {
        match self.inner() {
            Some(inner) if inner.strong.get() > 0 => inner.weak.get() - 1,
            _ => 0,
        }
    }

    pub fn ptr_eq(&self, other: &Self) -> bool {
        ptr::addr_eq(self.ptr.as_ptr(), other.ptr.as_ptr())
    }
}

impl<T> Weak<T> {
    pub fn as_ptr(&self) -> *const T {
        let block = self.ptr.as_ptr() as *const u8;
        block.wrapping_add(value_offset(mem::align_of::<T>())) as *const T
    }

    pub fn into_raw(self) -> *const T { ManuallyDrop::wrap(self).as_ptr() }

    /// # Safety
    /// `ptr` must come from `into_raw`.
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        let block = (ptr as *const u8).wrapping_sub(value_offset(mem::align_of::<T>()));
        Weak { ptr: unsafe { NonNull::new_unchecked(block as *mut RcInner<T>) } }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(inner) = self.inner() {
            let weak = inner.weak.get() - 1;
            inner.weak.set(weak);
            if weak == 0 {
                let layout = Layout::for_pointer(self.ptr.as_ptr());
                unsafe { deallocate(self.ptr.as_ptr() as *mut u8, layout) }
            }
        }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    fn clone(&self) -> Weak<T> {
        if let Some(inner) = self.inner() {
            inner.weak.set(inner.weak.get() + 1);
        }
        Weak { ptr: self.ptr }
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("(Weak)") }
}

impl<T> Default for Weak<T> {
    fn default() -> Weak<T> { Weak::new() }
}

impl<T: Default> Default for Rc<T> {
    fn default() -> Rc<T> { Rc::new(Default::default()) }
}

impl<T: ?Sized + PartialEq> PartialEq for Rc<T> {
    #[inline]
    fn eq(&self, other: &Rc<T>) -> bool { **self == **other }

    #[inline]
    fn ne(&self, other: &Rc<T>) -> bool { **self != **other }
}

impl<T: ?Sized + Eq> Eq for Rc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Rc<T> {
    fn partial_cmp(&self, other: &Rc<T>) -> Option<Ordering> { (**self).partial_cmp(&**other) }
}

impl<T: ?Sized + Ord> Ord for Rc<T> {
    fn cmp(&self, other: &Rc<T>) -> Ordering { (**self).cmp(&**other) }
}

impl<T: ?Sized + Hash> Hash for Rc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state); }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&**self, f) }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl<T: ?Sized> fmt::Pointer for Rc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&(&raw const **self), f)
    }
}
