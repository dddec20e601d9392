// options: --check-all
// A program that could do without checks, with all of them: std's own accesses are right, too.
use std::collections::BTreeMap;

fn main() {
    let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, word) in "one two one three two one".split(' ').enumerate() {
        words.entry(word.to_string()).or_default().push(place);
    }
    words.retain(|_, places| places.len() > 1);
    for (word, places) in &words {
        println!("{word}: {places:?}");
    }
}
