//! Raw pointers.

mod const_ptr;
mod mut_ptr;
mod non_null;
mod unique;

pub use self::non_null::NonNull;
pub(crate) use self::unique::Unique;
pub use crate::intrinsics::{copy, copy_nonoverlapping, write_bytes};
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::mem;

/// Run the destructor of what `to_drop` points to: the compiler puts the drop glue here.
///
/// # Safety
/// The value must be valid, and not be used again.
#[lang = "drop_in_place"]
#[allow(unconditional_recursion)]
pub unsafe fn drop_in_place<T: ?Sized>(to_drop: *mut T) { unsafe { drop_in_place(to_drop) } }

#[inline]
pub const fn null<T>() -> *const T { without_provenance(0) }

#[inline]
pub const fn null_mut<T>() -> *mut T { without_provenance_mut(0) }

#[inline]
pub const fn without_provenance<T>(addr: usize) -> *const T {
    unsafe { intrinsics::transmute::<usize, *const T>(addr) }
}

#[inline]
pub const fn without_provenance_mut<T>(addr: usize) -> *mut T {
    unsafe { intrinsics::transmute::<usize, *mut T>(addr) }
}

#[inline]
pub const fn dangling<T>() -> *const T { without_provenance(mem::align_of::<T>()) }

#[inline]
pub const fn dangling_mut<T>() -> *mut T { without_provenance_mut(mem::align_of::<T>()) }

#[inline]
pub fn with_exposed_provenance<T>(addr: usize) -> *const T { addr as *const T }

#[inline]
pub fn with_exposed_provenance_mut<T>(addr: usize) -> *mut T { addr as *mut T }

#[inline]
pub const fn from_ref<T: ?Sized>(r: &T) -> *const T { r }

#[inline]
pub const fn from_mut<T: ?Sized>(r: &mut T) -> *mut T { r }

#[inline]
pub const fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {
    unsafe { intrinsics::slice_from_raw_parts(data, len) }
}

#[inline]
pub const fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {
    unsafe { intrinsics::slice_from_raw_parts(data, len) as *mut [T] }
}

/// # Safety
/// Both must be valid; they may overlap.
#[inline]
pub const unsafe fn swap<T>(x: *mut T, y: *mut T) {
    unsafe {
        let tmp = read(x);
        copy(y, x, 1);
        write(y, tmp);
    }
}

/// # Safety
/// Both must be valid for `count` values, and not overlap.
pub const unsafe fn swap_nonoverlapping<T>(x: *mut T, y: *mut T, count: usize) {
    let mut i = 0;
    while i < count {
        unsafe { swap(x.add(i), y.add(i)) };
        i += 1;
    }
}

/// # Safety
/// `dst` must be valid.
#[inline]
pub const unsafe fn replace<T>(dst: *mut T, src: T) -> T {
    unsafe {
        let result = read(dst);
        write(dst, src);
        result
    }
}

/// # Safety
/// `src` must be valid; the value is then in two places.
#[inline]
pub const unsafe fn read<T>(src: *const T) -> T {
    unsafe { intrinsics::read_via_copy(src) }
}

/// # Safety
/// `src` must be valid for reads; any alignment.
#[inline]
pub const unsafe fn read_unaligned<T>(src: *const T) -> T {
    unsafe { intrinsics::unaligned_read(src) }
}

/// # Safety
/// `src` must be valid.
#[inline]
pub unsafe fn read_volatile<T>(src: *const T) -> T { unsafe { intrinsics::volatile_load(src) } }

/// # Safety
/// `dst` must be valid for writes; what is there is not dropped.
#[inline]
pub const unsafe fn write<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::write_via_move(dst, src) }
}

/// # Safety
/// `dst` must be valid for writes; any alignment.
#[inline]
pub const unsafe fn write_unaligned<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::unaligned_write(dst, src) }
}

/// # Safety
/// `dst` must be valid for writes.
#[inline]
pub unsafe fn write_volatile<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::volatile_store(dst, src) }
}

#[inline]
pub fn eq<T: ?Sized>(a: *const T, b: *const T) -> bool { a == b }

#[inline]
pub fn addr_eq<T: ?Sized, U: ?Sized>(p: *const T, q: *const U) -> bool {
    p as *const () == q as *const ()
}

#[inline]
pub fn fn_addr_eq<T: crate::marker::FnPtr, U: crate::marker::FnPtr>(f: T, g: U) -> bool {
    f.addr() == g.addr()
}

pub fn hash<T: ?Sized, S: Hasher>(hashee: *const T, into: &mut S) { hashee.hash(into); }

impl<T: ?Sized> Hash for *const T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(*self as *const () as usize);
    }
}

impl<T: ?Sized> Hash for *mut T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(*self as *const () as usize);
    }
}

#[macro_export]
macro_rules! __addr_of {
    ($place:expr) => { &raw const $place };
}

#[macro_export]
macro_rules! __addr_of_mut {
    ($place:expr) => { &raw mut $place };
}

pub use crate::{__addr_of as addr_of, __addr_of_mut as addr_of_mut};
