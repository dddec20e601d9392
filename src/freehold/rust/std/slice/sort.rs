//! Sorting. What `less` panics on leaves every item in the slice, once.

use crate::alloc::{allocate, deallocate, Layout};
use crate::mem::{self, ManuallyDrop};
use crate::ptr;

/// Runs of this length are sorted by insertion.
const RUN: usize = 16;

/// An item that was lifted out, and the hole where it goes at last.
struct Hole<T> {
    item: ManuallyDrop<T>,
    at: *mut T,
}

impl<T> Drop for Hole<T> {
    fn drop(&mut self) { unsafe { ptr::copy_nonoverlapping(&*self.item, self.at, 1) } }
}

/// Sort `v[..count]` if its first `sorted` items are sorted.
unsafe fn insertion<T, F: FnMut(&T, &T) -> bool>(v: *mut T, count: usize, less: &mut F) {
    let mut i = 1;
    while i < count {
        unsafe {
            if less(&*v.add(i), &*v.add(i - 1)) {
                let mut hole =
                    Hole { item: ManuallyDrop::wrap(ptr::read(v.add(i))), at: v.add(i - 1) };
                ptr::copy_nonoverlapping(v.add(i - 1), v.add(i), 1);
                let mut j = i - 1;
                while j > 0 && less(&*hole.item, &*v.add(j - 1)) {
                    ptr::copy_nonoverlapping(v.add(j - 1), v.add(j), 1);
                    hole.at = v.add(j - 1);
                    j -= 1;
                }
            }
        }
        i += 1;
    }
}

/// Room for a run: its items, between `start` and `end`, belong at `to`.
struct Buffer<T> {
    start: *mut T,
    end: *mut T,
    to: *mut T,
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        unsafe {
            let count = self.end.offset_from(self.start) as usize;
            ptr::copy_nonoverlapping(self.start, self.to, count);
        }
    }
}

/// Merge `v[..mid]` and `v[mid..len]`, sorted both, through `room` for `mid` items.
unsafe fn merge<T, F: FnMut(&T, &T) -> bool>(
    v: *mut T,
    len: usize,
    mid: usize,
    room: *mut T,
    less: &mut F,
) {
    unsafe {
        if !less(&*v.add(mid), &*v.add(mid - 1)) {
            return;
        }
        ptr::copy_nonoverlapping(v, room, mid);
        let mut left = Buffer { start: room, end: room.add(mid), to: v };
        let mut right = v.add(mid);
        let end = v.add(len);
        while left.start < left.end && right < end {
            if less(&*right, &*left.start) {
                ptr::copy_nonoverlapping(right, left.to, 1);
                right = right.add(1);
            } else {
                ptr::copy_nonoverlapping(left.start, left.to, 1);
                left.start = left.start.add(1);
            }
            left.to = left.to.add(1);
        }
    }
}

/// A block that is given back on every way out.
struct Block {
    block: *mut u8,
    layout: Layout,
}

impl Drop for Block {
    fn drop(&mut self) { unsafe { deallocate(self.block, self.layout) } }
}

/// The stable sort: runs by insertion, then merged bottom up.
pub(super) fn merge_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut less: F) {
    let len = v.len();
    if mem::size_of::<T>() == 0 || len < 2 {
        return;
    }
    let base = v.as_mut_ptr();
    let mut start = 0;
    while start < len {
        let count = if len - start < RUN { len - start } else { RUN };
        unsafe { insertion(base.add(start), count, &mut less) };
        start += RUN;
    }
    if len <= RUN {
        return;
    }
    let layout = Layout::array::<T>(len).unwrap();
    let room = Block { block: allocate(layout), layout };
    let mut width = RUN;
    while width < len {
        let mut start = 0;
        while start + width < len {
            let count = if len - start < 2 * width { len - start } else { 2 * width };
            unsafe { merge(base.add(start), count, width, room.block as *mut T, &mut less) };
            start += 2 * width;
        }
        width *= 2;
    }
}

/// Let the item at `root` sink in the heap `v`.
fn sift_down<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut root: usize, less: &mut F) {
    loop {
        let mut child = 2 * root + 1;
        if child >= v.len() {
            return;
        }
        if child + 1 < v.len() && less(&v[child], &v[child + 1]) {
            child += 1;
        }
        if !less(&v[root], &v[child]) {
            return;
        }
        v.swap(root, child);
        root = child;
    }
}

/// The sort in place. Short slices are sorted by insertion.
pub(super) fn heap_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut less: F) {
    let len = v.len();
    if len <= 2 * RUN {
        unsafe { insertion(v.as_mut_ptr(), len, &mut less) };
        return;
    }
    for root in (0..len / 2).rev() {
        sift_down(v, root, &mut less);
    }
    for end in (1..len).rev() {
        v.swap(0, end);
        sift_down(&mut v[..end], 0, &mut less);
    }
}
