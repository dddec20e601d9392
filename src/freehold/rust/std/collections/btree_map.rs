//! `BTreeMap`: sorted entries, in short vectors.

mod entry;
mod iter;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::iter::{
    IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Range, RangeMut, Values, ValuesMut,
};
use crate::borrow::Borrow;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::mem;
use crate::ops::{Bound, Index, RangeBounds};
use crate::vec::Vec;

/// A vector of this length is cut in two.
const FULL: usize = 128;

/// The keys ascend within each vector and from one to the next; none is empty.
#[lang = "BTreeMap"]
pub struct BTreeMap<K, V> {
    chunks: Vec<Vec<(K, V)>>,
    len: usize,
}

/// A place: the number of a vector, and one in it.
type Place = (usize, usize);

impl<K, V> BTreeMap<K, V> {
    pub const fn new() -> BTreeMap<K, V> { BTreeMap { chunks: Vec::new(), len: 0 } }

    /// The entry whose key compares as equal, or where one would be.
    fn search(&self, mut order: impl FnMut(&K) -> Ordering) -> Result<Place, Place> {
        let chunk = self.chunks.partition_point(|chunk| order(&chunk[0].0) != Ordering::Greater);
        if chunk == 0 {
            return Err((0, 0));
        }
        let chunk = chunk - 1;
        match self.chunks[chunk].binary_search_by(|entry| order(&entry.0)) {
            Ok(at) => Ok((chunk, at)),
            Err(at) => Err((chunk, at)),
        }
    }

    fn find<Q: ?Sized + Ord>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q> + Ord,
    {
        self.search(|k| k.borrow().cmp(key))
    }

    fn entry_at(&self, place: Place) -> &(K, V) { &self.chunks[place.0][place.1] }

    fn entry_at_mut(&mut self, place: Place) -> &mut (K, V) { &mut self.chunks[place.0][place.1] }

    /// Put an entry at a place that `search` gave; where it is then.
    fn insert_at(&mut self, place: Place, key: K, value: V) -> Place {
        let (mut chunk, mut at) = place;
        self.len += 1;
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        }
        self.chunks[chunk].insert(at, (key, value));
        let len = self.chunks[chunk].len();
        if len == FULL {
            // Appending leaves full vectors behind, not half full ones.
            let cut = if at + 1 == len && chunk + 1 == self.chunks.len() { len - 1 } else { len / 2 };
            let rest = self.chunks[chunk].split_off(cut);
            self.chunks.insert(chunk + 1, rest);
            if at >= cut {
                chunk += 1;
                at -= cut;
            }
        }
        (chunk, at)
    }

    fn remove_at(&mut self, place: Place) -> (K, V) {
        let (chunk, at) = place;
        self.len -= 1;
        let entry = self.chunks[chunk].remove(at);
        if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
        }
        entry
    }

    pub fn clear(&mut self) { mem::drop(mem::take(self)); }

    pub fn get<Q: ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        match self.find(key) {
            Ok(place) => Some(&self.entry_at(place).1),
            Err(_) => None,
        }
    }

    pub fn get_key_value<Q: ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        match self.find(k) {
            Ok(place) => {
                let entry = self.entry_at(place);
                Some((&entry.0, &entry.1))
            }
            Err(_) => None,
        }
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.iter().next()
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.iter().next_back()
    }

    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        if self.len == 0 {
            return None;
        }
        Some(OccupiedEntry::new(self, (0, 0)))
    }

    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        let chunk = self.chunks.len().checked_sub(1)?;
        let at = self.chunks[chunk].len() - 1;
        Some(OccupiedEntry::new(self, (chunk, at)))
    }

    pub fn pop_first(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.first_entry().map(|entry| entry.remove_entry())
    }

    pub fn pop_last(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.last_entry().map(|entry| entry.remove_entry())
    }

    pub fn contains_key<Q: ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        self.find(key).is_ok()
    }

    pub fn get_mut<Q: ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        match self.find(key) {
            Ok(place) => Some(&mut self.entry_at_mut(place).1),
            Err(_) => None,
        }
    }

    pub fn insert(&mut self, key: K, value: V) -> Option<V>
    where
        K: Ord,
    {
        match self.find(&key) {
            Ok(place) => Some(mem::replace(&mut self.entry_at_mut(place).1, value)),
            Err(place) => {
                self.insert_at(place, key, value);
                None
            }
        }
    }

    pub fn remove<Q: ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        match self.remove_entry(key) {
            Some((_, value)) => Some(value),
            None => None,
        }
    }

    pub fn remove_entry<Q: ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q> + Ord,
        Q: Ord,
    {
        match self.find(key) {
            Ok(place) => Some(self.remove_at(place)),
            Err(_) => None,
        }
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F)
    where
        K: Ord,
    {
        for chunk in &mut self.chunks {
            chunk.retain_mut(|entry| f(&entry.0, &mut entry.1));
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.len = self.chunks.iter().map(|chunk| chunk.len()).sum();
    }

    pub fn append(&mut self, other: &mut Self)
    where
        K: Ord,
    {
        self.extend(mem::take(other));
    }

    /// Where a range starts and ends.
    #[track_caller]
    fn bounds<T: ?Sized + Ord, R: RangeBounds<T>>(&self, range: &R) -> (Place, Place)
    where
        K: Borrow<T> + Ord,
    {
        match (range.start_bound(), range.end_bound()) {
            (Bound::Excluded(s), Bound::Excluded(e)) if s == e => {
                panic!("range start and end are equal and excluded in BTreeMap")
            }
            (Bound::Included(s) | Bound::Excluded(s), Bound::Included(e) | Bound::Excluded(e))
                if s > e =>
            {
                panic!("range start is greater than range end in BTreeMap")
            }
            _ => {}
        }
        let start = match range.start_bound() {
            Bound::Unbounded => (0, 0),
            Bound::Included(key) => self.find(key).unwrap_or_else(|place| place),
            Bound::Excluded(key) => match self.find(key) {
                Ok((chunk, at)) => (chunk, at + 1),
                Err(place) => place,
            },
        };
        let end = match range.end_bound() {
            Bound::Unbounded => (self.chunks.len(), 0),
            Bound::Excluded(key) => self.find(key).unwrap_or_else(|place| place),
            Bound::Included(key) => match self.find(key) {
                Ok((chunk, at)) => (chunk, at + 1),
                Err(place) => place,
            },
        };
        (start, end)
    }

    #[track_caller]
    pub fn range<T: ?Sized, R>(&self, range: R) -> Range<'_, K, V>
    where
        T: Ord,
        K: Borrow<T> + Ord,
        R: RangeBounds<T>,
    {
        let (start, end) = self.bounds(&range);
        Range::new(&self.chunks, start, end)
    }

    #[track_caller]
    pub fn range_mut<T: ?Sized, R>(&mut self, range: R) -> RangeMut<'_, K, V>
    where
        T: Ord,
        K: Borrow<T> + Ord,
        R: RangeBounds<T>,
    {
        let (start, end) = self.bounds(&range);
        RangeMut::new(&mut self.chunks, start, end)
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V>
    where
        K: Ord,
    {
        match self.find(&key) {
            Ok(place) => Entry::Occupied(OccupiedEntry::new(self, place)),
            Err(place) => Entry::Vacant(VacantEntry::new(self, place, key)),
        }
    }

    pub fn split_off<Q: ?Sized + Ord>(&mut self, key: &Q) -> Self
    where
        K: Borrow<Q> + Ord,
    {
        let (chunk, at) = self.find(key).unwrap_or_else(|place| place);
        let mut rest = BTreeMap::new();
        if chunk < self.chunks.len() {
            let last = self.chunks[chunk].split_off(at);
            rest.chunks = self.chunks.split_off(chunk + 1);
            if !last.is_empty() {
                rest.chunks.insert(0, last);
            }
            if at == 0 {
                self.chunks.pop();
            }
            rest.len = rest.chunks.iter().map(|chunk| chunk.len()).sum();
            self.len -= rest.len;
        }
        rest
    }

    pub fn into_keys(self) -> IntoKeys<K, V> { IntoKeys::new(self.into_iter()) }

    pub fn into_values(self) -> IntoValues<K, V> { IntoValues::new(self.into_iter()) }

    pub fn iter(&self) -> Iter<'_, K, V> { Iter::new(&self.chunks, self.len) }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> { IterMut::new(&mut self.chunks, self.len) }

    pub fn keys(&self) -> Keys<'_, K, V> { Keys::new(self.iter()) }

    pub fn values(&self) -> Values<'_, K, V> { Values::new(self.iter()) }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> { ValuesMut::new(self.iter_mut()) }

    pub const fn len(&self) -> usize { self.len }

    pub const fn is_empty(&self) -> bool { self.len == 0 }
}

impl<K: Clone, V: Clone> Clone for BTreeMap<K, V> {
    fn clone(&self) -> BTreeMap<K, V> { BTreeMap { chunks: self.chunks.clone(), len: self.len } }
}

impl<K, V> Default for BTreeMap<K, V> {
    fn default() -> BTreeMap<K, V> { BTreeMap::new() }
}

impl<K: PartialEq, V: PartialEq> PartialEq for BTreeMap<K, V> {
    fn eq(&self, other: &BTreeMap<K, V>) -> bool { self.len == other.len && self.iter().eq(other) }
}

impl<K: Eq, V: Eq> Eq for BTreeMap<K, V> {}

impl<K: PartialOrd, V: PartialOrd> PartialOrd for BTreeMap<K, V> {
    fn partial_cmp(&self, other: &BTreeMap<K, V>) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<K: Ord, V: Ord> Ord for BTreeMap<K, V> {
    fn cmp(&self, other: &BTreeMap<K, V>) -> Ordering { self.iter().cmp(other.iter()) }
}

impl<K: Hash, V: Hash> Hash for BTreeMap<K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        for entry in self {
            entry.hash(state);
        }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for BTreeMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K, Q: ?Sized, V> Index<&Q> for BTreeMap<K, V>
where
    K: Borrow<Q> + Ord,
    Q: Ord,
{
    type Output = V;

    #[inline]
    #[track_caller]
    fn index(&self, key: &Q) -> &V { self.get(key).expect("no entry found for key") }
}

impl<K: Ord, V> FromIterator<(K, V)> for BTreeMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> BTreeMap<K, V> {
        let mut map = BTreeMap::new();
        map.extend(iter);
        map
    }
}

impl<K: Ord, V> Extend<(K, V)> for BTreeMap<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {
        for (k, v) in iter {
            self.insert(k, v);
        }
    }
}

impl<'a, K: Ord + Copy, V: Copy> Extend<(&'a K, &'a V)> for BTreeMap<K, V> {
    fn extend<I: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, iter: I) {
        for (k, v) in iter {
            self.insert(*k, *v);
        }
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> {
    fn from(arr: [(K, V); N]) -> Self { Self::from_iter(arr) }
}

impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> { self.iter() }
}

impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> IterMut<'a, K, V> { self.iter_mut() }
}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> IntoIter<K, V> { IntoIter::new(self.chunks, self.len) }
}
