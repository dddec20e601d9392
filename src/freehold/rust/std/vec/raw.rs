//! The block of a `Vec`: it grows to 8, 4 or 1 values first, then to twice its size.

use crate::alloc::{self, handle_alloc_error, Layout};
use crate::cmp;
use crate::collections::TryReserveError;
use crate::mem;
use crate::ptr::Unique;

/// A capacity: never above `isize::MAX`, so that an enum around it finds room for its tag.
#[derive(Clone, Copy)]
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_end(0x7fff_ffff_ffff_ffff)]
struct Capacity(usize);

/// Room for `cap` values, if `T` has a size; it knows nothing of what is in there.
pub struct RawVec<T> {
    ptr: Unique<T>,
    cap: Capacity,
}

#[cold]
#[track_caller]
fn capacity_overflow() -> ! { panic!("capacity overflow") }

#[cold]
#[track_caller]
fn refuse(error: TryReserveError) -> ! {
    match error.layout() {
        Some(layout) => handle_alloc_error(layout),
        None => capacity_overflow(),
    }
}

// What follows is the same for all types: it is there once.

fn amortised(cap: usize, first: usize, len: usize, additional: usize) -> Option<usize> {
    let required = len.checked_add(additional)?;
    Some(cmp::max(cmp::max(cap * 2, required), first))
}

/// `block` for `cap` values of `size` bytes, made one for `capacity`.
fn resized(
    block: *mut u8,
    cap: usize,
    capacity: usize,
    size: usize,
    align: usize,
) -> Result<*mut u8, TryReserveError> {
    let layout = match capacity.checked_mul(size) {
        Some(bytes) if size > 0 => Layout::from_size_align(bytes, align),
        _ => return Err(TryReserveError::overflow()),
    };
    let layout = match layout {
        Ok(layout) => layout,
        Err(_) => return Err(TryReserveError::overflow()),
    };
    let made = unsafe {
        if cap == 0 {
            alloc::alloc(layout)
        } else {
            let old = Layout::from_size_align_unchecked(cap * size, align);
            alloc::realloc(block, old, layout.size())
        }
    };
    if made.is_null() {
        return Err(TryReserveError::refused(layout));
    }
    Ok(made)
}

impl<T> RawVec<T> {
    pub const NEW: Self = RawVec { ptr: Unique::dangling(), cap: unsafe { Capacity(0) } };

    /// The first capacity: small ones pay for the next allocation soon.
    pub const FIRST: usize = if mem::size_of::<T>() == 1 {
        8
    } else if mem::size_of::<T>() <= 1024 {
        4
    } else {
        1
    };

    #[track_caller]
    pub fn with_capacity(capacity: usize) -> Self {
        let mut buf = Self::NEW;
        if capacity > 0 && mem::size_of::<T>() > 0 {
            buf.set_capacity(capacity);
        }
        buf
    }

    #[inline]
    pub unsafe fn from_raw_parts(ptr: *mut T, cap: usize) -> Self {
        let cap = if mem::size_of::<T>() == 0 { 0 } else { cap };
        unsafe { RawVec { ptr: Unique::new_unchecked(ptr), cap: Capacity(cap) } }
    }

    #[inline]
    pub const fn ptr(&self) -> *mut T { self.ptr.as_ptr() }

    #[inline]
    pub const fn capacity(&self) -> usize {
        if mem::size_of::<T>() == 0 {
            usize::MAX
        } else {
            self.cap.0
        }
    }

    /// Move to a block for `capacity` values: more than there are now.
    fn try_set_capacity(&mut self, capacity: usize) -> Result<(), TryReserveError> {
        let block = self.ptr() as *mut u8;
        let block = resized(block, self.cap.0, capacity, mem::size_of::<T>(), mem::align_of::<T>())?;
        self.ptr = unsafe { Unique::new_unchecked(block as *mut T) };
        self.cap = unsafe { Capacity(capacity) };
        Ok(())
    }

    #[track_caller]
    fn set_capacity(&mut self, capacity: usize) {
        match self.try_set_capacity(capacity) {
            Ok(()) => {}
            Err(error) => refuse(error),
        }
    }

    /// The capacity to grow to for `additional` values after the first `len`.
    fn amortised(&self, len: usize, additional: usize) -> Option<usize> {
        amortised(self.cap.0, Self::FIRST, len, additional)
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    pub fn grow_one(&mut self) {
        match self.amortised(self.cap.0, 1) {
            Some(capacity) => self.set_capacity(capacity),
            None => capacity_overflow(),
        }
    }

    #[inline]
    #[track_caller]
    pub fn reserve(&mut self, len: usize, additional: usize) {
        if additional > self.capacity() - len {
            match self.amortised(len, additional) {
                Some(capacity) => self.set_capacity(capacity),
                None => capacity_overflow(),
            }
        }
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, len: usize, additional: usize) {
        if additional > self.capacity() - len {
            match len.checked_add(additional) {
                Some(capacity) => self.set_capacity(capacity),
                None => capacity_overflow(),
            }
        }
    }

    pub fn try_reserve(&mut self, len: usize, additional: usize) -> Result<(), TryReserveError> {
        if additional <= self.capacity() - len {
            return Ok(());
        }
        match self.amortised(len, additional) {
            Some(capacity) => self.try_set_capacity(capacity),
            None => Err(TryReserveError::overflow()),
        }
    }

    #[track_caller]
    pub fn shrink(&mut self, capacity: usize) {
        if mem::size_of::<T>() == 0 || capacity >= self.cap.0 {
            return;
        }
        if capacity == 0 {
            *self = Self::NEW;
        } else {
            self.set_capacity(capacity);
        }
    }
}

unsafe impl<#[may_dangle] T> Drop for RawVec<T> {
    #[inline]
    fn drop(&mut self) {
        let size = self.cap.0 * mem::size_of::<T>();
        if size != 0 {
            unsafe {
                let layout = Layout::from_size_align_unchecked(size, mem::align_of::<T>());
                alloc::dealloc(self.ptr() as *mut u8, layout);
            }
        }
    }
}
