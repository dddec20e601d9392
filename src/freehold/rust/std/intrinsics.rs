//! What the compiler provides. Calls are unsafe: each comment says what the caller must ensure.
//!
//! The first block is expanded in place by code generation, for every instance of its types; the
//! second are functions of the run time; the third are libm's. The arithmetic is for integers only.

extern "rust-intrinsic" {
    /// The size of `T` in bytes.
    pub fn size_of<T>() -> usize;
    /// The alignment of `T` in bytes.
    pub fn align_of<T>() -> usize;
    /// The size of what `value` points to, by its length or vtable.
    pub fn size_of_val<T: ?Sized>(value: *const T) -> usize;
    /// The alignment of what `value` points to, by its type or vtable.
    pub fn align_of_val<T: ?Sized>(value: *const T) -> usize;
    /// Whether dropping a `T` does anything.
    pub fn needs_drop<T: ?Sized>() -> bool;
    /// The name of `T`, as rustc prints it: `alloc::vec::Vec<i32>`.
    pub fn type_name<T: ?Sized>() -> &'static str;
    /// A number that no other type has; regions do not count.
    pub fn type_id<T: ?Sized>() -> u64;
    /// The discriminant of the enum `T` at `value`; 0 if `T` is no enum.
    pub fn discriminant_value<T>(value: &T) -> isize;
    /// The bits of `value` as a `To`, of the same size.
    pub fn transmute<From, To>(value: From) -> To;
    /// Where the innermost caller without `#[track_caller]` calls from.
    pub fn caller_location() -> &'static crate::panic::Location<'static>;

    /// `memmove` of `count` values; whole bytes, padding and pointers too.
    pub fn copy<T>(from: *const T, to: *mut T, count: usize);
    /// `memcpy` of `count` values: the ranges must not overlap.
    pub fn copy_nonoverlapping<T>(from: *const T, to: *mut T, count: usize);
    /// Set the bytes of `count` values.
    pub fn write_bytes<T>(to: *mut T, byte: u8, count: usize);
    /// The value that `from` points to, bit by bit; it is not moved from there.
    pub fn read_via_copy<T>(from: *const T) -> T;
    /// Store `value`; what was there is not dropped.
    pub fn write_via_move<T>(to: *mut T, value: T);
    /// Read a `T` that may be misaligned.
    pub fn unaligned_read<T>(from: *const T) -> T;
    /// Write a `T` that may be misaligned.
    pub fn unaligned_write<T>(to: *mut T, value: T);
    /// Read a `T`; not to be elided or merged.
    pub fn volatile_load<T>(from: *const T) -> T;
    /// Write a `T`; not to be elided or merged.
    pub fn volatile_store<T>(to: *mut T, value: T);
    /// `pointer + count` values, within its object or just past it.
    pub fn offset<T>(pointer: *const T, count: isize) -> *const T;
    /// `pointer + count` values, wherever that leads.
    pub fn arith_offset<T>(pointer: *const T, count: isize) -> *const T;
    /// How many values `pointer` is past `origin`, in the same object.
    pub fn ptr_offset_from<T>(pointer: *const T, origin: *const T) -> isize;
    /// A wide pointer to `length` values at `data`; it may dangle.
    pub fn slice_from_raw_parts<T>(data: *const T, length: usize) -> *const [T];
    /// The length in a wide pointer.
    pub fn slice_len<T>(slice: *const [T]) -> usize;

    /// The sum, wrapped, and whether it was.
    pub fn add_with_overflow<T: Copy>(left: T, right: T) -> (T, bool);
    /// The difference, wrapped, and whether it was.
    pub fn sub_with_overflow<T: Copy>(left: T, right: T) -> (T, bool);
    /// The product, wrapped, and whether it was.
    pub fn mul_with_overflow<T: Copy>(left: T, right: T) -> (T, bool);
    /// The sum, wrapped.
    pub fn wrapping_add<T: Copy>(left: T, right: T) -> T;
    /// The difference, wrapped.
    pub fn wrapping_sub<T: Copy>(left: T, right: T) -> T;
    /// The product, wrapped.
    pub fn wrapping_mul<T: Copy>(left: T, right: T) -> T;
    /// The sum, or the bound that it passes.
    pub fn saturating_add<T: Copy>(left: T, right: T) -> T;
    /// The difference, or the bound that it passes.
    pub fn saturating_sub<T: Copy>(left: T, right: T) -> T;
    /// `value << count`; `count` must be less than the bits of `T`.
    pub fn unchecked_shl<T: Copy>(value: T, count: u32) -> T;
    /// `value >> count`; `count` must be less than the bits of `T`.
    pub fn unchecked_shr<T: Copy>(value: T, count: u32) -> T;
    /// The bits that are set.
    pub fn ctpop<T: Copy>(value: T) -> u32;
    /// The zero bits above the highest set one; all of them for 0.
    pub fn ctlz<T: Copy>(value: T) -> u32;
    /// The zero bits below the lowest set one; all of them for 0.
    pub fn cttz<T: Copy>(value: T) -> u32;
    /// The bytes in reverse order.
    pub fn bswap<T: Copy>(value: T) -> T;
    /// The bits in reverse order.
    pub fn bitreverse<T: Copy>(value: T) -> T;
    /// Bits shifted out on the left come in on the right; `count` modulo the bits of `T`.
    pub fn rotate_left<T: Copy>(value: T, count: u32) -> T;
    /// Bits shifted out on the right come in on the left; `count` modulo the bits of `T`.
    pub fn rotate_right<T: Copy>(value: T, count: u32) -> T;

    /// Never reached; to reach it is a fault.
    pub fn unreachable() -> !;
    /// End the process by SIGABRT.
    pub fn abort() -> !;
    /// Call `body(data)`; if that unwinds, call `handler(data, payload)` and return 1, else 0.
    pub fn catch_unwind(body: fn(*mut u8), data: *mut u8, handler: fn(*mut u8, *mut u8)) -> i32;
}

extern "C" {
    /// `size` bytes of heap aligned to `align`, uninitialised, or null. `size` is not 0.
    pub fn __freehold_alloc(size: usize, align: usize) -> *mut u8;
    /// The same, all zero.
    pub fn __freehold_alloc_zeroed(size: usize, align: usize) -> *mut u8;
    /// Give back a block with the size and alignment that it was asked with.
    pub fn __freehold_dealloc(block: *mut u8, size: usize, align: usize);
    /// Move a block to one of `new_size` bytes, or return null and leave it as it is.
    pub fn __freehold_realloc(
        block: *mut u8,
        size: usize,
        align: usize,
        new_size: usize,
    ) -> *mut u8;
    /// Unwind with `payload`, which `catch_unwind` hands over. The text has been printed already.
    pub fn __freehold_panic(text: *const u8, length: usize, payload: *mut u8) -> !;
    /// Write to a descriptor: the bytes written, or `-errno`.
    pub fn __freehold_write(fd: i32, data: *const u8, length: usize) -> isize;
    /// Read from a descriptor: the bytes read, 0 at the end, or `-errno`.
    pub fn __freehold_read(fd: i32, data: *mut u8, length: usize) -> isize;
    /// Open a path (no NUL needed) with open(2)'s flags and mode: a descriptor, or `-errno`.
    pub fn __freehold_open(path: *const u8, length: usize, flags: i32, mode: u32) -> i32;
    /// Close a descriptor: 0, or `-errno`.
    pub fn __freehold_close(fd: i32) -> i32;
    /// lseek(2): the new position, or `-errno`.
    pub fn __freehold_seek(fd: i32, offset: i64, whence: i32) -> i64;
    /// Remove a file: 0, or `-errno`.
    pub fn __freehold_unlink(path: *const u8, length: usize) -> i32;
    /// End the process with a status. Nothing is dropped.
    pub fn __freehold_exit(status: i32) -> !;
    /// Argument number `index` of the process and, in `length`, its bytes; null past the last one.
    pub fn __freehold_arg(index: usize, length: &mut usize) -> *const u8;
    /// The value of an environment variable and, in `length`, its bytes; null if it is not set.
    pub fn __freehold_getenv(name: *const u8, name_length: usize, length: &mut usize) -> *const u8;
    /// Nanoseconds: clock 0 since 1970, clock 1 monotonic.
    pub fn __freehold_clock(clock: i32) -> u64;
    /// Nothing will drop the `length` bytes at `what`, or with 0 the block there: a leak on purpose.
    pub fn __freehold_give_up(what: *const u8, length: usize);
    /// Somebody will drop them after all.
    pub fn __freehold_take_back(what: *const u8, length: usize);
    /// A thread that begins with `body` when another one waits, and ends with it: its number, 0 if
    /// there is no room for it.
    pub fn __freehold_thread_new(body: extern "C" fn()) -> u32;
    /// The number of the thread that runs; the main thread's is 0.
    pub fn __freehold_thread_now() -> u32;
    /// Let others run: this thread has looked for `what`, which is not there yet. False if all
    /// threads have done so and nothing has changed since.
    pub fn __freehold_thread_poll(what: *const u8, length: usize) -> bool;
    /// It was there.
    pub fn __freehold_thread_go();
    /// Let others run.
    pub fn __freehold_thread_yield();
    /// Something was read that only others change: once in a while, let them.
    pub fn __freehold_thread_point();
    /// End the run: all threads wait.
    pub fn __freehold_stuck() -> !;
    /// Sleep for so many nanoseconds.
    pub fn __freehold_sleep(nanoseconds: u64);
}

macro_rules! libm {
    ($($double:ident $single:ident ($($argument:ident),*);)*) => {
        extern "C" {$(
            pub fn $double($($argument: f64),*) -> f64;
            pub fn $single($($argument: f32),*) -> f32;
        )*}
    };
}

libm! {
    sqrt sqrtf(x);
    cbrt cbrtf(x);
    floor floorf(x);
    ceil ceilf(x);
    trunc truncf(x);
    round roundf(x);
    rint rintf(x);
    fma fmaf(x, y, z);
    pow powf(x, y);
    exp expf(x);
    exp2 exp2f(x);
    expm1 expm1f(x);
    log logf(x);
    log2 log2f(x);
    log10 log10f(x);
    log1p log1pf(x);
    hypot hypotf(x, y);
    sin sinf(x);
    cos cosf(x);
    tan tanf(x);
    asin asinf(x);
    acos acosf(x);
    atan atanf(x);
    atan2 atan2f(x, y);
    sinh sinhf(x);
    cosh coshf(x);
    tanh tanhf(x);
    asinh asinhf(x);
    acosh acoshf(x);
    atanh atanhf(x);
    fmod fmodf(x, y);
}
