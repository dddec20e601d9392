//! `Default`.

pub trait Default: Sized {
    fn default() -> Self;
}

macro_rules! default {
    ($($type:ty = $value:expr;)*) => {$(
        impl Default for $type {
            #[inline]
            fn default() -> $type { $value }
        }
    )*};
}

default! {
    () = ();
    bool = false;
    char = '\0';
    i8 = 0;
    i16 = 0;
    i32 = 0;
    i64 = 0;
    i128 = 0;
    isize = 0;
    u8 = 0;
    u16 = 0;
    u32 = 0;
    u64 = 0;
    u128 = 0;
    usize = 0;
    f32 = 0.0;
    f64 = 0.0;
}

macro_rules! default_tuple {
    ($($name:ident)+) => {
        impl<$($name: Default),+> Default for ($($name,)+) {
            fn default() -> ($($name,)+) { ($($name::default(),)+) }
        }
    };
}

default_tuple!(A);
default_tuple!(A B);
default_tuple!(A B C);
default_tuple!(A B C D);
default_tuple!(A B C D E);
default_tuple!(A B C D E F);
default_tuple!(A B C D E F G);
default_tuple!(A B C D E F G H);
default_tuple!(A B C D E F G H I);
default_tuple!(A B C D E F G H I J);
default_tuple!(A B C D E F G H I J K);
default_tuple!(A B C D E F G H I J K L);
