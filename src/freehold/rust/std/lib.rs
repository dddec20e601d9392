//! Our std: what user code knows as `std`, `core` and `alloc`.

#[macro_use]
mod macros;

pub mod alloc;
pub mod any;
pub mod array;
pub mod ascii;
mod boolean;
pub mod borrow;
pub mod boxed;
pub mod cell;
pub mod char;
pub mod clone;
pub mod cmp;
pub mod collections;
pub mod convert;
pub mod default;
pub mod env;
pub mod error;
pub mod ffi;
pub mod fmt;
pub mod fs;
pub mod future;
pub mod hash;
pub mod hint;
pub mod intrinsics;
pub mod io;
pub mod iter;
pub mod marker;
pub mod mem;
pub mod num;
pub mod ops;
pub mod option;
pub mod panic;
pub mod panicking;
pub mod path;
pub mod pin;
pub mod prelude;
mod primitive;
pub mod process;
pub mod ptr;
pub mod rc;
pub mod result;
pub mod rt;
pub mod slice;
pub mod str;
pub mod string;
pub mod sync;
pub mod task;
pub mod thread;
pub mod time;
pub mod vec;

pub use self::primitive::{
    f32, f64, i128, i16, i32, i64, i8, isize, u128, u16, u32, u64, u8, usize,
};

pub mod os {
    //! What belongs to the system.

    pub mod unix {
        //! Unix.

        pub mod fs {
            //! Its files.

            pub use crate::fs::symlink;
        }
    }

    pub mod raw {
        //! C's types.

        pub use crate::ffi::{
            c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint,
            c_ulong, c_ulonglong, c_ushort, c_void,
        };
    }
}
