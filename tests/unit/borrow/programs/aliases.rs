// What is known of types by name only: impl Trait, associated types, dyn Trait.
trait Holds<'a> {}
impl<T> Holds<'_> for T {}

fn free<'a>(n: &'a mut i32) -> impl Sized + Holds<'a> + 'static {}
fn bound<'a>(n: &'a mut i32) -> impl Sized + Holds<'a> {}
fn plain(v: &[i32]) -> impl Iterator<Item = &i32> {
    v.iter()
}
fn kept_apart(n: &mut i32) {
    let a = free(n);
    let b = free(n);
}
fn dies_first() {
    let held;
    {
        let mut n = 1;
        held = free(&mut n);
    }
}
fn in_turn(n: &mut i32) {
    let a = bound(n);
    let b = bound(n); //~ E0499
    drop(a);
}
fn over() {
    let mut v = vec![1];
    let it = plain(&v);
    v.push(2); //~ E0502
    for n in it {}
}
trait Part {
    type Of<'a>
    where
        Self: 'a;
    fn part(&mut self) -> Self::Of<'_>;
}
fn parts<T: Part>(mut t: T)
where
    for<'a> T::Of<'a>: 'static,
{
    let a = t.part();
    let b = t.part();
}
fn parts_in_turn<T: Part>(mut t: T) {
    let a = t.part();
    let b = t.part(); //~ E0499
    drop(a);
}
trait Lasting<X>: 'static {}
fn wants<T: Lasting<X> + ?Sized, X>() {}
fn object<'a>(_: &'a i32) {
    wants::<dyn Lasting<&'a i32>, _>(); //~ FH1501
}
fn for_all<T>()
where
    for<'a> T: 'a,
{
}
fn not_for_all<'a>() {
    for_all::<&'a i32>(); //~ FH1501
}
trait Taken<'a> {
    fn take(&'a self) -> &'a bool;
    fn twice(&self) {
        self.take(); //~ FH1501
    }
}
fn numbers<'a>() -> impl Iterator<Item = &'a i32> {
    let v = vec![1];
    v.iter() //~ E0515
}
fn main() {}
