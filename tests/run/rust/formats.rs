// Formatting: every trait, flag, and the pretty form.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[derive(Debug, Clone, Default)]
struct Point {
    x: i32,
    y: f64,
}

#[derive(Debug)]
struct Wrapper(Point, &'static str);

#[derive(Debug)]
struct Empty;

#[derive(Debug)]
enum Shape {
    Unit,
    Tuple(i32, char),
    Named { side: u8, tags: Vec<&'static str> },
}

struct Matrix([[i32; 2]; 2]);

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for row in &self.0 {
            writeln!(f, "[{:>3} {:>3}]", row[0], row[1])?;
        }
        write!(f, "width {:?} precision {:?} alternate {}", f.width(), f.precision(), f.alternate())
    }
}

struct Hex(u32);

impl fmt::LowerHex for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::LowerHex::fmt(&self.0, f) }
}

impl fmt::Binary for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad_integral(true, "0b", "101") }
}

struct Manual;

impl fmt::Debug for Manual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manual").field("a", &1).field("b", &Some("x")).finish_non_exhaustive()
    }
}

fn main() {
    println!("[{}] [{:5}] [{:<5}] [{:^5}] [{:>5}]", 42, 42, 42, 42, 42);
    println!("[{:05}] [{:+}] [{:+05}] [{:<05}] [{:*^9}]", -42, 42, 42, 7, -3);
    println!("[{:x}] [{:X}] [{:#x}] [{:#010x}] [{:b}] [{:#b}] [{:o}] [{:#o}]", 255, 255, 255, 255, 5, 5, 8, 8);
    println!("[{:x}] [{:b}] [{:?}]", -1i8, -2i8, i128::MIN);
    println!("[{:e}] [{:E}] [{:e}] [{:.2e}]", 1500, 123456, 0.00012, 123456.0);
    println!("[{:x?}] [{:X?}] [{:#x?}]", [10, 255], [10, 255], Some(16));
    println!("[{}] [{:5}] [{:<5}] [{:^5}] [{:>5}] [{:.1}] [{:_^7.2}]", "ab", "ab", "ab", "ab", "ab", "ab", "abc");
    println!("[{:?}] [{:8?}] [{:<8?}]", "a\"b", "ab", 'c');
    println!("[{}] [{:3}] [{}] [{:>6}]", 'x', 'x', true, false);
    let (width, precision, value) = (9, 3, 3.14159);
    println!("[{:width$.precision$}] [{:.*}] [{:9.1$}] [{:>9}]", value, 3, value, value, 7);
    println!("[{0}-{0}-{1}] [{name}] [{value:.1}]", 1, 2, name = "n");
    println!("{{}} {{{}}}", 1);
    for x in [0.0, -0.0, 1.0, 1.5, 0.1, 0.3, 1e7, 1e15, 1e16, 1.5e300, 1e-5, 1e-7, 123456789.123456789, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::NAN, f64::INFINITY, -f64::INFINITY, 0.1 + 0.2, 2.5, 100.0 / 3.0] {
        println!("{x} {x:?} {x:.0} {x:.3} {x:e} {x:10.2} {x:+} {x:08.1} {x:.3e} {x:?}");
    }
    for x in [0.1f32, 16777216.0, 1.0e10, 3.4028235e38, 1.0e-45, 0.3, 33554432.0, 1.0e-4] {
        println!("{x} {x:?} {x:.2} {x:e}");
    }
    println!("{:?} {:?}", f32::MIN, 1.0e23);
    let point = Point { x: 1, y: 2.0 };
    println!("{point:?} {:?} {:?} {:?}", Wrapper(point.clone(), "w"), Empty, Manual);
    println!("{:#?}", Wrapper(point.clone(), "w"));
    let shapes = [Shape::Unit, Shape::Tuple(-1, 'q'), Shape::Named { side: 3, tags: vec!["a", "b"] }];
    println!("{shapes:?}");
    println!("{shapes:#?}");
    println!("{:#?} {:#?} {:#?}", Empty, Manual, ((), (1,), (1, "x")));
    println!("{:?} {:?} {:?}", (), (1,), (1, 2.0, "three", 'f', true));
    let map: BTreeMap<_, _> = [("one", vec![1]), ("two", vec![])].into();
    println!("{map:?} {map:#?}");
    println!("{:?} {:#?}", BTreeSet::from([3, 1]), Some(BTreeSet::from(["z"])));
    println!("{:5?} {:05?} {:.1?} {:#.2?}", [1, 2], Some(3), vec![1.25, 2.0], Some(0.5));
    println!("{}", Matrix([[1, -2], [30, 4]]));
    println!("{:#8.2}", Matrix([[1, 2], [3, 4]]));
    println!("{:#x} {:08x} {:#b} {:#07b}", Hex(255), Hex(255), Hex(5), Hex(5));
    println!("{}", format_args!("{} {:?}", 1, "two"));
    println!("{:>12}|{:<12}|{:^12}", format!("{:?}", Some(1)), format!("{point:?}").len(), "mid");
    let text = format!("{:-^30}", " title ");
    println!("{text}");
    let mut out = String::new();
    use fmt::Write;
    write!(out, "{}-{:02}", 5, 6).unwrap();
    writeln!(out, "!").unwrap();
    out.write_char('c').unwrap();
    print!("{out}\n");
    println!("{:?} {:?} {:?}", 1..2, ..=3, (2.., ..));
    println!("{:?} {:?}", std::cmp::Ordering::Less, std::time::Duration::from_millis(1500));
    println!("{:?} {:?}", std::cell::RefCell::new(1), std::cell::Cell::new('c'));
    println!("{:?} {:?}", std::rc::Rc::new(5), Box::new([1u8]));
    let address = format!("{:p}", &1u8 as *const u8);
    println!("{}", address.starts_with("0x"));
    println!("{:p} {:#p}", std::ptr::null::<u8>(), std::ptr::without_provenance::<u8>(0xff));
}
