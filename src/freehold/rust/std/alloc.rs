//! Memory from the heap, and the layouts to ask for it with.

use crate::error::Error;
use crate::fmt;
use crate::intrinsics;
use crate::mem;
use crate::ptr::{self, NonNull};

/// A size and an alignment: a power of two that does not take the size past `isize::MAX`.
#[lang = "alloc_layout"]
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    size: usize,
    align: usize,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayoutError;

impl Error for LayoutError {}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid parameters to Layout::from_size_align")
    }
}

impl Layout {
    pub const fn from_size_align(size: usize, align: usize) -> Result<Self, LayoutError> {
        if align == 0 || align & (align - 1) != 0 || size > isize::MAX as usize + 1 - align {
            return Err(LayoutError);
        }
        Ok(Layout { size, align })
    }

    /// # Safety
    /// See `Layout`.
    #[inline]
    pub const unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Self {
        Layout { size, align }
    }

    #[inline]
    pub const fn size(&self) -> usize { self.size }

    #[inline]
    pub const fn align(&self) -> usize { self.align }

    #[inline]
    pub const fn new<T>() -> Self { Layout { size: mem::size_of::<T>(), align: mem::align_of::<T>() } }

    #[inline]
    pub const fn for_value<T: ?Sized>(t: &T) -> Self {
        Layout { size: mem::size_of_val(t), align: mem::align_of_val(t) }
    }

    /// The layout of what `t` points to, which need not be valid but for its length or vtable.
    #[inline]
    pub(crate) const fn for_pointer<T: ?Sized>(t: *const T) -> Self {
        unsafe { Layout { size: intrinsics::size_of_val(t), align: intrinsics::align_of_val(t) } }
    }

    pub const fn array<T>(n: usize) -> Result<Self, LayoutError> {
        let size = mem::size_of::<T>();
        if size != 0 && n > isize::MAX as usize / size {
            return Err(LayoutError);
        }
        Layout::from_size_align(size * n, mem::align_of::<T>())
    }

    pub const fn align_to(&self, align: usize) -> Result<Self, LayoutError> {
        Layout::from_size_align(self.size, if align > self.align { align } else { self.align })
    }

    pub const fn padding_needed_for(&self, align: usize) -> usize {
        self.size.wrapping_neg() & (align - 1)
    }

    pub const fn pad_to_align(&self) -> Layout {
        Layout { size: self.size + self.padding_needed_for(self.align), align: self.align }
    }

    pub const fn extend(&self, next: Self) -> Result<(Self, usize), LayoutError> {
        let align = if self.align > next.align { self.align } else { next.align };
        let offset = self.size + self.padding_needed_for(next.align);
        match Layout::from_size_align(offset + next.size, align) {
            Ok(layout) => Ok((layout, offset)),
            Err(error) => Err(error),
        }
    }

    pub fn repeat(&self, n: usize) -> Result<(Self, usize), LayoutError> {
        let padded = self.pad_to_align();
        match padded.size.checked_mul(n) {
            Some(size) => Ok((Layout::from_size_align(size, self.align)?, padded.size)),
            None => Err(LayoutError),
        }
    }

    #[inline]
    pub const fn dangling(&self) -> NonNull<u8> {
        unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(self.align)) }
    }
}

/// # Safety
/// The size must not be 0.
#[lang = "alloc"]
#[inline]
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    unsafe { intrinsics::__freehold_alloc(layout.size, layout.align) }
}

/// # Safety
/// The size must not be 0.
#[lang = "alloc_zeroed"]
#[inline]
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    unsafe { intrinsics::__freehold_alloc_zeroed(layout.size, layout.align) }
}

/// # Safety
/// `ptr` must be a live block of this layout.
#[lang = "dealloc"]
#[inline]
pub unsafe fn dealloc(ptr: *mut u8, layout: Layout) {
    unsafe { intrinsics::__freehold_dealloc(ptr, layout.size, layout.align) }
}

/// # Safety
/// `ptr` must be a live block of this layout; `new_size` must not be 0.
#[lang = "realloc"]
#[inline]
pub unsafe fn realloc(ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    unsafe { intrinsics::__freehold_realloc(ptr, layout.size, layout.align, new_size) }
}

pub fn handle_alloc_error(layout: Layout) -> ! {
    crate::io::_eprint(format_args!("memory allocation of {} bytes failed\n", layout.size));
    crate::process::abort()
}

/// A block for `layout`, dangling if that is empty: what Box, Rc and Vec allocate with.
#[lang = "exchange_malloc"]
#[inline]
pub(crate) fn allocate(layout: Layout) -> *mut u8 {
    if layout.size == 0 {
        return layout.dangling().as_ptr();
    }
    let block = unsafe { alloc(layout) };
    if block.is_null() {
        handle_alloc_error(layout);
    }
    block
}

/// Give back a block of `allocate`.
#[inline]
pub(crate) unsafe fn deallocate(block: *mut u8, layout: Layout) {
    if layout.size != 0 {
        unsafe { dealloc(block, layout) }
    }
}

/// # Safety
/// The methods must do as the functions of this module say.
pub unsafe trait GlobalAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8;

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout);

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let block = unsafe { self.alloc(layout) };
        if !block.is_null() {
            unsafe { ptr::write_bytes(block, 0, layout.size) };
        }
        block
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align) };
        let new_ptr = unsafe { self.alloc(new_layout) };
        if !new_ptr.is_null() {
            let kept = if layout.size < new_size { layout.size } else { new_size };
            unsafe {
                ptr::copy_nonoverlapping(ptr, new_ptr, kept);
                self.dealloc(ptr, layout);
            }
        }
        new_ptr
    }
}

/// The allocator of the process.
#[derive(Debug, Default, Copy, Clone)]
pub struct System;

unsafe impl GlobalAlloc for System {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 { unsafe { alloc(layout) } }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) { unsafe { dealloc(ptr, layout) } }
}
