// Iterator: adapters, consumers, sources, and iterators of one's own.
use std::iter;

struct Countdown(u32);

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.0 == 0 {
            return None;
        }
        self.0 -= 1;
        Some(self.0 + 1)
    }
}

fn evens(limit: u32) -> impl Iterator<Item = u32> + Clone { (0..limit).filter(|n| n % 2 == 0) }

fn boxed<'a>(words: &'a [&'a str], upper: bool) -> Box<dyn Iterator<Item = String> + 'a> {
    if upper {
        Box::new(words.iter().map(|w| w.to_uppercase()))
    } else {
        Box::new(words.iter().map(|w| w.to_string()))
    }
}

fn show<T: std::fmt::Debug>(items: impl IntoIterator<Item = T>) {
    println!("{:?}", items.into_iter().collect::<Vec<_>>());
}

fn main() {
    show(Countdown(3));
    show(Countdown(5).zip("abc".chars()).map(|(n, c)| format!("{n}{c}")));
    show(evens(9).chain(1..=3).rev_sorted());
    show(boxed(&["a", "b"], true).chain(boxed(&["c"], false)));
    show((0..10).skip(2).step_by(3).take(2));
    show([1, 2, 3, 4, 1].iter().take_while(|x| **x < 4));
    show([1, 2, 3, 4, 1].iter().skip_while(|x| **x < 4));
    show(["1", "x", "3"].iter().filter_map(|s| s.parse::<i32>().ok()));
    show(["1", "x", "3"].iter().map_while(|s| s.parse::<i32>().ok()));
    show((1..4).flat_map(|n| (0..n).map(move |k| n * 10 + k)));
    show(vec![Some(1), None, Some(3)].into_iter().flatten());
    show((1..=5).scan(1, |product, x| {
        *product *= x;
        Some(*product)
    }));
    show([1, 2, 3].iter().cycle().take(7).copied());
    show([3, 1, 2].iter().cloned().enumerate().rev());
    show((0..3).inspect(|x| print!("<{x}>")).map(|x| x * x));
    let mut peek = [1, 1, 2, 3, 3].iter().peekable();
    while let Some(x) = peek.next() {
        let mut run = 1;
        while peek.next_if_eq(&x).is_some() {
            run += 1;
        }
        print!("{x}x{run} {:?}; ", peek.peek());
    }
    println!();
    let (even, odd): (Vec<i32>, Vec<i32>) = (1..=6).partition(|n| n % 2 == 0);
    println!("{even:?} {odd:?}");
    let (left, right): (Vec<_>, String) = [(1, 'a'), (2, 'b')].into_iter().unzip();
    println!("{left:?} {right}");
    println!("{} {:?}", (1..=4).fold(String::new(), |s, n| s + &n.to_string()), (1..=4).reduce(|a, b| a * b));
    println!("{:?} {:?}", (1..5).try_fold(0i8, |a, x| a.checked_add(x * 20)), (1..4).try_fold(0i8, |a, x| a.checked_add(x)));
    println!("{} {} {}", (1..5).all(|x| x > 0), (1..5).any(|x| x > 4), (1..5).count());
    println!("{:?} {:?} {:?}", (1..9).find(|x| x % 4 == 0), (5..9).position(|x| x == 7), (1..9).find_map(|x| (x > 3).then(|| x * 2)));
    println!("{:?} {:?}", ["bb", "a", "cc"].iter().max_by_key(|s| s.len()), ["bb", "a", "cc"].iter().min_by_key(|s| s.len()));
    println!("{:?} {:?}", [1.5, 0.5].iter().cloned().fold(f64::NAN, f64::min), [2, 9, 4].iter().max_by(|a, b| b.cmp(a)));
    println!("{:?} {:?} {:?}", (1..4).last(), (1..9).nth(3), (1..9).nth_back(2));
    println!("{:?} {} {}", [1, 2].iter().cmp([1, 3].iter()), (1..3).eq([1, 2]), (1..3).lt(1..4));
    println!("{} {}", (1..=3).map(|x| x as f64).sum::<f64>(), Vec::<f64>::new().iter().sum::<f64>());
    println!("{:?} {:?} {:?}", (0..10).size_hint(), evens(10).size_hint(), Countdown(2).size_hint());
    println!("{} {}", (0..10).len(), [1, 2, 3].iter().rev().len());
    show(iter::once(1).chain(iter::empty()).chain(iter::repeat(2).take(2)));
    show(iter::successors(Some(1u32), |x| x.checked_mul(10)).take(4));
    show(iter::repeat_with(|| 7).take(2));
    let mut state = (0, 1);
    show(iter::from_fn(|| {
        state = (state.1, state.0 + state.1);
        Some(state.0)
    }).take_while(|x| *x < 30));
    let mut numbers = 1..=6;
    println!("{:?} {:?} {:?}", numbers.next(), numbers.next_back(), numbers);
    let rest: Vec<_> = numbers.by_ref().take(2).collect();
    println!("{rest:?} {:?}", numbers.collect::<Vec<_>>());
    show((0..=u8::MAX).rev().take(2));
    show(('a'..'e').rev());
    let text: String = ["x", "y"].into_iter().chain(Some("z")).collect();
    println!("{text} {:?}", text.bytes().map(u32::from).sum::<u32>());
    let mut v = vec![1, 2, 3];
    v.iter_mut().for_each(|x| *x *= 2);
    v.extend(&[10, 20]);
    println!("{v:?} {}", v.iter().is_sorted());
    let nested = vec![vec![1], vec![], vec![2, 3]];
    println!("{} {:?}", nested.iter().flatten().sum::<i32>(), nested.concat().iter().rev().collect::<Vec<_>>());
    let result: Result<Vec<i32>, String> = (1..4).map(|x| if x < 3 { Ok(x) } else { Err(format!("bad {x}")) }).collect();
    println!("{result:?}");
    for (i, w) in [1, 2, 3, 4].windows(2).enumerate() {
        print!("{i}:{} ", w[0] + w[1]);
    }
    println!();
}

trait RevSorted: Iterator {
    fn rev_sorted(self) -> std::vec::IntoIter<Self::Item>;
}

impl<I: Iterator> RevSorted for I
where
    I::Item: Ord,
{
    fn rev_sorted(self) -> std::vec::IntoIter<I::Item> {
        let mut all: Vec<_> = self.collect();
        all.sort_by(|a, b| b.cmp(a));
        all.into_iter()
    }
}
