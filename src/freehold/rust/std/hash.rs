//! Hashing.

mod sip;

pub use self::sip::DefaultHasher;
use crate::fmt;
use crate::marker::PhantomData;

pub trait Hash {
    fn hash<H: Hasher>(&self, state: &mut H);

    fn hash_slice<H: Hasher>(data: &[Self], state: &mut H)
    where
        Self: Sized,
    {
        for piece in data {
            piece.hash(state)
        }
    }
}

pub trait Hasher {
    fn finish(&self) -> u64;

    fn write(&mut self, bytes: &[u8]);

    #[inline]
    fn write_u8(&mut self, i: u8) { self.write(&[i]) }

    #[inline]
    fn write_u16(&mut self, i: u16) { self.write(&i.to_ne_bytes()) }

    #[inline]
    fn write_u32(&mut self, i: u32) { self.write(&i.to_ne_bytes()) }

    #[inline]
    fn write_u64(&mut self, i: u64) { self.write(&i.to_ne_bytes()) }

    #[inline]
    fn write_u128(&mut self, i: u128) { self.write(&i.to_ne_bytes()) }

    #[inline]
    fn write_usize(&mut self, i: usize) { self.write(&i.to_ne_bytes()) }

    #[inline]
    fn write_i8(&mut self, i: i8) { self.write_u8(i as u8) }

    #[inline]
    fn write_i16(&mut self, i: i16) { self.write_u16(i as u16) }

    #[inline]
    fn write_i32(&mut self, i: i32) { self.write_u32(i as u32) }

    #[inline]
    fn write_i64(&mut self, i: i64) { self.write_u64(i as u64) }

    #[inline]
    fn write_i128(&mut self, i: i128) { self.write_u128(i as u128) }

    #[inline]
    fn write_isize(&mut self, i: isize) { self.write_usize(i as usize) }
}

impl<H: Hasher + ?Sized> Hasher for &mut H {
    fn finish(&self) -> u64 { (**self).finish() }

    fn write(&mut self, bytes: &[u8]) { (**self).write(bytes) }
}

pub trait BuildHasher {
    type Hasher: Hasher;

    fn build_hasher(&self) -> Self::Hasher;

    fn hash_one<T: Hash>(&self, x: T) -> u64
    where
        Self: Sized,
        Self::Hasher: Hasher,
    {
        let mut hasher = self.build_hasher();
        x.hash(&mut hasher);
        hasher.finish()
    }
}

/// Makes the hasher of `HashMap`. Its keys are always the same: runs repeat.
#[derive(Clone, Debug, Default)]
pub struct RandomState;

impl RandomState {
    pub fn new() -> RandomState { RandomState }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;

    #[inline]
    fn build_hasher(&self) -> DefaultHasher { DefaultHasher::new() }
}

pub struct BuildHasherDefault<H>(PhantomData<fn() -> H>);

impl<H> BuildHasherDefault<H> {
    pub const fn new() -> Self { BuildHasherDefault(PhantomData) }
}

impl<H> fmt::Debug for BuildHasherDefault<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("BuildHasherDefault") }
}

impl<H: Default + Hasher> BuildHasher for BuildHasherDefault<H> {
    type Hasher = H;

    fn build_hasher(&self) -> H { H::default() }
}

impl<H> Clone for BuildHasherDefault<H> {
    fn clone(&self) -> Self { Self::new() }
}

impl<H> Default for BuildHasherDefault<H> {
    fn default() -> Self { Self::new() }
}

macro_rules! hash_by {
    ($($type:ty: $method:ident $(as $to:ty)?;)*) => {$(
        impl Hash for $type {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) { state.$method(*self $(as $to)?) }
        }
    )*};
}

hash_by! {
    u8: write_u8;
    u16: write_u16;
    u32: write_u32;
    u64: write_u64;
    u128: write_u128;
    usize: write_usize;
    i8: write_i8;
    i16: write_i16;
    i32: write_i32;
    i64: write_i64;
    i128: write_i128;
    isize: write_isize;
    bool: write_u8 as u8;
    char: write_u32 as u32;
}

impl Hash for str {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.as_bytes());
        state.write_u8(0xff);
    }
}

impl Hash for ! {
    fn hash<H: Hasher>(&self, _state: &mut H) { *self }
}

impl<T: Hash> Hash for [T] {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        Hash::hash_slice(self, state)
    }
}

impl<T: Hash, const N: usize> Hash for [T; N] {
    fn hash<H: Hasher>(&self, state: &mut H) { Hash::hash(&self[..], state) }
}

impl<T: ?Sized + Hash> Hash for &T {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state); }
}

impl<T: ?Sized + Hash> Hash for &mut T {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state); }
}

impl<F: crate::marker::FnPtr> Hash for F {
    fn hash<H: Hasher>(&self, state: &mut H) { state.write_usize(self.addr() as usize) }
}

impl Hash for () {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

macro_rules! hash_tuple {
    ($($name:ident $index:tt)+) => {
        impl<$($name: Hash),+> Hash for ($($name,)+) {
            #[inline]
            fn hash<S: Hasher>(&self, state: &mut S) { $(self.$index.hash(state);)+ }
        }
    };
}

hash_tuple!(A 0);
hash_tuple!(A 0 B 1);
hash_tuple!(A 0 B 1 C 2);
hash_tuple!(A 0 B 1 C 2 D 3);
hash_tuple!(A 0 B 1 C 2 D 3 E 4);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
hash_tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
