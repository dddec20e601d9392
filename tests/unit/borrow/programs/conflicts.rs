// The classic faults, each beside what mends it.
fn push_while_held(v: &mut Vec<i32>) {
    let first = &v[0];
    v.push(1); //~ E0502
    println!("{first}");
}
fn push_after(v: &mut Vec<i32>) {
    let first = v[0];
    v.push(first);
    let length = v.len();
    v.push(length as i32);
}
fn two_at_once(s: &mut String) {
    let a = &mut *s;
    let b = &mut *s; //~ E0499
    a.push('x');
}
fn moved_while_held(s: String) {
    let r = &s;
    drop(s); //~ E0505
    println!("{r}");
}
fn outlived() {
    let r;
    {
        let n = 1;
        r = &n; //~ E0597
    }
    println!("{r}");
}
fn returned<'a>() -> &'a String {
    let s = String::new();
    &s //~ E0515
}
fn escaping() -> impl Fn() -> usize {
    let s = String::new();
    || s.len() //~ E0373
}
fn assigned_while_held() {
    let mut n = 1;
    let r = &n;
    n = 2; //~ E0506
    println!("{r}");
}
fn used_while_held() {
    let mut n = 1;
    let r = &mut n;
    let m = n + 1; //~ E0503
    *r = m;
}
fn temporary() {
    let r = String::from("x").as_str(); //~ E0716
    println!("{r}");
}
fn not_declared_mut() {
    let s = String::new();
    s.push('x'); //~ E0596
}
fn shorter<'a, 'b>(x: &'a i32, y: &'b i32) -> &'a i32 {
    y //~ FH1501
}
fn unnamed<'a>(x: &'a i32, y: &i32) -> &'a i32 {
    y //~ E0621
}
fn behind_shared(r: &&mut String) {
    let c = || r.push('x'); //~ E0596
}
fn matched(o: &mut Option<i32>) {
    let _ = if let Some(n) = o {
        n
    } else {
        let mut a = 0;
        &mut a //~ E0597
    };
}
struct Noisy<'a>(&'a String);
impl Drop for Noisy<'_> {
    fn drop(&mut self) {}
}
fn dropped_with_its_closure() {
    let mut s = String::new();
    let c = {
        let n = Noisy(&s);
        move || {
            let _n = &n;
        }
    };
    s.push('x'); //~ E0502
}
fn main() {}
