//! The entries of a map, and where each one is found by its hash.

use crate::mem;
use crate::vec::{self, Vec};

#[derive(Clone)]
pub struct Bucket<K, V> {
    pub hash: u64,
    pub key: K,
    pub value: V,
}

/// `places` has a power of two of them, less than 7/8 in use: the number of an entry plus one, or
/// 0. An entry is at the place that its hash says or, with no 0 in between, further on.
#[derive(Clone)]
pub struct Table<K, V> {
    entries: Vec<Bucket<K, V>>,
    places: Vec<usize>,
}

impl<K, V> Table<K, V> {
    pub const fn new() -> Self { Table { entries: Vec::new(), places: Vec::new() } }

    pub fn len(&self) -> usize { self.entries.len() }

    pub fn capacity(&self) -> usize { self.places.len() / 8 * 7 }

    pub fn entries(&self) -> &[Bucket<K, V>] { &self.entries }

    pub fn entries_mut(&mut self) -> &mut [Bucket<K, V>] { &mut self.entries }

    pub fn into_entries(self) -> vec::IntoIter<Bucket<K, V>> { self.entries.into_iter() }

    pub fn key(&self, at: usize) -> &K { &self.entries[at].key }

    pub fn value(&self, at: usize) -> &V { &self.entries[at].value }

    pub fn value_mut(&mut self, at: usize) -> &mut V { &mut self.entries[at].value }

    /// The place where a hash is looked for first.
    #[inline]
    fn first(&self, hash: u64) -> usize { hash as usize & (self.places.len() - 1) }

    #[inline]
    fn next(&self, place: usize) -> usize { (place + 1) & (self.places.len() - 1) }

    /// The number of the entry with this hash for which `same` holds.
    #[inline]
    pub fn find(&self, hash: u64, mut same: impl FnMut(&K) -> bool) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        let mut place = self.first(hash);
        loop {
            let number = self.places[place];
            if number == 0 {
                return None;
            }
            let entry = &self.entries[number - 1];
            if entry.hash == hash && same(&entry.key) {
                return Some(number - 1);
            }
            place = self.next(place);
        }
    }

    /// The place that refers to entry `at`.
    fn place_of(&self, at: usize) -> usize {
        let mut place = self.first(self.entries[at].hash);
        while self.places[place] != at + 1 {
            place = self.next(place);
        }
        place
    }

    fn enter(&mut self, at: usize) {
        let mut place = self.first(self.entries[at].hash);
        while self.places[place] != 0 {
            place = self.next(place);
        }
        self.places[place] = at + 1;
    }

    fn set_places(&mut self, count: usize) {
        self.places = vec::from_elem(0, count);
        for at in 0..self.entries.len() {
            self.enter(at);
        }
    }

    pub fn reserve(&mut self, additional: usize) {
        let wanted = self.entries.len() + additional;
        if additional == 0 || wanted <= self.capacity() {
            return;
        }
        let mut count = 8;
        while count / 8 * 7 < wanted {
            count *= 2;
        }
        self.set_places(count);
    }

    pub fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
        self.places = Vec::new();
        let len = self.entries.len();
        let mut count = 8;
        while count / 8 * 7 < len {
            count *= 2;
        }
        if len > 0 {
            self.set_places(count);
        }
    }

    /// Append an entry whose key is not there yet; its number.
    pub fn push(&mut self, hash: u64, key: K, value: V) -> usize {
        self.reserve(1);
        let at = self.entries.len();
        self.entries.push(Bucket { hash, key, value });
        self.enter(at);
        at
    }

    /// Take entry `at` out. The last one takes its number.
    pub fn remove(&mut self, at: usize) -> (K, V) {
        let mut gap = self.place_of(at);
        let last = self.entries.len() - 1;
        let moved = if at == last { gap } else { self.place_of(last) };
        self.places[moved] = at + 1;
        // Those behind the gap move up, if their hash allows it.
        let mut place = self.next(gap);
        while self.places[place] != 0 {
            let home = self.first(self.entry_at(place, at, last).hash);
            let mask = self.places.len() - 1;
            if place.wrapping_sub(home) & mask >= place.wrapping_sub(gap) & mask {
                self.places[gap] = self.places[place];
                gap = place;
            }
            place = self.next(place);
        }
        self.places[gap] = 0;
        let Bucket { key, value, .. } = self.entries.swap_remove(at);
        (key, value)
    }

    /// The entry that a place refers to, while `last` has its new number `at` already.
    fn entry_at(&self, place: usize, at: usize, last: usize) -> &Bucket<K, V> {
        let number = self.places[place] - 1;
        &self.entries[if number == at { last } else { number }]
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        self.entries.retain_mut(|entry| f(&entry.key, &mut entry.value));
        let count = self.places.len();
        self.set_places(count);
    }

    pub fn clear(&mut self) {
        self.places.fill(0);
        self.entries.clear();
    }

    /// Take everything out; the places stay.
    pub fn take_entries(&mut self) -> vec::IntoIter<Bucket<K, V>> {
        self.places.fill(0);
        mem::take(&mut self.entries).into_iter()
    }
}
