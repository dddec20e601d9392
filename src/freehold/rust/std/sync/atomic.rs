//! Atomics: plain memory, as only one thread runs at a time.

use crate::cell::SharedCell;
use crate::fmt;
use crate::thread;

pub use self::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
#[non_exhaustive]
pub enum Ordering {
    Relaxed,
    Release,
    Acquire,
    AcqRel,
    SeqCst,
}

#[track_caller]
fn check_load(order: Ordering) {
    match order {
        Release => panic!("there is no such thing as a release load"),
        AcqRel => panic!("there is no such thing as an acquire-release load"),
        _ => {}
    }
}

#[track_caller]
fn check_store(order: Ordering) {
    match order {
        Acquire => panic!("there is no such thing as an acquire store"),
        AcqRel => panic!("there is no such thing as an acquire-release store"),
        _ => {}
    }
}

#[track_caller]
pub fn fence(order: Ordering) {
    if let Relaxed = order {
        panic!("there is no such thing as a relaxed fence");
    }
}

pub fn compiler_fence(order: Ordering) { fence(order) }

pub fn spin_loop_hint() { crate::hint::spin_loop() }

/// What all atomics have. `$t` is the value's type.
macro_rules! atomic {
    ($([$($generics:tt)*] $name:ty, $t:ty;)*) => {$(
        impl<$($generics)*> $name {
            #[inline]
            pub const fn new(v: $t) -> Self { Self { v: SharedCell::new(v) } }

            #[inline]
            pub const fn get_mut(&mut self) -> &mut $t { self.v.get_mut() }

            #[inline]
            pub fn into_inner(self) -> $t { self.v.into_inner() }

            #[inline]
            pub const fn as_ptr(&self) -> *mut $t { self.v.get() }

            /// # Safety
            /// `ptr` must be valid for all of `'a`, and used as an atomic only.
            #[inline]
            pub const unsafe fn from_ptr<'a>(ptr: *mut $t) -> &'a Self { unsafe { &*(ptr as *mut Self) } }

            #[inline]
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $t {
                check_load(order);
                thread::looked();
                unsafe { *self.v.get() }
            }

            #[inline]
            #[track_caller]
            pub fn store(&self, val: $t, order: Ordering) {
                check_store(order);
                unsafe { *self.v.get() = val }
            }

            #[inline]
            pub fn swap(&self, val: $t, _order: Ordering) -> $t { self.update_with(|_| val) }

            #[inline]
            pub fn compare_and_swap(&self, current: $t, new: $t, order: Ordering) -> $t {
                match self.compare_exchange(current, new, order, Relaxed) {
                    Ok(x) => x,
                    Err(x) => x,
                }
            }

            #[inline]
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $t,
                new: $t,
                _success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                check_load(failure);
                let old = unsafe { *self.v.get() };
                if old == current {
                    unsafe { *self.v.get() = new };
                    Ok(old)
                } else {
                    thread::looked();
                    Err(old)
                }
            }

            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                self.compare_exchange(current, new, success, failure)
            }

            pub fn fetch_update<F: FnMut($t) -> Option<$t>>(
                &self,
                _set_order: Ordering,
                _fetch_order: Ordering,
                mut f: F,
            ) -> Result<$t, $t> {
                let old = unsafe { *self.v.get() };
                match f(old) {
                    Some(new) => {
                        unsafe { *self.v.get() = new };
                        Ok(old)
                    }
                    None => Err(old),
                }
            }

            #[inline]
            fn update_with(&self, f: impl FnOnce($t) -> $t) -> $t {
                let old = unsafe { *self.v.get() };
                let new = f(old);
                if new == old {
                    thread::looked();
                }
                unsafe { *self.v.get() = new };
                old
            }
        }

        impl<$($generics)*> From<$t> for $name {
            fn from(v: $t) -> Self { Self::new(v) }
        }

        impl<$($generics)*> fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.load(Relaxed), f)
            }
        }
    )*};
}

macro_rules! integers {
    ($($name:ident $t:ident;)*) => {$(
        #[repr(transparent)]
        pub struct $name {
            v: SharedCell<$t>,
        }

        atomic!([] $name, $t;);

        impl Default for $name {
            fn default() -> Self { Self::new(0) }
        }

        impl $name {
            #[inline]
            pub fn fetch_add(&self, val: $t, _order: Ordering) -> $t {
                self.update_with(|old| old.wrapping_add(val))
            }

            #[inline]
            pub fn fetch_sub(&self, val: $t, _order: Ordering) -> $t {
                self.update_with(|old| old.wrapping_sub(val))
            }

            #[inline]
            pub fn fetch_and(&self, val: $t, _order: Ordering) -> $t { self.update_with(|old| old & val) }

            #[inline]
            pub fn fetch_nand(&self, val: $t, _order: Ordering) -> $t {
                self.update_with(|old| !(old & val))
            }

            #[inline]
            pub fn fetch_or(&self, val: $t, _order: Ordering) -> $t { self.update_with(|old| old | val) }

            #[inline]
            pub fn fetch_xor(&self, val: $t, _order: Ordering) -> $t { self.update_with(|old| old ^ val) }

            #[inline]
            pub fn fetch_max(&self, val: $t, _order: Ordering) -> $t {
                self.update_with(|old| if old < val { val } else { old })
            }

            #[inline]
            pub fn fetch_min(&self, val: $t, _order: Ordering) -> $t {
                self.update_with(|old| if old > val { val } else { old })
            }
        }
    )*};
}

integers! {
    AtomicI8 i8;
    AtomicI16 i16;
    AtomicI32 i32;
    AtomicI64 i64;
    AtomicIsize isize;
    AtomicU8 u8;
    AtomicU16 u16;
    AtomicU32 u32;
    AtomicU64 u64;
    AtomicUsize usize;
}

#[repr(transparent)]
pub struct AtomicBool {
    v: SharedCell<bool>,
}

#[repr(transparent)]
pub struct AtomicPtr<T> {
    v: SharedCell<*mut T>,
}

unsafe impl<T> Send for AtomicPtr<T> {}

atomic! {
    [] AtomicBool, bool;
    [T] AtomicPtr<T>, *mut T;
}

impl AtomicBool {
    #[inline]
    pub fn fetch_and(&self, val: bool, _order: Ordering) -> bool { self.update_with(|old| old & val) }

    #[inline]
    pub fn fetch_or(&self, val: bool, _order: Ordering) -> bool { self.update_with(|old| old | val) }

    #[inline]
    pub fn fetch_xor(&self, val: bool, _order: Ordering) -> bool { self.update_with(|old| old ^ val) }

    #[inline]
    pub fn fetch_nand(&self, val: bool, _order: Ordering) -> bool {
        self.update_with(|old| !(old & val))
    }

    #[inline]
    pub fn fetch_not(&self, _order: Ordering) -> bool { self.update_with(|old| !old) }
}

impl Default for AtomicBool {
    fn default() -> Self { Self::new(false) }
}

macro_rules! pointer_steps {
    ($($name:ident $step:ident $count:ty;)*) => {$(
        #[inline]
        pub fn $name(&self, val: usize, _order: Ordering) -> *mut T {
            self.update_with(|old| (old as *mut $count).$step(val) as *mut T)
        }
    )*};
}

macro_rules! pointer_bits {
    ($($name:ident $op:tt;)*) => {$(
        #[inline]
        pub fn $name(&self, val: usize, _order: Ordering) -> *mut T {
            self.update_with(|old| (old as *mut u8).map_addr(|address| address $op val) as *mut T)
        }
    )*};
}

impl<T> AtomicPtr<T> {
    pointer_steps! {
        fetch_ptr_add wrapping_add T;
        fetch_ptr_sub wrapping_sub T;
        fetch_byte_add wrapping_add u8;
        fetch_byte_sub wrapping_sub u8;
    }

    pointer_bits! {
        fetch_and &;
        fetch_or |;
        fetch_xor ^;
    }
}

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self { Self::new(crate::ptr::null_mut()) }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Relaxed), f)
    }
}
