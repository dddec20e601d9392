//! The macros of the prelude. `format_args!`, `stringify!`, `concat!`, `line!` and the like are
//! built in.

#[macro_export]
macro_rules! panic {
    () => { $crate::panicking::panic("explicit panic") };
    ($($arg:tt)+) => { $crate::panicking::panic_fmt($crate::format_args!($($arg)+)) };
}

#[macro_export]
macro_rules! unreachable {
    () => { $crate::panicking::panic("internal error: entered unreachable code") };
    ($format:expr $(, $($arg:tt)*)?) => {
        $crate::panicking::panic_fmt($crate::format_args!(
            $crate::concat!("internal error: entered unreachable code: ", $format)
            $(, $($arg)*)?
        ))
    };
}

#[macro_export]
macro_rules! todo {
    () => { $crate::panicking::panic("not yet implemented") };
    ($($arg:tt)+) => {
        $crate::panicking::panic_fmt($crate::format_args!(
            "not yet implemented: {}",
            $crate::format_args!($($arg)+)
        ))
    };
}

#[macro_export]
macro_rules! unimplemented {
    () => { $crate::panicking::panic("not implemented") };
    ($($arg:tt)+) => {
        $crate::panicking::panic_fmt($crate::format_args!(
            "not implemented: {}",
            $crate::format_args!($($arg)+)
        ))
    };
}

#[macro_export]
macro_rules! assert {
    ($condition:expr $(,)?) => {
        if !$condition {
            $crate::panicking::panic($crate::concat!(
                "assertion failed: ",
                $crate::stringify!($condition)
            ))
        }
    };
    ($condition:expr, $($arg:tt)+) => {
        if !$condition {
            $crate::panicking::panic_fmt($crate::format_args!($($arg)+))
        }
    };
}

#[macro_export]
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::panicking::assert_failed("==", &*left, &*right, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::panicking::assert_failed(
                        "==",
                        &*left,
                        &*right,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)),
                    );
                }
            }
        }
    };
}

#[macro_export]
macro_rules! assert_ne {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left == *right {
                    $crate::panicking::assert_failed("!=", &*left, &*right, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left == *right {
                    $crate::panicking::assert_failed(
                        "!=",
                        &*left,
                        &*right,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)),
                    );
                }
            }
        }
    };
}

#[macro_export]
macro_rules! debug_assert {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert!($($arg)*);
        }
    };
}

#[macro_export]
macro_rules! debug_assert_eq {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_eq!($($arg)*);
        }
    };
}

#[macro_export]
macro_rules! debug_assert_ne {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_ne!($($arg)*);
        }
    };
}

#[macro_export]
macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => {
        match $expression {
            $pattern $(if $guard)? => true,
            _ => false,
        }
    };
}

#[macro_export]
macro_rules! write {
    ($target:expr, $($arg:tt)*) => { $target.write_fmt($crate::format_args!($($arg)*)) };
}

#[macro_export]
macro_rules! writeln {
    ($target:expr $(,)?) => { $crate::write!($target, "\n") };
    ($target:expr, $($arg:tt)*) => { $target.write_fmt($crate::format_args_nl!($($arg)*)) };
}

#[macro_export]
macro_rules! format {
    ($($arg:tt)*) => { $crate::fmt::format($crate::format_args!($($arg)*)) };
}

#[macro_export]
macro_rules! print {
    ($($arg:tt)*) => { $crate::io::_print($crate::format_args!($($arg)*)) };
}

#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($arg:tt)*) => { $crate::io::_print($crate::format_args_nl!($($arg)*)) };
}

#[macro_export]
macro_rules! eprint {
    ($($arg:tt)*) => { $crate::io::_eprint($crate::format_args!($($arg)*)) };
}

#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($arg:tt)*) => { $crate::io::_eprint($crate::format_args_nl!($($arg)*)) };
}

#[macro_export]
macro_rules! dbg {
    () => { $crate::eprintln!("[{}:{}:{}]", $crate::file!(), $crate::line!(), $crate::column!()) };
    ($value:expr $(,)?) => {
        match $value {
            value => {
                $crate::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    $crate::file!(),
                    $crate::line!(),
                    $crate::column!(),
                    $crate::stringify!($value),
                    &value
                );
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => { ($($crate::dbg!($value)),+,) };
}

#[macro_export]
macro_rules! vec {
    () => { $crate::vec::Vec::new() };
    ($element:expr; $count:expr) => { $crate::vec::from_elem($element, $count) };
    ($($element:expr),+ $(,)?) => { $crate::vec::from_array([$($element),+]) };
}

#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $visible:vis static $name:ident: $type:ty = const $value:block $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visible const $name: $crate::thread::LocalKey<$type> = {
            fn init() -> $type { $value }
            static SLOT: $crate::thread::LocalSlot<$type> = $crate::thread::LocalSlot::new(init);
            $crate::thread::LocalKey::new(&SLOT)
        };
        $($crate::thread_local!($($rest)*);)?
    };
    ($(#[$attribute:meta])* $visible:vis static $name:ident: $type:ty = $value:expr $(; $($rest:tt)*)?) => {
        $(#[$attribute])* $visible const $name: $crate::thread::LocalKey<$type> = {
            fn init() -> $type { $value }
            static SLOT: $crate::thread::LocalSlot<$type> = $crate::thread::LocalSlot::new(init);
            $crate::thread::LocalKey::new(&SLOT)
        };
        $($crate::thread_local!($($rest)*);)?
    };
}
