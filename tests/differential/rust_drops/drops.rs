// Each function is a program of its own: the order of its drops is compared with rustc's.
#![allow(warnings)]

pub struct D(pub u32);
impl Drop for D {
    fn drop(&mut self) {}
}
pub struct Pair {
    pub first: D,
    pub second: D,
}
pub struct Guard<'a>(&'a D);
impl<'a> Drop for Guard<'a> {
    fn drop(&mut self) {}
}
pub enum Tree {
    Leaf,
    One(D),
    Two(D, D),
    Named { left: D, count: u32 },
}
impl D {
    fn get(&self) -> u32 {
        self.0
    }
    fn see(&self) -> &D {
        self
    }
    fn change(&mut self) -> &mut D {
        self
    }
    fn into_pair(self) -> Pair {
        Pair { first: self, second: mk(9) }
    }
    fn guard(&self) -> Guard<'_> {
        Guard(self)
    }
}
impl<'a> Guard<'a> {
    fn value(&self) -> u32 {
        0
    }
}
impl std::ops::Add<D> for D {
    type Output = D;
    fn add(self, other: D) -> D {
        mk(1)
    }
}
impl std::ops::AddAssign<D> for D {
    fn add_assign(&mut self, other: D) {}
}
impl std::ops::Neg for D {
    type Output = D;
    fn neg(self) -> D {
        mk(2)
    }
}
impl PartialEq for D {
    fn eq(&self, other: &D) -> bool {
        true
    }
}
pub struct Own(D);
impl std::ops::Deref for Own {
    type Target = D;
    fn deref(&self) -> &D {
        &self.0
    }
}
pub struct Shelf(D);
impl std::ops::Index<u32> for Shelf {
    type Output = D;
    fn index(&self, at: u32) -> &D {
        &self.0
    }
}
fn mk(n: u32) -> D {
    D(n)
}
fn eat(d: D) {}
fn eat2(a: D, b: D) -> u32 {
    3
}
fn look(d: &D) -> u32 {
    1
}
fn id<'a>(d: &'a D) -> &'a D {
    d
}
fn yes() -> bool {
    true
}
fn maybe() -> Option<D> {
    None
}
fn fallible() -> Result<D, D> {
    Ok(mk(1))
}
fn tree() -> Tree {
    Tree::Leaf
}
fn pair() -> Pair {
    Pair { first: mk(1), second: mk(2) }
}
fn two() -> (D, D) {
    (mk(1), mk(2))
}
fn stop() -> ! {
    loop {}
}

mod lets {
    use super::*;
    pub fn in_order() {
        let a = mk(1);
        let b = mk(2);
        let c = mk(3);
    }
    pub fn wild() {
        let _ = mk(1);
        let _unused = mk(2);
        let a = mk(3);
        let _ = a;
        mk(4);
    }
    pub fn shadowed() {
        let a = mk(1);
        let a = mk(2);
        {
            let a = mk(3);
        }
        let b = mk(4);
    }
    pub fn late(n: u32) {
        let a;
        let b = mk(1);
        if n > 3 {
            a = mk(2);
            look(&a);
        }
        look(&b);
    }
    pub fn destructured() {
        let (a, b) = two();
        let Pair { first, second: _ } = pair();
    }
    pub fn by_ref() {
        let ref a = mk(1);
        let (ref b, _) = two();
        let b2 = mk(3);
    }
    pub fn extended() {
        let a = &mk(1);
        let b = (&mk(2), 3);
        let c = id(&mk(4));
        let e = &mk(5).0;
        let f = [&mk(6)];
    }
    pub fn extended_in_struct() {
        let a = Some(&mk(1));
        let g = Guard(&mk(2));
        let c = { &mk(3) };
        let n = mk(4);
    }
    pub fn extended_in_branches(c: bool) {
        let a = if c { &mk(1) } else { &mk(2) };
        let b = match c {
            true => &mk(3),
            false => &mk(4),
        };
    }
    pub fn let_else(o: Option<D>) -> u32 {
        let before = mk(1);
        let Some(d) = o else {
            return look(&before);
        };
        d.get()
    }
    pub fn let_else_of_temporary() -> u32 {
        let Some(d) = maybe() else {
            let e = mk(3);
            return 4;
        };
        let after = mk(5);
        7
    }
}

mod temporaries {
    use super::*;
    pub fn arguments() -> u32 {
        let a = mk(0);
        eat2(mk(1), mk(2)) + look(&mk(3)) + look(&a)
    }
    pub fn receivers() -> u32 {
        let n = mk(1).see().see().get();
        mk(2).change().get() + n
    }
    pub fn tail_of_block() -> u32 {
        let a = mk(1);
        let b = { let c = mk(2); mk(3).get() };
        mk(4).guard().value()
    }
    pub fn guards() {
        let d = mk(1);
        look(d.guard().0);
        d.guard();
        let g = d.guard();
        let v = d.guard().value();
    }
    pub fn in_condition() -> u32 {
        if mk(1).get() > 2 {
            let a = mk(3);
            5
        } else if look(&mk(4)) == 2 {
            mk(6).get()
        } else {
            7
        }
    }
    pub fn in_scrutinee() -> u32 {
        match mk(1).get() {
            1 => mk(2).get(),
            _ => 3,
        }
    }
    pub fn in_if_let() -> u32 {
        if let Some(d) = maybe() {
            d.get()
        } else {
            let e = mk(3);
            look(&e)
        }
    }
    pub fn lazy(c: bool) -> bool {
        mk(1).get() > 2 && mk(3).get() > 4 || mk(5).get() > 6
    }
    pub fn lazy_condition(c: bool) {
        if !(mk(1).get() > 2 && (c || mk(3).get() > 4)) {
            mk(5);
        }
    }
    pub fn operators() -> D {
        let a = mk(1);
        let s = a + mk(2);
        -(s + mk(3))
    }
    pub fn compared() -> bool {
        mk(1) == mk(2)
    }
    pub fn added() {
        let mut a = mk(1);
        a += mk(2);
        let mut n = 4;
        n += mk(3).get();
    }
    pub fn through_deref() -> u32 {
        let a = Own(mk(1));
        let n = a.get();
        Own(mk(2)).get() + (*Own(mk(3))).get() + n
    }
    pub fn indexed(s: Shelf) -> u32 {
        let xs = [mk(1), mk(2)];
        let k = mk(5).get() as usize;
        s[mk(3).get()].get() + Shelf(mk(4))[7].get() + xs[k].get() + [mk(6)][0].get()
    }
    pub fn array_of_temporaries() -> u32 {
        [look(&mk(1)), look(&mk(2))][0]
    }
    pub fn returned() -> u32 {
        let a = mk(1);
        return look(&mk(2));
    }
}

mod moves {
    use super::*;
    pub fn moved() {
        let a = mk(1);
        let b = mk(2);
        eat(a);
        look(&b);
    }
    pub fn moved_in_branch(c: bool) {
        let a = mk(1);
        let b = mk(2);
        if c {
            eat(a);
        }
        look(&b);
    }
    pub fn moved_in_both(c: bool) {
        let a = mk(1);
        if c {
            eat(a);
        } else {
            let z = a;
        }
        mk(2);
    }
    pub fn part_moved() {
        let p = pair();
        eat(p.first);
        mk(1);
    }
    pub fn part_moved_sometimes(c: bool) {
        let p = pair();
        let t = two();
        if c {
            eat(p.second);
            eat(t.0);
        }
        mk(1);
    }
    pub fn assigned() {
        let mut a = mk(1);
        let b = mk(2);
        a = mk(3);
        a = b;
    }
    pub fn assigned_after_move(c: bool) {
        let mut a = mk(1);
        if c {
            eat(a);
        }
        a = mk(2);
        look(&a);
    }
    pub fn field_assigned() {
        let mut p = pair();
        p.first = mk(1);
        let q = &mut p;
        q.second = mk(2);
    }
    pub fn in_loop(n: u32) {
        let mut a = mk(1);
        let mut i = 0;
        while i < n {
            eat(a);
            a = mk(2);
            let b = mk(3);
            i += 1;
        }
    }
    pub fn updated() -> Pair {
        let p = pair();
        let q = Pair { first: mk(1), ..p };
        let r = Pair { second: mk(2), ..pair() };
        q
    }
    pub fn parameters(a: D, (b, c): (D, D), _: D, Pair { first, .. }: Pair) -> u32 {
        eat(b);
        look(&a)
    }
    pub fn replaced_through_reference(a: &mut D, b: &mut Pair) {
        *a = mk(1);
        b.second = mk(2);
    }
    pub fn tuple_of_moves() -> (D, D) {
        let a = mk(1);
        let b = mk(2);
        (b, a)
    }
    pub fn made_and_dropped(c: bool) -> Pair {
        let a = mk(1);
        if c {
            return Pair { first: a, second: mk(2) };
        }
        Pair { second: mk(3), first: mk(4) }
    }
    pub fn generic<T>(t: T, u: T, c: bool) -> T {
        let v = u;
        if c {
            return t;
        }
        v
    }
}

mod control {
    use super::*;
    pub fn breaks() -> u32 {
        let a = mk(1);
        loop {
            let b = mk(2);
            if yes() {
                break;
            }
            let c = mk(3);
            if yes() {
                continue;
            }
            let d = mk(4);
        }
        5
    }
    pub fn break_with_value() -> D {
        let a = mk(1);
        let r = loop {
            let b = mk(2);
            let c = mk(3);
            if yes() {
                break b;
            }
            eat(c);
        };
        r
    }
    pub fn labelled() -> u32 {
        let n = 'out: {
            let a = mk(1);
            if yes() {
                break 'out 1;
            }
            let b = mk(2);
            if yes() {
                break 'out look(&mk(3));
            }
            4
        };
        n
    }
    pub fn nested_loops() {
        'outer: loop {
            let a = mk(1);
            loop {
                let b = mk(2);
                if yes() {
                    break 'outer;
                }
                if yes() {
                    continue 'outer;
                }
            }
        }
    }
    pub fn while_let() {
        let a = mk(1);
        while let Some(d) = maybe() {
            if yes() {
                eat(d);
            }
        }
    }
    pub fn returns(c: bool) -> u32 {
        let a = mk(1);
        if c {
            let b = mk(2);
            return 1;
        }
        let d = mk(3);
        {
            let e = mk(4);
            if yes() {
                return look(&e);
            }
        }
        2
    }
    pub fn diverging(c: bool) -> u32 {
        let a = mk(1);
        if c {
            let b = mk(2);
            stop();
        }
        let x: u32 = if c { 1 } else { return 4 };
        x
    }
    pub fn asked(n: u32) -> Result<u32, D> {
        let a = mk(1);
        let d = fallible()?;
        let e = look(&fallible()?);
        Ok(d.get() + n)
    }
    pub fn arithmetic(a: u32, b: u32) -> u32 {
        let d = mk(1);
        let xs = [1, 2, 3];
        (a + b * 2) / b + xs[a as usize]
    }
    pub fn unreachable_code() -> u32 {
        let a = mk(1);
        return 1;
        let b = mk(2);
        look(&b)
    }
}

mod matches {
    use super::*;
    pub fn moves_in_arms(t: Tree) -> u32 {
        match t {
            Tree::One(d) => d.get(),
            Tree::Two(a, _) => look(&a),
            Tree::Named { left, count } => count,
            Tree::Leaf => 0,
        }
    }
    pub fn matched_temporary() -> u32 {
        let r = match tree() {
            Tree::One(ref d) => d.get(),
            Tree::Two(a, b) => eat2(b, a),
            _ => 0,
        };
        mk(1);
        r
    }
    pub fn guarded(t: Tree, n: u32) -> u32 {
        match t {
            Tree::One(d) if d.get() > n => 1,
            Tree::One(d) => 2,
            Tree::Two(a, b) if a.get() > look(&mk(1)) => 3,
            Tree::Two(a, b) => 4,
            _ => 5,
        }
    }
    pub fn alternatives(t: Tree) -> u32 {
        match t {
            Tree::One(d) | Tree::Two(d, _) => d.get(),
            Tree::Leaf | Tree::Named { .. } => 0,
        }
    }
    pub fn alternatives_with_guard(p: (Tree, Tree)) -> u32 {
        match p {
            (Tree::One(d), _) | (_, Tree::One(d)) if d.get() > 1 => 1,
            (Tree::Leaf, x) => 2,
            _ => 3,
        }
    }
    pub fn bound_whole(t: Tree) -> u32 {
        match t {
            ref a @ Tree::One(_) => 1,
            b @ Tree::Two(..) => 2,
            _ => 3,
        }
    }
    pub fn through_reference(t: &Tree, p: &mut Pair) -> u32 {
        let n = match t {
            Tree::One(d) => d.get(),
            Tree::Named { count, .. } => *count,
            _ => 0,
        };
        match p {
            Pair { first, second } => {
                *first = mk(1);
                look(second) + n
            }
        }
    }
    pub fn numbers(n: u32, c: char) -> D {
        let a = mk(0);
        match (n, c) {
            (0, 'a'..='f') => mk(1),
            (1..=9, _) => mk(2),
            (10, _) | (20, _) => mk(3),
            (_, 'z') => a,
            _ => mk(4),
        }
    }
    pub fn slices(s: &[u32]) -> u32 {
        let a = mk(0);
        match s {
            [] => 0,
            [x] => *x,
            [1, .., y] => *y,
            [x, rest @ ..] => mk(*x).get(),
        }
    }
    pub fn array_moved(xs: [D; 3]) -> u32 {
        let [a, _, c] = xs;
        eat(c);
        1
    }
    pub fn strings(s: &str) -> u32 {
        let a = mk(0);
        match s {
            "one" => 1,
            "two" => mk(2).get(),
            _ => 0,
        }
    }
    pub fn if_let_chain(o: Option<D>, t: Tree) -> u32 {
        if let Some(d) = o {
            d.get()
        } else if let Tree::One(e) | Tree::Two(e, _) = t {
            e.get()
        } else {
            0
        }
    }
    pub fn nested(o: Option<Option<D>>) -> u32 {
        match o {
            Some(Some(d)) => 1,
            Some(None) => 2,
            None => 3,
        }
    }
    pub fn arm_temporaries(o: Option<u32>) -> u32 {
        match o {
            Some(n) if look(&mk(n)) > 1 => look(&mk(2)),
            Some(_) => {
                let g = mk(3);
                look(g.see())
            }
            None => 0,
        }
    }
}

mod closures {
    use super::*;
    pub fn by_reference() -> u32 {
        let a = mk(1);
        let f = || a.get();
        let n = f();
        mk(2);
        n + f()
    }
    pub fn by_move() -> u32 {
        let a = mk(1);
        let b = mk(2);
        let f = move || a.get();
        let g = mk(3);
        f()
    }
    pub fn called_once(c: bool) {
        let a = mk(1);
        let f = || eat(a);
        if c {
            f();
        }
        mk(2);
    }
    pub fn of_a_part() {
        let p = pair();
        let f = move || p.first.get();
        look(&p.second);
        f();
    }
    pub fn with_parameters() -> u32 {
        let f = |d: D, n: u32| d.get() + n;
        f(mk(1), 2)
    }
}
