//! Hints to the compiler.

use crate::intrinsics;

/// # Safety
/// It must not be reached.
#[inline]
pub const unsafe fn unreachable_unchecked() -> ! { unsafe { intrinsics::unreachable() } }

/// # Safety
/// `condition` must hold.
#[inline]
pub const unsafe fn assert_unchecked(condition: bool) {
    if !condition {
        unsafe { intrinsics::unreachable() }
    }
}

/// A busy loop waits for another thread: let it run.
pub fn spin_loop() { crate::thread::yield_now() }

#[inline(never)]
pub fn black_box<T>(dummy: T) -> T { dummy }

#[inline]
pub const fn must_use<T>(value: T) -> T { value }
