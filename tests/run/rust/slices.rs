// Slices: views, searches, sorting, chunks.
fn main() {
    let mut a = [9, 4, 7, 1, 8, 2];
    println!("{:?} {:?} {:?}", &a[1..3], &a[..=2], a.get(10));
    println!("{:?} {:?}", a.split_first(), a.split_last());
    if let [first, .., last] = a {
        println!("{first} {last}");
    }
    if let [x, rest @ ..] = &a[..] {
        println!("{x} {rest:?}");
    }
    let (left, right) = a.split_at_mut(3);
    left[0] = right[0];
    right.swap(0, 2);
    println!("{a:?}");
    a.sort();
    println!("{a:?} {:?} {:?}", a.binary_search(&7), a.binary_search(&3));
    println!("{}", a.partition_point(|x| *x < 5));
    a.reverse();
    println!("{a:?} {}", a.contains(&4));
    a.rotate_left(2);
    println!("{a:?}");
    a.rotate_right(1);
    println!("{a:?}");
    a[1..4].fill(0);
    println!("{a:?}");
    a[..2].copy_from_slice(&[5, 6]);
    a.copy_within(0..2, 4);
    println!("{a:?}");
    let mut words = ["pear", "fig", "apple", "date", "kiwi"];
    words.sort_by_key(|w| w.len());
    println!("{words:?}");
    words.sort_unstable_by(|x, y| y.cmp(x));
    println!("{words:?}");
    words.sort_by(|x, y| x.len().cmp(&y.len()).then_with(|| x.cmp(y)));
    println!("{words:?}");
    words.sort_by_cached_key(|w| w.chars().last());
    println!("{words:?}");
    let v: Vec<u32> = (1..=10).collect();
    println!("{:?}", v.chunks(4).map(|c| c.iter().sum::<u32>()).collect::<Vec<_>>());
    println!("{:?}", v.rchunks(4).map(|c| c.len()).collect::<Vec<_>>());
    let exact = v.chunks_exact(3);
    println!("{:?} {:?}", exact.remainder(), exact.map(|c| c[0]).collect::<Vec<_>>());
    println!("{:?}", v.windows(3).filter(|w| w[1] % 3 == 0).collect::<Vec<_>>());
    println!("{:?}", v.split(|x| x % 4 == 0).collect::<Vec<_>>());
    println!("{:?}", v.splitn(2, |x| x % 4 == 0).collect::<Vec<_>>());
    println!("{:?}", [1, 1, 2, 3, 3].chunk_by(|a, b| a == b).collect::<Vec<_>>());
    println!("{} {}", v.starts_with(&[1, 2]), v.ends_with(&[10]));
    println!("{:?} {:?}", v.strip_prefix(&[1]).map(|s| s.len()), v.first_chunk::<2>());
    println!("{:?} {:?}", v.iter().max(), v.iter().rposition(|x| *x < 4));
    println!("{:?}", v.iter().rev().step_by(3).collect::<Vec<_>>());
    let mut big: Vec<u64> = Vec::new();
    let mut seed = 7u64;
    for _ in 0..500 {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        big.push(seed >> 48);
    }
    let mut stable: Vec<(u64, usize)> = big.iter().map(|x| x % 10).zip(0..).collect();
    stable.sort_by_key(|p| p.0);
    println!("{}", stable.windows(2).all(|w| w[0] < w[1]));
    big.sort_unstable();
    println!("{} {:?}", big.is_sorted(), &big[..4]);
    let mut grid = [[0; 3]; 2];
    for (i, row) in grid.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell = i * 3 + j;
        }
    }
    println!("{grid:?} {:?}", grid.as_flattened());
    println!("{:?} {:?}", [1, 2, 3].map(|x| x * x), std::array::from_fn::<_, 4, _>(|i| i * 2));
    for item in [String::from("x"), String::from("y")] {
        print!("{item} ");
    }
    println!();
    pieces();
}

fn pieces() {
    let xs = [1, 2, 3, 4, 5, 6, 7];
    println!("{:?}", xs.rsplit(|x| x % 3 == 0).collect::<Vec<_>>()); println!("{:?}", xs.split_inclusive(|x| x % 3 == 0).collect::<Vec<_>>());
    println!("{:?}", xs.split_inclusive(|x| x % 3 == 0).rev().collect::<Vec<_>>()); println!("{:?}", xs.rsplitn(2, |x| x % 2 == 0).collect::<Vec<_>>());
    println!("{:?}", xs.splitn(3, |x| x % 2 == 0).collect::<Vec<_>>()); println!("{:?} {:?}", xs.rchunks(3).collect::<Vec<_>>(), xs.rchunks_exact(3).collect::<Vec<_>>()); println!("{:?}", xs.rchunks_exact(3).remainder());
    let mut ys = xs; for c in ys.rchunks_mut(3) { c[0] = 0; } println!("{ys:?}"); for c in ys.chunk_by_mut(|a, b| a <= b) { c[0] += 10; } println!("{ys:?}"); for p in ys.split_inclusive_mut(|x| *x > 9) { p.reverse(); } println!("{ys:?}"); for p in ys.rsplit_mut(|x| *x == 5) { p[0] = 1; } println!("{ys:?}"); for p in ys.splitn_mut(2, |x| *x == 1) { if let Some(x) = p.first_mut() { *x = 77; } } println!("{ys:?}");
    println!("{:?} {:?} {:?}", b"  a b \n".trim_ascii(), " x ".trim_ascii(), "\t y ".trim_ascii_start()); println!("{} {}", b"a\n\x01\"'\\z\xff".escape_ascii(), "q".trim_ascii_end());
    unsafe { println!("{} {}", 30.9_f32.to_int_unchecked::<u8>(), (-3.9f64).to_int_unchecked::<i64>()); }
    let a: [u8; 2] = (1, 2).into(); let (x, y, z): (i32, i32, i32) = [1, 2, 3].into(); println!("{a:?} {x}{y}{z} {}", f64::from(true));
    println!("{:?}", [[1, 2], [3, 4]].as_flattened());
}
