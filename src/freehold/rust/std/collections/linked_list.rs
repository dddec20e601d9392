//! `LinkedList`.

use crate::boxed::Box;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::mem;
use crate::ptr::NonNull;

#[lang = "LinkedList"]
pub struct LinkedList<T> {
    head: Option<NonNull<Node<T>>>,
    tail: Option<NonNull<Node<T>>>,
    len: usize,
    marker: PhantomData<Box<Node<T>>>,
}

struct Node<T> {
    next: Option<NonNull<Node<T>>>,
    prev: Option<NonNull<Node<T>>>,
    element: T,
}

unsafe impl<T: Send> Send for LinkedList<T> {}
unsafe impl<T: Sync> Sync for LinkedList<T> {}

impl<T> LinkedList<T> {
    pub const fn new() -> Self {
        LinkedList { head: None, tail: None, len: 0, marker: PhantomData }
    }

    pub fn append(&mut self, other: &mut Self) {
        match self.tail {
            None => mem::swap(self, other),
            Some(mut tail) => {
                if let Some(mut other_head) = other.head.take() {
                    unsafe {
                        tail.as_mut().next = Some(other_head);
                        other_head.as_mut().prev = Some(tail);
                    }
                    self.tail = other.tail.take();
                    self.len += mem::replace(&mut other.len, 0);
                }
            }
        }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        Iter { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }

    #[inline]
    pub fn is_empty(&self) -> bool { self.head.is_none() }

    #[inline]
    pub fn len(&self) -> usize { self.len }

    pub fn clear(&mut self) { mem::drop(mem::take(self)); }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq<T>,
    {
        self.iter().any(|e| e == x)
    }

    pub fn front(&self) -> Option<&T> { unsafe { self.head.as_ref().map(|node| &node.as_ref().element) } }

    pub fn front_mut(&mut self) -> Option<&mut T> {
        unsafe { self.head.as_mut().map(|node| &mut node.as_mut().element) }
    }

    pub fn back(&self) -> Option<&T> { unsafe { self.tail.as_ref().map(|node| &node.as_ref().element) } }

    pub fn back_mut(&mut self) -> Option<&mut T> {
        unsafe { self.tail.as_mut().map(|node| &mut node.as_mut().element) }
    }

    pub fn push_front(&mut self, elt: T) {
        let node = Box::new(Node { next: self.head, prev: None, element: elt });
        let node = Some(unsafe { NonNull::new_unchecked(Box::release(node)) });
        match self.head {
            None => self.tail = node,
            Some(head) => unsafe { (*head.as_ptr()).prev = node },
        }
        self.head = node;
        self.len += 1;
    }

    pub fn pop_front(&mut self) -> Option<T> {
        let node = unsafe { Box::hold(self.head?.as_ptr()) };
        self.head = node.next;
        match self.head {
            None => self.tail = None,
            Some(head) => unsafe { (*head.as_ptr()).prev = None },
        }
        self.len -= 1;
        Some(node.element)
    }

    pub fn push_back(&mut self, elt: T) {
        let node = Box::new(Node { next: None, prev: self.tail, element: elt });
        let node = Some(unsafe { NonNull::new_unchecked(Box::release(node)) });
        match self.tail {
            None => self.head = node,
            Some(tail) => unsafe { (*tail.as_ptr()).next = node },
        }
        self.tail = node;
        self.len += 1;
    }

    pub fn pop_back(&mut self) -> Option<T> {
        let node = unsafe { Box::hold(self.tail?.as_ptr()) };
        self.tail = node.prev;
        match self.tail {
            None => self.head = None,
            Some(tail) => unsafe { (*tail.as_ptr()).next = None },
        }
        self.len -= 1;
        Some(node.element)
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> LinkedList<T> {
        assert!(at <= self.len(), "Cannot split off at a nonexistent index");
        let mut other = LinkedList::new();
        while self.len > at {
            if let Some(element) = self.pop_back() {
                other.push_front(element);
            }
        }
        other
    }
}

/// Goes on with the rest if a destructor panics.
struct Rest<'a, T>(&'a mut LinkedList<T>);

impl<'a, T> Drop for Rest<'a, T> {
    fn drop(&mut self) { while self.0.pop_front().is_some() {} }
}

unsafe impl<#[may_dangle] T> Drop for LinkedList<T> {
    fn drop(&mut self) {
        let rest = Rest(self);
        while rest.0.pop_front().is_some() {}
    }
}

impl<T> Default for LinkedList<T> {
    fn default() -> Self { Self::new() }
}

pub struct Iter<'a, T: 'a> {
    head: Option<NonNull<Node<T>>>,
    tail: Option<NonNull<Node<T>>>,
    len: usize,
    marker: PhantomData<&'a Node<T>>,
}

pub struct IterMut<'a, T: 'a> {
    head: Option<NonNull<Node<T>>>,
    tail: Option<NonNull<Node<T>>>,
    len: usize,
    marker: PhantomData<&'a mut Node<T>>,
}

unsafe impl<T: Sync> Send for Iter<'_, T> {}
unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { head: self.head, tail: self.tail, len: self.len, marker: PhantomData }
    }
}

macro_rules! iterator {
    ($name:ident $item:ty, $node:ident => $element:expr) => {
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                let $node = unsafe { &mut *self.head?.as_ptr() };
                self.len -= 1;
                self.head = $node.next;
                Some($element)
            }

            fn size_hint(&self) -> (usize, Option<usize>) { (self.len, Some(self.len)) }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                if self.len == 0 {
                    return None;
                }
                let $node = unsafe { &mut *self.tail?.as_ptr() };
                self.len -= 1;
                self.tail = $node.prev;
                Some($element)
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}

iterator!(Iter &'a T, node => &node.element);
iterator!(IterMut &'a mut T, node => &mut node.element);

#[derive(Clone, Debug)]
pub struct IntoIter<T> {
    list: LinkedList<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> { self.list.pop_front() }

    fn size_hint(&self) -> (usize, Option<usize>) { (self.list.len, Some(self.list.len)) }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> { self.list.pop_back() }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

impl<T> FromIterator<T> for LinkedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut list = Self::new();
        list.extend(iter);
        list
    }
}

impl<T> IntoIterator for LinkedList<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> { IntoIter { list: self } }
}

impl<'a, T> IntoIterator for &'a LinkedList<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> { self.iter() }
}

impl<'a, T> IntoIterator for &'a mut LinkedList<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> { self.iter_mut() }
}

impl<T> Extend<T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        iter.into_iter().for_each(|elt| self.push_back(elt));
    }
}

impl<'a, T: 'a + Copy> Extend<&'a T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().copied());
    }
}

impl<T: PartialEq> PartialEq for LinkedList<T> {
    fn eq(&self, other: &Self) -> bool { self.len() == other.len() && self.iter().eq(other) }
}

impl<T: Eq> Eq for LinkedList<T> {}

impl<T: PartialOrd> PartialOrd for LinkedList<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> { self.iter().partial_cmp(other) }
}

impl<T: Ord> Ord for LinkedList<T> {
    fn cmp(&self, other: &Self) -> Ordering { self.iter().cmp(other) }
}

impl<T: Clone> Clone for LinkedList<T> {
    fn clone(&self) -> Self { self.iter().cloned().collect() }
}

impl<T: fmt::Debug> fmt::Debug for LinkedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.debug_list().entries(self).finish() }
}

impl<T: Hash> Hash for LinkedList<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        for elt in self {
            elt.hash(state);
        }
    }
}

impl<T, const N: usize> From<[T; N]> for LinkedList<T> {
    fn from(arr: [T; N]) -> Self { Self::from_iter(arr) }
}
