//! Methods of `*mut T`.

use crate::intrinsics;
use crate::ptr;
use crate::slice::SliceIndex;

impl<T: ?Sized> *mut T {
    #[inline]
    pub fn is_null(self) -> bool { self as *const u8 as usize == 0 }

    #[inline]
    pub const fn cast<U>(self) -> *mut U { self as _ }

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

    /// # Safety
    /// If it is not null, the value must be valid for all of `'a`, and reached by nothing else.
    #[inline]
    pub unsafe fn as_mut<'a>(self) -> Option<&'a mut T> {
        if self.is_null() {
            None
        } else {
            unsafe { Some(&mut *self) }
        }
    }

    #[inline]
    pub const fn cast_const(self) -> *const T { self as _ }

    /// # Safety
    /// The value must be valid, and not be used again.
    #[inline]
    pub unsafe fn drop_in_place(self) { unsafe { ptr::drop_in_place(self) } }

}

impl<T> *mut T {
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
    pub const unsafe fn offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::offset(self, count) as *mut T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn add(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self, count as isize) as *mut T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn sub(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self, (count as isize).wrapping_neg()) as *mut T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::offset(self as *const u8, count) as *mut T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_add(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self as *const u8, count as isize) as *mut T }
    }

    /// # Safety
    /// See `offset`.
    #[inline]
    #[in_bounds]
    pub const unsafe fn byte_sub(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self as *const u8, (count as isize).wrapping_neg()) as *mut T }
    }

    #[inline]
    pub const fn wrapping_offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::arith_offset(self, count) as *mut T }
    }

    #[inline]
    pub const fn wrapping_add(self, count: usize) -> *mut T { self.wrapping_offset(count as isize) }

    #[inline]
    pub const fn wrapping_sub(self, count: usize) -> *mut T {
        self.wrapping_offset((count as isize).wrapping_neg())
    }

    #[inline]
    pub const fn wrapping_byte_offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::arith_offset(self as *const u8, count) as *mut T }
    }

    #[inline]
    pub const fn wrapping_byte_add(self, count: usize) -> *mut T {
        self.wrapping_byte_offset(count as isize)
    }

    #[inline]
    pub const fn wrapping_byte_sub(self, count: usize) -> *mut T {
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

    /// # Safety
    /// It must be valid for writes; so for all below.
    #[inline]
    pub const unsafe fn write(self, val: T) { unsafe { ptr::write(self, val) } }

    /// # Safety
    /// See `write`.
    #[inline]
    pub unsafe fn write_volatile(self, val: T) { unsafe { ptr::write_volatile(self, val) } }

    /// # Safety
    /// See `write`; any alignment.
    #[inline]
    pub const unsafe fn write_unaligned(self, val: T) { unsafe { ptr::write_unaligned(self, val) } }

    /// # Safety
    /// See `write`.
    #[inline]
    pub const unsafe fn write_bytes(self, val: u8, count: usize) {
        unsafe { ptr::write_bytes(self, val, count) }
    }

    /// # Safety
    /// Both must be valid.
    #[inline]
    pub const unsafe fn replace(self, src: T) -> T { unsafe { ptr::replace(self, src) } }

    /// # Safety
    /// Both must be valid.
    #[inline]
    pub const unsafe fn swap(self, with: *mut T) { unsafe { ptr::swap(self, with) } }

    /// # Safety
    /// Both must be valid.
    #[inline]
    pub const unsafe fn copy_from(self, src: *const T, count: usize) {
        unsafe { ptr::copy(src, self, count) }
    }

    /// # Safety
    /// Both must be valid, and not overlap.
    #[inline]
    pub const unsafe fn copy_from_nonoverlapping(self, src: *const T, count: usize) {
        unsafe { ptr::copy_nonoverlapping(src, self, count) }
    }

}

impl<T> *mut [T] {
    #[inline]
    pub const fn len(self) -> usize { unsafe { intrinsics::slice_len(self as *const [T]) } }

    #[inline]
    pub const fn is_empty(self) -> bool { self.len() == 0 }

    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T { self as *mut T }

    /// # Safety
    /// `index` must be in bounds, and `self` valid.
    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(self, index: I) -> *mut I::Output {
        unsafe { index.get_unchecked_mut(self) }
    }
}
