//! Collections.

pub mod binary_heap;
pub mod btree_map;
pub mod btree_set;
pub mod hash_map;
pub mod hash_set;
pub mod linked_list;
pub mod vec_deque;

pub use self::binary_heap::BinaryHeap;
pub use self::btree_map::BTreeMap;
pub use self::btree_set::BTreeSet;
pub use self::hash_map::HashMap;
pub use self::hash_set::HashSet;
pub use self::linked_list::LinkedList;
pub use self::vec_deque::VecDeque;
pub use crate::ops::Bound;
use crate::alloc::Layout;
use crate::error::Error;
use crate::fmt;

/// `layout`: what was refused; without one the size itself is too large.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TryReserveError {
    layout: Option<Layout>,
}

impl TryReserveError {
    pub(crate) fn overflow() -> Self { TryReserveError { layout: None } }

    pub(crate) fn refused(layout: Layout) -> Self { TryReserveError { layout: Some(layout) } }

    pub(crate) fn layout(&self) -> Option<Layout> { self.layout }
}

impl fmt::Display for TryReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory allocation failed because ")?;
        f.write_str(match self.layout {
            None => "the computed capacity exceeded the collection's maximum",
            Some(_) => "the memory allocator returned an error",
        })
    }
}

impl Error for TryReserveError {}
