//! Callables behind pointers, shifts by other integers, literals made wide behind a reference.

struct Wide<T: ?Sized> {
    size: u8,
    tail: T,
}

trait Named {
    fn name(&self) -> String;
}

impl Named for u8 {
    fn name(&self) -> String {
        format!("byte {self}")
    }
}

fn twice(f: &mut dyn FnMut(u32) -> u32) -> u32 {
    f(1) + f(2)
}

fn generic<F: FnMut()>(f: &mut F) {
    f();
    f();
}

fn fill(all: &mut [u16]) {
    all[0] = 9;
}

/// Functions with names of C's are functions of their own.
mod named_as_in_c {
    extern "C" {
        fn labs(x: i64) -> i64;
        fn strlen(text: *const i8) -> usize;
    }

    pub mod ours {
        pub fn labs(x: i64) -> i64 {
            unsafe { super::labs(x) + 1 }
        }
        pub fn length(text: &std::ffi::CStr) -> usize {
            unsafe { super::strlen(text.as_ptr()) }
        }
        pub fn malloc(n: u8) -> u8 {
            n * 2
        }
    }
}

fn main() {
    println!("{} {}", named_as_in_c::ours::labs(-4), named_as_in_c::ours::malloc(4));
    println!("{} {:?}", named_as_in_c::ours::length(c"four"), option_env!("NOT_SET_BY_ANYBODY"));
    let text = String::from("moved in");
    let once: Box<dyn FnOnce(usize) -> String> = Box::new(move |n| text[..n].to_string());
    println!("{}", once(5));
    let jobs: Vec<Box<dyn FnOnce() -> usize>> = vec![Box::new(|| 1), Box::new(|| 2)];
    println!("{}", jobs.into_iter().map(|job| job()).sum::<usize>());

    let mut calls = 0;
    println!("{}", twice(&mut |n| { calls += 1; n * 10 }));
    generic(&mut || calls += 1);
    println!("{calls} calls");

    let (few, many) = (3u8, 40i64);
    let mut bits: u64 = 1 << few;
    bits <<= many;
    println!("{:#x} {}", bits, bits >> 41u16);

    let mut vector = vec![1, 2];
    fill(&mut vector);
    println!("{vector:?}");

    let bytes: &Wide<[u8]> = &Wide { size: 2, tail: [4, 5] };
    let named: &Wide<dyn Named> = &Wide { size: 1, tail: 7u8 };
    println!("{} {:?} {} {}", bytes.size, &bytes.tail, named.size, named.tail.name());
}
