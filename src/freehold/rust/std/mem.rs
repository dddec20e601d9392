//! Values as memory.

mod manually_drop;
mod maybe_uninit;

pub use self::manually_drop::ManuallyDrop;
pub use self::maybe_uninit::MaybeUninit;
pub use crate::intrinsics::transmute;
pub use crate::offset_of;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::marker::PhantomData;
use crate::ptr;

#[inline]
pub const fn size_of<T>() -> usize { unsafe { intrinsics::size_of::<T>() } }

#[inline]
pub const fn size_of_val<T: ?Sized>(val: &T) -> usize { unsafe { intrinsics::size_of_val(val) } }

#[inline]
pub const fn align_of<T>() -> usize { unsafe { intrinsics::align_of::<T>() } }

#[inline]
pub const fn align_of_val<T: ?Sized>(val: &T) -> usize { unsafe { intrinsics::align_of_val(val) } }

#[inline]
pub const fn needs_drop<T: ?Sized>() -> bool { unsafe { intrinsics::needs_drop::<T>() } }

/// What goes in is never dropped: a leak of it is one on purpose, and is reported as such.
#[lang = "mem_forget"]
#[inline]
pub const fn forget<T>(t: T) {
    let t = ManuallyDrop::wrap(t);
    give_up_in(&*t);
}

/// Nobody drops what `value` owns from now on, unless somebody takes it back: a leak says so.
#[inline]
pub(crate) const fn give_up_in<T>(value: &T) {
    if size_of::<T>() > 0 && needs_drop::<T>() {
        unsafe { intrinsics::__freehold_give_up(value as *const T as *const u8, size_of::<T>()) };
    }
}

/// The same for the block at `raw`.
#[inline]
pub(crate) fn give_up<T: ?Sized>(raw: *const T) {
    unsafe { intrinsics::__freehold_give_up(raw as *const u8, 0) };
}

/// What was given up has an owner again.
#[inline]
pub(crate) const fn take_back_in<T>(value: &T) {
    if size_of::<T>() > 0 && needs_drop::<T>() {
        unsafe { intrinsics::__freehold_take_back(value as *const T as *const u8, size_of::<T>()) };
    }
}

/// The same for the block at `raw`.
#[inline]
pub(crate) fn take_back<T: ?Sized>(raw: *const T) {
    unsafe { intrinsics::__freehold_take_back(raw as *const u8, 0) };
}

#[lang = "mem_drop"]
#[inline]
pub fn drop<T>(_x: T) {}

#[inline]
pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe {
        let a = ptr::read(x);
        let b = ptr::read(y);
        ptr::write(x, b);
        ptr::write(y, a);
    }
}

#[inline]
pub const fn replace<T>(dest: &mut T, src: T) -> T {
    unsafe {
        let result = ptr::read(dest);
        ptr::write(dest, src);
        result
    }
}

#[inline]
pub fn take<T: Default>(dest: &mut T) -> T { replace(dest, T::default()) }

/// # Safety
/// All zeros must be a valid `T`.
#[inline]
pub const unsafe fn zeroed<T>() -> T { unsafe { MaybeUninit::zeroed().assume_init() } }

/// # Safety
/// Any bytes must be a valid `T`.
#[inline]
#[deprecated(since = "1.39.0", note = "use `mem::MaybeUninit` instead")]
pub unsafe fn uninitialized<T>() -> T { unsafe { MaybeUninit::uninit().assume_init() } }

/// # Safety
/// The first bytes of `src` must be a valid `Dst`, and there must be as many.
#[inline]
#[track_caller]
pub const unsafe fn transmute_copy<Src, Dst>(src: &Src) -> Dst {
    assert!(
        size_of::<Src>() >= size_of::<Dst>(),
        "cannot transmute_copy if Dst is larger than Src"
    );
    unsafe { ptr::read_unaligned(src as *const Src as *const Dst) }
}

#[inline]
pub const fn discriminant<T>(v: &T) -> Discriminant<T> {
    Discriminant { value: unsafe { intrinsics::discriminant_value(v) }, marker: PhantomData }
}

pub struct Discriminant<T> {
    value: isize,
    marker: PhantomData<fn() -> T>,
}

impl<T> Copy for Discriminant<T> {}

impl<T> Clone for Discriminant<T> {
    fn clone(&self) -> Self { *self }
}

impl<T> PartialEq for Discriminant<T> {
    fn eq(&self, rhs: &Self) -> bool { self.value == rhs.value }
}

impl<T> Eq for Discriminant<T> {}

impl<T> Hash for Discriminant<T> {
    fn hash<H: Hasher>(&self, state: &mut H) { self.value.hash(state); }
}

impl<T> fmt::Debug for Discriminant<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Discriminant").field(&self.value).finish()
    }
}
