// Owners of the standard library, and what may panic: the order of drops is compared with rustc's.
#![allow(warnings)]

pub struct D(pub u32);
impl Drop for D {
    fn drop(&mut self) {}
}
pub struct Node {
    pub value: D,
    pub next: Option<Box<Node>>,
}
pub struct Both {
    pub left: Box<D>,
    pub right: Box<D>,
    pub count: u32,
}
pub enum Shape {
    Dot,
    Line(Box<D>, D),
    Box { inner: Box<Both>, tag: D },
}
fn mk(n: u32) -> D {
    D(n)
}
fn eat(d: D) {}
fn eat_box(b: Box<D>) {}
fn look(d: &D) -> u32 {
    1
}
fn stop() -> ! {
    loop {}
}
fn yes() -> bool {
    true
}
fn both() -> Both {
    Both { left: Box::new(mk(1)), right: Box::new(mk(2)), count: 3 }
}
fn maybe() -> Option<D> {
    None
}
fn fallible(n: u32) -> Result<D, D> {
    Ok(mk(n))
}

mod boxes {
    use super::*;
    pub fn moved_out() -> D {
        let b = Box::new(mk(1));
        let other = mk(2);
        *b
    }
    pub fn moved_out_sometimes(c: bool) {
        let b = Box::new(mk(1));
        if c {
            eat(*b);
        }
        mk(2);
    }
    pub fn refilled() {
        let mut b = Box::new(mk(1));
        eat(*b);
        *b = mk(2);
        look(&b);
    }
    pub fn part_of_box(b: Box<Both>) -> Box<D> {
        let x = mk(1);
        b.left
    }
    pub fn two_parts(b: Box<Both>, c: bool) {
        eat_box(b.right);
        if c {
            eat_box(b.left);
        }
    }
    pub fn box_in_match(s: Shape) -> u32 {
        match s {
            Shape::Line(b, d) => look(&b),
            Shape::Box { inner, .. } => inner.count,
            Shape::Dot => 0,
        }
    }
    pub fn pushed(n: Node, d: D) -> Node {
        Node { value: d, next: Some(Box::new(n)) }
    }
    pub fn popped(n: Node) -> (D, u32) {
        let Node { value, next } = n;
        match next {
            Some(rest) => (rest.value, 1),
            None => (value, 0),
        }
    }
}

mod options {
    use super::*;
    pub fn taken(o: &mut Option<D>) -> u32 {
        let before = mk(1);
        if let Some(d) = o.take() {
            return look(&d);
        }
        let after = mk(2);
        0
    }
    pub fn replaced(d: &mut D) {
        let old = std::mem::replace(d, mk(1));
        look(&old);
        let older = std::mem::replace(d, old);
    }
    pub fn unwrapped(o: Option<D>) -> u32 {
        let a = mk(1);
        let d = o.unwrap();
        look(&d)
    }
    pub fn asked(n: u32) -> Option<D> {
        let a = mk(1);
        let b = maybe()?;
        let c = maybe()?;
        Some(b)
    }
    pub fn asked_in_loop(n: u32) -> Result<u32, D> {
        let mut last = fallible(0)?;
        let mut at = 0;
        loop {
            let d = fallible(at)?;
            if look(&d) > n {
                break;
            }
            last = d;
            at += 1;
        }
        Ok(look(&last))
    }
    pub fn chained(o: Option<D>) -> u32 {
        let a = mk(1);
        match o.as_ref() {
            Some(d) => look(d),
            None => look(&mk(2)),
        }
    }
    pub fn else_if(a: Option<D>, b: Option<D>) -> u32 {
        if let (Some(x), Some(y)) = (a, b) {
            look(&x) + look(&y)
        } else {
            let z = mk(1);
            3
        }
    }
}

mod panics {
    use super::*;
    pub fn explicit(c: bool) {
        let a = mk(1);
        if c {
            let b = mk(2);
            stop();
        }
        eat(a);
    }
    pub fn divided(n: u32) -> u32 {
        let a = mk(1);
        let b = mk(2);
        eat(a);
        let c = 7 / n;
        look(&b) + c
    }
    pub fn indexed(xs: &[u32], at: usize) -> u32 {
        let a = mk(1);
        let n = xs[at];
        eat(a);
        n + xs[at + 1]
    }
    pub fn half_made() -> Both {
        Both { left: Box::new(mk(1)), right: Box::new(mk(2)), count: look(&mk(3)) }
    }
    pub fn half_made_array() -> [D; 3] {
        [mk(1), mk(2), mk(3)]
    }
    pub fn half_called(d: D) -> (D, D) {
        let t = (d, mk(1));
        (t.1, mk(look(&t.0)))
    }
}

mod loops {
    use super::*;
    pub fn counted(n: u32) {
        let mut at = 0;
        let mut held = mk(0);
        while at < n {
            let d = mk(at);
            if yes() {
                held = d;
            } else if yes() {
                eat(d);
                break;
            }
            at += 1;
        }
        look(&held);
    }
    pub fn flag_in_loop() {
        let a = mk(1);
        loop {
            if yes() {
                eat(a);
                break;
            }
            let b = mk(2);
            if yes() {
                return;
            }
        }
        mk(3);
    }
    pub fn late_in_loop() {
        let d;
        loop {
            if yes() {
                d = mk(1);
                break;
            }
            mk(2);
        }
        look(&d);
    }
    pub fn valued(n: u32) -> D {
        let kept = mk(1);
        let got = loop {
            let d = mk(2);
            match n {
                0 => break d,
                1 => break mk(3),
                2 => continue,
                _ => {}
            }
            let e = mk(4);
        };
        eat(kept);
        got
    }
    pub fn labelled(n: u32) -> u32 {
        let mut got = maybe();
        'a: loop {
            let x = mk(1);
            'b: loop {
                let y = mk(2);
                if n == 1 {
                    break 'a;
                }
                if n == 2 {
                    got = Some(y);
                    continue 'a;
                }
                break 'b;
            }
            got = None;
        }
        got.is_some() as u32
    }
}

mod captures {
    use super::*;
    pub fn whole() {
        let a = mk(1);
        let b = mk(2);
        let f = move || look(&a);
        let g = move || eat(b);
        f();
        g();
    }
    pub fn part() {
        let p = (mk(1), mk(2));
        let f = || eat(p.0);
        let q = mk(3);
        f();
        look(&p.1);
    }
    pub fn returned(a: D) -> impl FnOnce() -> u32 {
        let b = mk(1);
        move || look(&a)
    }
    pub fn nested() {
        let a = mk(1);
        let f = move || {
            let b = mk(2);
            let g = move || eat(a);
            look(&b);
            g
        };
        f()();
    }
}
