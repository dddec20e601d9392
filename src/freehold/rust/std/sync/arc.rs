//! `Arc` and its `Weak`: those of `rc` with atomic counts.

mod convert;

use crate::alloc::{allocate, deallocate, Layout};
use crate::boxed::Box;
use crate::cmp;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::{PhantomData, Unsize};
use crate::mem::{self, ManuallyDrop};
use crate::ops::{CoerceUnsized, Deref, DispatchFromDyn, Receiver};
use crate::pin::Pin;
use crate::ptr::{self, NonNull};
use crate::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// What an `Arc` points to. The strong ones together hold one of the weak ones: when both counts
/// are 0 the block goes back.
#[lang = "ArcInner"]
#[repr(C)]
struct ArcInner<T: ?Sized> {
    strong: AtomicUsize,
    weak: AtomicUsize,
    value: T,
}

#[lang = "Arc"]
pub struct Arc<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
    phantom: PhantomData<ArcInner<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Arc<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Arc<U>> for Arc<T> {}
impl<T: ?Sized> Receiver for Arc<T> {}
impl<T: ?Sized> Unpin for Arc<T> {}

/// How far the value lies behind the counts.
fn value_offset(align: usize) -> usize {
    let header = 2 * mem::size_of::<usize>();
    (header + align - 1) & !(align - 1)
}

#[cold]
fn count_overflow() -> ! { crate::process::abort() }

impl<T: ?Sized> Arc<T> {
    #[inline]
    fn inner(&self) -> &ArcInner<T> { unsafe { self.ptr.as_ref() } }

    #[inline]
    unsafe fn from_inner(ptr: NonNull<ArcInner<T>>) -> Self { Arc { ptr, phantom: PhantomData } }
}

impl<T> Arc<T> {
    #[inline]
    pub fn new(value: T) -> Arc<T> {
        let inner = Box::new(ArcInner { strong: AtomicUsize::new(1), weak: AtomicUsize::new(1), value });
        unsafe { Arc::from_inner(NonNull::new_unchecked(Box::release(inner))) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T> {
        let layout = Layout::new::<ArcInner<T>>();
        unsafe {
            let inner = allocate(layout) as *mut ArcInner<T>;
            ptr::write(&raw mut (*inner).strong, AtomicUsize::new(0));
            ptr::write(&raw mut (*inner).weak, AtomicUsize::new(1));
            let weak = Weak { ptr: NonNull::new_unchecked(inner) };
            let data = data_fn(&weak);
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong.store(1, SeqCst);
            // The strong reference takes over the count of the weak one.
            let _ = ManuallyDrop::wrap(weak);
            Arc::from_inner(NonNull::new_unchecked(inner))
        }
    }

    pub fn pin(value: T) -> Pin<Arc<T>> { unsafe { Pin::new_unchecked(Arc::new(value)) } }

    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        if Arc::strong_count(&this) != 1 {
            return Err(this);
        }
        let this = ManuallyDrop::wrap(this);
        unsafe {
            let value = ptr::read(&**this);
            this.inner().strong.store(0, SeqCst);
            // What is left goes as the last weak one does.
            mem::drop(Weak { ptr: this.ptr });
            Ok(value)
        }
    }

    pub fn into_inner(this: Self) -> Option<T> { Arc::try_unwrap(this).ok() }

    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Arc::try_unwrap(this).unwrap_or_else(|arc| (*arc).clone())
    }
}

impl<T: ?Sized> Arc<T> {
    pub fn into_raw(this: Self) -> *const T {
        let this = ManuallyDrop::wrap(this);
        let raw = Arc::as_ptr(&this);
        mem::give_up(raw);
        raw
    }

    pub fn as_ptr(this: &Self) -> *const T { unsafe { &raw const (*this.ptr.as_ptr()).value } }

    #[inline]
    pub fn weak_count(this: &Self) -> usize { this.inner().weak.load(SeqCst) - 1 }

    #[inline]
    pub fn strong_count(this: &Self) -> usize { this.inner().strong.load(SeqCst) }

    fn is_unique(this: &Self) -> bool {
        Arc::weak_count(this) == 0 && Arc::strong_count(this) == 1
    }

    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if Arc::is_unique(this) {
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
        inner.weak.fetch_add(1, SeqCst);
        Weak { ptr: this.ptr }
    }
}

impl<T> Arc<T> {
    /// # Safety
    /// `ptr` must come from `into_raw`; so for the counts below.
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        mem::take_back(ptr);
        unsafe { Arc::around(ptr) }
    }

    unsafe fn around(ptr: *const T) -> Self {
        let offset = value_offset(mem::align_of::<T>());
        unsafe {
            let inner = (ptr as *const u8).sub(offset) as *mut ArcInner<T>;
            Arc::from_inner(NonNull::new_unchecked(inner))
        }
    }

    /// # Safety
    /// See `from_raw`.
    pub unsafe fn increment_strong_count(ptr: *const T) {
        let arc = unsafe { ManuallyDrop::wrap(Arc::around(ptr)) };
        let _ = ManuallyDrop::wrap(Arc::clone(&arc));
    }

    /// # Safety
    /// See `from_raw`.
    pub unsafe fn decrement_strong_count(ptr: *const T) { unsafe { mem::drop(Arc::from_raw(ptr)) } }
}

impl<T: Clone> Arc<T> {
    pub fn make_mut(this: &mut Self) -> &mut T {
        if Arc::strong_count(this) != 1 {
            *this = Arc::new((**this).clone());
        } else if Arc::weak_count(this) != 0 {
            // The weak ones lose it: the value moves to a block of its own.
            unsafe {
                let value = ptr::read(&**this);
                let old = mem::replace(this, Arc::new(value));
                let old = ManuallyDrop::wrap(old);
                old.inner().strong.store(0, SeqCst);
                mem::drop(Weak { ptr: old.ptr });
            }
        }
        unsafe { &mut (*this.ptr.as_ptr()).value }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T { &self.inner().value }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Arc<T> {
    #[inline]
    fn drop(&mut self) {
        unsafe {
            if self.inner().strong.fetch_sub(1, SeqCst) == 1 {
                let _weak = Weak { ptr: self.ptr };
                ptr::drop_in_place(&mut (*self.ptr.as_ptr()).value);
            }
        }
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[inline]
    fn clone(&self) -> Self {
        if self.inner().strong.fetch_add(1, SeqCst) > isize::MAX as usize {
            count_overflow();
        }
        unsafe { Arc::from_inner(self.ptr) }
    }
}

/// `Weak::new()` points to no block: to the highest address.
#[lang = "ArcWeak"]
pub struct Weak<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Weak<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

impl<T> Weak<T> {
    pub const fn new() -> Weak<T> {
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(usize::MAX)) } }
    }
}

impl<T: ?Sized> Weak<T> {
    fn inner(&self) -> Option<&ArcInner<T>> {
        if self.ptr.as_ptr() as *const () as usize == usize::MAX {
            None
        } else {
            Some(unsafe { self.ptr.as_ref() })
        }
    }

    pub fn upgrade(&self) -> Option<Arc<T>> {
        let inner = self.inner()?;
        if inner.strong.load(SeqCst) == 0 {
            return None;
        }
        inner.strong.fetch_add(1, SeqCst);
        unsafe { Some(Arc::from_inner(self.ptr)) }
    }

    pub fn strong_count(&self) -> usize {
        match self.inner() {
            Some(inner) => inner.strong.load(SeqCst),
            None => 0,
        }
    }

    pub fn weak_count(&self) -> usize {
        match self.inner() {
            Some(inner) if inner.strong.load(SeqCst) > 0 => inner.weak.load(SeqCst) - 1,
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
        Weak { ptr: unsafe { NonNull::new_unchecked(block as *mut ArcInner<T>) } }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(inner) = self.inner() {
            if inner.weak.fetch_sub(1, SeqCst) == 1 {
                let layout = Layout::for_pointer(self.ptr.as_ptr());
                unsafe { deallocate(self.ptr.as_ptr() as *mut u8, layout) }
            }
        }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    fn clone(&self) -> Weak<T> {
        if let Some(inner) = self.inner() {
            inner.weak.fetch_add(1, SeqCst);
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

impl<T: Default> Default for Arc<T> {
    fn default() -> Arc<T> { Arc::new(Default::default()) }
}

impl<T: ?Sized + PartialEq> PartialEq for Arc<T> {
    #[inline]
    fn eq(&self, other: &Arc<T>) -> bool { **self == **other }

    #[inline]
    fn ne(&self, other: &Arc<T>) -> bool { **self != **other }
}

impl<T: ?Sized + Eq> Eq for Arc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Arc<T> {
    fn partial_cmp(&self, other: &Arc<T>) -> Option<cmp::Ordering> { (**self).partial_cmp(&**other) }
}

impl<T: ?Sized + Ord> Ord for Arc<T> {
    fn cmp(&self, other: &Arc<T>) -> cmp::Ordering { (**self).cmp(&**other) }
}

impl<T: ?Sized + Hash> Hash for Arc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state); }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&**self, f) }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl<T: ?Sized> fmt::Pointer for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&(&raw const **self), f)
    }
}
