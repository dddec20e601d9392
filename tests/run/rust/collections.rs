// Collections: maps, sets, deques, heaps and lists.
use std::cmp::Reverse;
use std::collections::btree_map::Entry as Sorted;
use std::collections::hash_map::Entry;
use std::collections::*;
use std::ops::Bound::{Excluded, Included, Unbounded};

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Clone)]
enum Key {
    Name(String),
    Number(u8),
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = items.into_iter().collect();
    all.sort();
    all
}

fn main() {
    let mut ages = HashMap::new();
    ages.insert("ann", 30);
    println!("{:?} {:?}", ages.insert("bob", 40), ages.insert("ann", 31));
    println!("{:?} {:?} {}", ages.get("ann"), ages.get("cid"), ages["bob"]);
    *ages.entry("cid").or_insert(0) += 5;
    ages.entry("cid").and_modify(|a| *a *= 2).or_insert(1);
    ages.entry("dan").or_default();
    println!("{:?}", sorted(&ages));
    match ages.entry("bob") {
        Entry::Occupied(e) => println!("{:?}", e.remove_entry()),
        Entry::Vacant(_) => println!("none"),
    }
    println!("{:?} {:?} {}", ages.remove("dan"), ages.remove("eve"), ages.len());
    if let Some(age) = ages.get_mut("ann") {
        *age += 1;
    }
    for (_, age) in &mut ages {
        *age += 100;
    }
    ages.retain(|_, age| *age > 110);
    println!("{:?} {} {:?}", ages, ages.contains_key("cid"), ages.get_key_value("ann"));
    let keys: HashMap<Key, usize> = [(Key::Name("k".into()), 1), (Key::Number(2), 2)].into();
    println!("{:?} {}", keys.get(&Key::Number(2)), keys == keys.clone());
    let mut many = HashMap::with_capacity(10);
    for i in 0..1000u64 {
        many.insert(i * 7919 % 1009, i);
    }
    for i in (0..1009u64).step_by(2) {
        many.remove(&i);
    }
    println!("{} {:?} {}", many.len(), many.get(&1), many.values().sum::<u64>());
    println!("{:?}", sorted(many.into_keys()).iter().take(5).collect::<Vec<_>>());
    let counts = "hello world".chars().filter(|c| c.is_alphabetic()).fold(BTreeMap::new(), |mut m, c| {
        *m.entry(c).or_insert(0) += 1;
        m
    });
    println!("{counts:?}");

    let a: HashSet<i32> = (1..6).collect();
    let b = HashSet::from([4, 5, 6]);
    println!("{:?} {:?}", sorted(a.intersection(&b)), sorted(a.difference(&b)));
    println!("{:?} {:?}", sorted(&a | &b), sorted(a.symmetric_difference(&b).copied()));
    println!("{} {} {}", a.contains(&3), a.is_subset(&b), a.is_disjoint(&HashSet::from([9])));

    let mut tree: BTreeMap<i32, String> = (0..300).rev().map(|i| (i * 2, format!("v{i}"))).collect();
    println!("{} {:?} {:?}", tree.len(), tree.first_key_value(), tree.last_key_value());
    println!("{:?}", tree.range(10..16).collect::<Vec<_>>());
    println!("{:?}", tree.range((Excluded(594), Unbounded)).map(|(k, _)| k).collect::<Vec<_>>());
    println!("{:?}", tree.range((Unbounded, Included(4))).next_back());
    for (_, v) in tree.range_mut(..3) {
        v.push('!');
    }
    println!("{:?} {:?} {:?}", tree.pop_first(), tree.pop_last(), tree.remove(&100));
    let upper = tree.split_off(&590);
    println!("{:?} {}", upper.keys().collect::<Vec<_>>(), tree.len());
    match tree.entry(101) {
        Sorted::Vacant(e) => {
            e.insert("odd".into());
        }
        Sorted::Occupied(_) => {}
    }
    println!("{:?} {:?}", tree.get(&101), tree.iter().rev().nth(1));
    tree.retain(|k, _| k % 100 == 2);
    println!("{tree:?}");
    println!("{:?} {}", tree.into_values().collect::<Vec<_>>(), BTreeMap::from([(1, 2)]) < BTreeMap::from([(1, 3)]));
    let left = BTreeSet::from([1, 3, 5, 7]);
    let right = BTreeSet::from([3, 4, 5]);
    println!("{:?} {:?}", left.union(&right).collect::<Vec<_>>(), &left - &right);
    println!("{:?} {:?}", left.intersection(&right).collect::<Vec<_>>(), left.range(2..6).collect::<Vec<_>>());

    let mut deque: VecDeque<i32> = VecDeque::new();
    for i in 0..5 {
        deque.push_back(i);
        deque.push_front(-i);
    }
    println!("{deque:?} {:?} {:?}", deque.front(), deque.back());
    deque.rotate_left(3);
    println!("{deque:?} {} {:?}", deque[2], deque.iter().rev().take(2).collect::<Vec<_>>());
    println!("{:?} {:?} {}", deque.pop_front(), deque.pop_back(), deque.contains(&4));
    deque.insert(2, 99);
    println!("{:?} {deque:?}", deque.clone().remove(0));
    deque.make_contiguous().sort();
    println!("{:?} {:?}", deque.as_slices().0, deque.binary_search(&99));
    deque.extend([7, 8]);
    deque.retain(|x| *x > 0);
    println!("{:?} {:?}", deque.drain(1..3).collect::<Vec<_>>(), deque);
    println!("{:?} {:?}", Vec::from(deque), VecDeque::from([1, 2]) == [1, 2]);

    let mut heap = BinaryHeap::from([3, 1, 4, 1, 5, 9, 2, 6]);
    heap.push(7);
    println!("{:?} {:?} {}", heap.pop(), heap.peek(), heap.len());
    if let Some(mut top) = heap.peek_mut() {
        *top = 0;
    }
    println!("{:?}", heap.into_sorted_vec());
    let mut least = BinaryHeap::new();
    for (cost, name) in [(5, "far"), (1, "near"), (3, "mid")] {
        least.push(Reverse((cost, name)));
    }
    while let Some(Reverse((cost, name))) = least.pop() {
        print!("{name}={cost} ");
    }
    println!();

    let mut list = LinkedList::from([2, 3]);
    list.push_front(1);
    list.push_back(4);
    let mut other = list.split_off(2);
    println!("{list:?} {other:?}");
    other.append(&mut list);
    println!("{other:?} {:?} {:?} {}", other.front(), other.back(), list.len());
    println!("{:?} {:?} {}", other.pop_front(), other.pop_back(), other.iter().sum::<i32>());
    let mut long = LinkedList::new();
    for i in 0..100_000 {
        long.push_back(Box::new(i));
    }
    drop(long);
    println!("dropped");
}
