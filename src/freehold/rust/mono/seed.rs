// What programs use of std again and again: its instances are compiled once, and linked with.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet, LinkedList, VecDeque};
use std::fmt::{self, Debug, Display, Write};
use std::rc::Rc;

fn show<T: Debug + Display>(value: T) {
    println!("{value} {value:?} {value:>5} {value:#?}");
    let text = format!("{value}");
    eprintln!("{}", text);
    print!("{text}");
}

fn debug<T: Debug>(value: T) { println!("{value:?} {value:#?}"); }

macro_rules! integers {
    ($($type:ty)*) => {$(
        show(<$type>::MAX);
        println!("{:x} {:#X} {:08b}", 1 as $type, 2 as $type, 3 as $type);
        debug("1".parse::<$type>());
        debug((1 as $type).checked_add(1));
        debug((1 as $type).pow(2));
        assert_eq!(1 as $type, 1);
    )*};
}

fn copied<T: Copy + Ord + Debug + Display>(mut v: Vec<T>) {
    v.extend_from_slice(&[v[0]]);
    v.swap(0, 1);
    debug(v.contains(&v[0]));
    debug(&v[..1]);
    debug(v.iter().copied().collect::<Vec<T>>());
    debug(v == Vec::new());
    show(v[0]);
}

fn vectors<T: Clone + Debug>(mut v: Vec<T>) {
    v.push(v[0].clone());
    debug(v.pop());
    v.insert(0, v[1].clone());
    debug(v.remove(0));
    v.reverse();
    v.truncate(2);
    debug(v.first());
    debug(v.iter().cloned().collect::<Vec<T>>());
    for each in v.clone() {
        debug(each);
    }
    v.clear();
    debug(v);
}

fn texts() {
    let mut text = String::from("some text");
    text.push('!');
    text.push_str(" more");
    text += "x";
    text.insert(0, 'y');
    debug(text.pop());
    debug(text.to_uppercase());
    debug(text.trim().split(' ').map(|part| part.to_string()).collect::<Vec<String>>());
    debug(text.split_whitespace().collect::<Vec<&str>>());
    debug(text.chars().rev().collect::<String>());
    debug(text.char_indices().count());
    debug(text.bytes().count());
    debug(text.find("te"));
    debug(text.find('t'));
    debug(text.replace("te", "x"));
    debug(text.starts_with("a"));
    debug(text.lines().collect::<Vec<&str>>());
    debug(text.len() + text.capacity());
    debug(text.as_str().cmp("x"));
    debug(&text[1..]);
    debug(vec!["a", "b"].join(", "));
    debug(vec![String::new()].concat());
    debug("x".repeat(3));
    debug("a=b".split_once('='));
    debug(text.clone() + &text);
    debug("1.5".parse::<f64>());
    debug("true".parse::<bool>());
    let mut written = String::new();
    let _ = write!(written, "{:>5}", 1);
    let _ = writeln!(written);
    show(text.as_str());
    show(text.clone());
    show(&text);
    debug(Some(text.clone()));
    debug(Some("x"));
    let failed: Result<String, String> = Err(text);
    debug(failed);
    vectors(vec![String::from("a")]);
    vectors(vec!["a"]);
}

struct Holder {
    name: String,
    count: i32,
}

impl Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holder").field("name", &self.name).field("count", &self.count).finish()?;
        f.debug_tuple("x").field(&self.count).finish()?;
        f.debug_list().entry(&self.count).finish()?;
        f.debug_map().entry(&self.name, &self.count).finish()?;
        f.pad("x")
    }
}

fn shared() {
    let counted = Rc::new(RefCell::new(1));
    *counted.borrow_mut() += 1;
    debug(Rc::clone(&counted));
    debug(Rc::strong_count(&counted));
    let weak = Rc::downgrade(&counted);
    debug(weak.upgrade());
    let names = Rc::new(RefCell::new(vec![1]));
    names.borrow_mut().push(2);
    debug(names.borrow().len());
    debug(Rc::new(String::new()));
    let cell = Cell::new(1);
    cell.set(cell.get() + 1);
    debug(cell);
    debug(Box::new(1));
    debug(Box::new(String::new()));
    debug(RefCell::new(String::new()));
}

fn collections() {
    let mut numbers: HashMap<String, i32> = HashMap::new();
    *numbers.entry("a".to_string()).or_insert(0) += 1;
    numbers.insert("b".to_string(), 2);
    debug(numbers.get("a"));
    debug(numbers.contains_key("a"));
    debug(numbers.remove("a"));
    for (name, number) in &numbers {
        println!("{name} {number}");
    }
    let mut words: HashMap<&str, i32> = HashMap::new();
    *words.entry("a").or_insert(0) += 1;
    words.insert("b", 2);
    debug(words.get("a"));
    for (name, number) in &words {
        println!("{name} {number}");
    }
    let mut sorted: BTreeMap<String, i32> = BTreeMap::new();
    sorted.insert("a".to_string(), 1);
    debug(sorted.get("a"));
    for (name, number) in &sorted {
        println!("{name} {number}");
    }
    let mut set: HashSet<i32> = HashSet::new();
    set.insert(1);
    debug(set.contains(&1));
    let mut queue: VecDeque<i32> = VecDeque::new();
    queue.push_back(1);
    debug(queue.pop_front());
    let mut list: LinkedList<i32> = LinkedList::new();
    list.push_back(1);
    list.push_front(2);
    debug(list.iter().count());
}

fn may_fail(text: &str) -> Result<i32, Box<dyn std::error::Error>> {
    let number: i32 = text.parse()?;
    if number < 0 {
        return Err("negative".into());
    }
    Ok(number)
}

fn main() {
    integers!(i32 i64 u32 u64 usize u8);
    vectors::<i32>(vec![1, 2, 3]);
    vectors::<u64>(vec![1, 2, 3]);
    vectors::<usize>(vec![1, 2, 3]);
    vectors::<u8>(vec![1, 2, 3]);
    copied::<i32>(vec![1, 2, 3]);
    copied::<u8>(vec![1, 2, 3]);
    vec![3i32, 1].sort();
    vec!["b", "a"].sort();
    vec![String::new()].sort();
    vectors(vec!['c']);
    vectors(vec![1.5]);
    vectors(vec![true]);
    show(1i8);
    show(1u16);
    show(1i128);
    show(1u128);
    show(1.5f32);
    show(1.5f64);
    println!("{:.2} {:8.3} {:e}", 1.0, 2.0, 3.0);
    show('c');
    show(true);
    debug(());
    debug((1, "x"));
    debug([1, 2, 3]);
    debug(['c']);
    debug([1.5]);
    debug(vec![1.5]);
    debug(vec!['c']);
    debug(vec![true]);
    debug(vec![vec![1]]);
    debug(vec![(1, 2)]);
    debug(Some(Some(1)));
    debug(Some(1.5));
    debug(Some('c'));
    texts();
    shared();
    collections();
    debug(Holder { name: String::new(), count: 0 });
    match may_fail("1") {
        Ok(number) => println!("{number}"),
        Err(error) => println!("{error} {error:?}"),
    }
    let number: Option<i32> = None;
    debug(number.unwrap_or(1));
    println!("{:?}", number.expect("a number"));
    let failed: Result<i32, String> = Err(String::new());
    println!("{:?}", failed.clone().unwrap_or_default());
    debug(failed.unwrap());
    let caught = std::panic::catch_unwind(|| panic!("{}", 1));
    debug(caught.is_err());
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    assert!(line.is_empty(), "{line}");
    debug(std::env::args().count());
    assert_ne!(line.len(), 1, "{}", 1);
    unreachable!()
}
