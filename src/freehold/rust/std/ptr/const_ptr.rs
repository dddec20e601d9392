//! Methods of `*const T`.

use crate::intrinsics;
use crate::ptr;
use crate::slice::SliceIndex;

impl<T: ?Sized> *const T {
    #[inline]
    pub fn is_null(self) -> bool { self as *const u8 as usize == 0 }

    #[inline]
    pub const fn cast<U>(self) -> *const U { self as _ }

    #[inline]
    pub fn addr(self) -> usize { self as *const () as usize }

    #[inline]
    pub fn expose_provenance(self) -> usize { self as *const () as usize }

    /// # Safety
    /// If it is not null, the value must be valid for all of `'a`.
    #[inline]
    pub unsafe fn as_ref<'a>(self) -> Option<&'a T> {
        if self.is_null() {
            None
        } else {
            unsafe { Some(&*self) }
        }
    }

    #[inline]
    pub const fn cast_mut(self) -> *mut T { self as _ }

}

impl<T> *const T {
    #[inline]
    pub fn with_addr(self, addr: usize) -> Self {
        self.wrapping_byte_offset((addr as isize).wrapping_sub(self.addr() as isize))
    }

    #[inline]
    pub fn map_addr(self, f: impl FnOnce(usize) -> usize) -> Self { self.with_addr(f(self.addr())) }

    /// # Safety
    /// The result must stay in the object, or just past it; so for all up to `byte_sub`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn offset(self, count: isize) -> *const T {
        unsafe { intrinsics::offset(self, count) as *const T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn add(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self, count as isize) as *const T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn sub(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self, (count as isize).wrapping_neg()) as *const T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_offset(self, count: isize) -> *const T {
        unsafe { intrinsics::offset(self as *const u8, count) as *const T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_add(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self as *const u8, count as isize) as *const T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_sub(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self as *const u8, (count as isize).wrapping_neg()) as *const T }
    }

    #[inline]
    pub const fn wrapping_offset(self, count: isize) -> *const T {
        unsafe { intrinsics::arith_offset(self, count) as *const T }
    }

    #[inline]
    pub const fn wrapping_add(self, count: usize) -> *const T { self.wrapping_offset(count as isize) }

    #[inline]
    pub const fn wrapping_sub(self, count: usize) -> *const T {
        self.wrapping_offset((count as isize).wrapping_neg())
    }

    #[inline]
    pub const fn wrapping_byte_offset(self, count: isize) -> *const T {
        unsafe { intrinsics::arith_offset(self as *const u8, count) as *const T }
    }

    #[inline]
    pub const fn wrapping_byte_add(self, count: usize) -> *const T {
        self.wrapping_byte_offset(count as isize)
    }

    #[inline]
    pub const fn wrapping_byte_sub(self, count: usize) -> *const T {
        self.wrapping_byte_offset((count as isize).wrapping_neg())
    }

    /// # Safety
    /// Both must be in one object.
    #[inline]
    pub const unsafe fn offset_from(self, origin: *const T) -> isize {
        unsafe { intrinsics::ptr_offset_from(self as *const T, origin) }
    }

    /// # Safety
    /// Both must be in one object, `self` not before `origin`.
    #[inline]
    pub const unsafe fn offset_from_unsigned(self, origin: *const T) -> usize {
        unsafe { intrinsics::ptr_offset_from(self as *const T, origin) as usize }
    }

    /// # Safety
    /// Both must be in one object.
    #[inline]
    pub const unsafe fn byte_offset_from<U>(self, origin: *const U) -> isize {
        unsafe { intrinsics::ptr_offset_from(self as *const u8, origin as *const u8) }
    }

    /// # Safety
    /// It must be valid; so for all reads and copies.
    #[inline]
    pub const unsafe fn read(self) -> T { unsafe { ptr::read(self) } }

    /// # Safety
    /// See `read`.
    #[inline]
    pub unsafe fn read_volatile(self) -> T { unsafe { ptr::read_volatile(self) } }

    /// # Safety
    /// See `read`; any alignment.
    #[inline]
    pub const unsafe fn read_unaligned(self) -> T { unsafe { ptr::read_unaligned(self) } }

    /// # Safety
    /// See `read`.
    #[inline]
    pub const unsafe fn copy_to(self, dest: *mut T, count: usize) {
        unsafe { ptr::copy(self, dest, count) }
    }

    /// # Safety
    /// See `read`; the ranges must not overlap.
    #[inline]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: *mut T, count: usize) {
        unsafe { ptr::copy_nonoverlapping(self, dest, count) }
    }

    pub fn align_offset(self, align: usize) -> usize {
        assert!(align.is_power_of_two(), "align_offset: align is not a power-of-two");
        let bytes = self.addr().wrapping_neg() & (align - 1);
        let size = crate::mem::size_of::<T>();
        if bytes == 0 {
            return 0;
        }
        if size == 0 {
            return usize::MAX;
        }
        let mut count = 0;
        while count < align {
            if (count * size) % align == bytes {
                return count;
            }
            count += 1;
        }
        usize::MAX
    }

    #[inline]
    pub fn is_aligned(self) -> bool { self.addr() % crate::mem::align_of::<T>() == 0 }

}

impl<T> *const [T] {
    #[inline]
    pub const fn len(self) -> usize { unsafe { intrinsics::slice_len(self as *const [T]) } }

    #[inline]
    pub const fn is_empty(self) -> bool { self.len() == 0 }

    #[inline]
    pub const fn as_ptr(self) -> *const T { self as *const T }

    /// # Safety
    /// `index` must be in bounds, and `self` valid.
    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(self, index: I) -> *const I::Output {
        unsafe { index.get_unchecked(self) }
    }
}
