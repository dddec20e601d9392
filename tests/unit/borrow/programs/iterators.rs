// What is collected from iterators still borrows from what was iterated over.
use std::collections::HashMap;

fn mapped<'a>() -> Vec<&'a str> {
    let lines: Vec<String> = Vec::new();
    lines.iter().map(|l| l.trim()).collect() //~ E0515
}
fn first_mapped<'a>() -> Option<&'a str> {
    let lines = vec![String::new()];
    lines.iter().map(|l| l.as_str()).next() //~ E0515
}
fn enumerated<'a>() -> Vec<(usize, &'a str)> {
    let text = String::new();
    text.split(' ').enumerate().collect() //~ E0515
}
fn counted<'a>() -> HashMap<&'a str, usize> {
    let text = String::new();
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts //~ E0515
}
fn folded<'a>() -> &'a str {
    let words = vec![String::new()];
    words.iter().map(|w| w.as_str()).fold("", |a, b| if a.len() > b.len() { a } else { b }) //~ E0515
}
fn flattened() {
    let mut numbers = vec![3, 1];
    let least = numbers.iter().flat_map(|n| std::iter::once(n)).min();
    numbers.clear(); //~ E0502
    println!("{:?}", least);
}
struct Held<'a>(&'a str);
impl Drop for Held<'_> {
    fn drop(&mut self) {}
}
fn from_array() {
    let text = String::new();
    let held = Vec::from_iter([Held(&text)]);
    drop(text); //~ E0505
}
fn owned() -> Vec<usize> {
    let words = vec![String::new()];
    words.iter().map(|w| w.len()).filter(|n| *n > 2).collect()
}
struct Part<'a>(&'a [i32]);
impl Drop for Part<'_> {
    fn drop(&mut self) {}
}
impl Part<'_> {
    fn iter(&self) -> std::slice::Iter<'_, i32> {
        self.0.iter()
    }
}
fn loop_at_the_end() {
    let numbers = vec![1, 2];
    for n in Part(&numbers).iter() {
        println!("{n}");
    }
}
fn passed_on<F, T>(f: F, text: &str) -> T
where
    F: for<'x> Fn(&'x str) -> T,
{
    f(text)
}
fn through_a_bound<F>(f: F) -> &'static str
where
    F: for<'x> Fn(&'x str) -> &'x str,
{
    let text = String::new();
    f(&text) //~ E0515
}
fn main() {}
