//! Arithmetic and bit operators, and their implementations for the primitive types.

macro_rules! binary_trait {
    ($lang:literal $trait:ident $method:ident $message:literal $label:literal) => {
        #[lang = $lang]
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $trait<Rhs = Self> {
            type Output;

            fn $method(self, rhs: Rhs) -> Self::Output;
        }
    };
}

macro_rules! assign_trait {
    ($lang:literal $trait:ident $method:ident $message:literal $label:literal) => {
        #[lang = $lang]
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $trait<Rhs = Self> {
            fn $method(&mut self, rhs: Rhs);
        }
    };
}

binary_trait!("add" Add add "cannot add `{Rhs}` to `{Self}`" "no implementation for `{Self} + {Rhs}`");
binary_trait!("sub" Sub sub "cannot subtract `{Rhs}` from `{Self}`" "no implementation for `{Self} - {Rhs}`");
binary_trait!("mul" Mul mul "cannot multiply `{Self}` by `{Rhs}`" "no implementation for `{Self} * {Rhs}`");
binary_trait!("div" Div div "cannot divide `{Self}` by `{Rhs}`" "no implementation for `{Self} / {Rhs}`");
binary_trait!("rem" Rem rem "cannot calculate the remainder of `{Self}` divided by `{Rhs}`" "no implementation for `{Self} % {Rhs}`");
binary_trait!("bitand" BitAnd bitand "no implementation for `{Self} & {Rhs}`" "no implementation for `{Self} & {Rhs}`");
binary_trait!("bitor" BitOr bitor "no implementation for `{Self} | {Rhs}`" "no implementation for `{Self} | {Rhs}`");
binary_trait!("bitxor" BitXor bitxor "no implementation for `{Self} ^ {Rhs}`" "no implementation for `{Self} ^ {Rhs}`");
binary_trait!("shl" Shl shl "no implementation for `{Self} << {Rhs}`" "no implementation for `{Self} << {Rhs}`");
binary_trait!("shr" Shr shr "no implementation for `{Self} >> {Rhs}`" "no implementation for `{Self} >> {Rhs}`");

assign_trait!("add_assign" AddAssign add_assign "cannot add-assign `{Rhs}` to `{Self}`" "no implementation for `{Self} += {Rhs}`");
assign_trait!("sub_assign" SubAssign sub_assign "cannot subtract-assign `{Rhs}` from `{Self}`" "no implementation for `{Self} -= {Rhs}`");
assign_trait!("mul_assign" MulAssign mul_assign "cannot multiply-assign `{Self}` by `{Rhs}`" "no implementation for `{Self} *= {Rhs}`");
assign_trait!("div_assign" DivAssign div_assign "cannot divide-assign `{Self}` by `{Rhs}`" "no implementation for `{Self} /= {Rhs}`");
assign_trait!("rem_assign" RemAssign rem_assign "cannot calculate and assign the remainder of `{Self}` divided by `{Rhs}`" "no implementation for `{Self} %= {Rhs}`");
assign_trait!("bitand_assign" BitAndAssign bitand_assign "no implementation for `{Self} &= {Rhs}`" "no implementation for `{Self} &= {Rhs}`");
assign_trait!("bitor_assign" BitOrAssign bitor_assign "no implementation for `{Self} |= {Rhs}`" "no implementation for `{Self} |= {Rhs}`");
assign_trait!("bitxor_assign" BitXorAssign bitxor_assign "no implementation for `{Self} ^= {Rhs}`" "no implementation for `{Self} ^= {Rhs}`");
assign_trait!("shl_assign" ShlAssign shl_assign "no implementation for `{Self} <<= {Rhs}`" "no implementation for `{Self} <<= {Rhs}`");
assign_trait!("shr_assign" ShrAssign shr_assign "no implementation for `{Self} >>= {Rhs}`" "no implementation for `{Self} >>= {Rhs}`");

#[lang = "neg"]
pub trait Neg {
    type Output;

    fn neg(self) -> Self::Output;
}

#[lang = "not"]
pub trait Not {
    type Output;

    fn not(self) -> Self::Output;
}

/// A binary operator and its assignment for a pair of types, by value and by reference.
macro_rules! operator {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $op:tt: $left:ty, $right:ty) => {
        impl $trait<$right> for $left {
            type Output = $left;

            #[inline]
            #[track_caller]
            fn $method(self, rhs: $right) -> $left { self $op rhs }
        }

        impl $trait<$right> for &$left {
            type Output = $left;

            #[inline]
            #[track_caller]
            fn $method(self, rhs: $right) -> $left { *self $op rhs }
        }

        impl $trait<&$right> for $left {
            type Output = $left;

            #[inline]
            #[track_caller]
            fn $method(self, rhs: &$right) -> $left { self $op *rhs }
        }

        impl $trait<&$right> for &$left {
            type Output = $left;

            #[inline]
            #[track_caller]
            fn $method(self, rhs: &$right) -> $left { *self $op *rhs }
        }

        impl $assign<$right> for $left {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, rhs: $right) { *self = *self $op rhs }
        }

        impl $assign<&$right> for $left {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, rhs: &$right) { *self = *self $op *rhs }
        }
    };
}

macro_rules! arithmetic {
    ($($type:ty)*) => {$(
        operator!(Add add AddAssign add_assign +: $type, $type);
        operator!(Sub sub SubAssign sub_assign -: $type, $type);
        operator!(Mul mul MulAssign mul_assign *: $type, $type);
        operator!(Div div DivAssign div_assign /: $type, $type);
        operator!(Rem rem RemAssign rem_assign %: $type, $type);
    )*};
}

macro_rules! bitwise {
    ($($type:ty)*) => {$(
        operator!(BitAnd bitand BitAndAssign bitand_assign &: $type, $type);
        operator!(BitOr bitor BitOrAssign bitor_assign |: $type, $type);
        operator!(BitXor bitxor BitXorAssign bitxor_assign ^: $type, $type);
    )*};
}

/// Shifts that generic code may ask for; those of known types, by any integer, are built in.
macro_rules! shifts {
    ($($left:ident: $($right:ident)*;)*) => {$($(
        operator!(Shl shl ShlAssign shl_assign <<: $left, $right);
        operator!(Shr shr ShrAssign shr_assign >>: $left, $right);
    )*)*};
}

macro_rules! unary {
    ($trait:ident $method:ident $op:tt: $($type:ty)*) => {$(
        impl $trait for $type {
            type Output = $type;

            #[inline]
            #[track_caller]
            fn $method(self) -> $type { $op self }
        }

        impl $trait for &$type {
            type Output = $type;

            #[inline]
            #[track_caller]
            fn $method(self) -> $type { $op *self }
        }
    )*};
}

arithmetic!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);
bitwise!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);
shifts! {
    i8: i8 i32 u32 usize;
    i16: i16 i32 u32 usize;
    i32: i32 u32 usize;
    i64: i64 i32 u32 usize;
    i128: i128 i32 u32 usize;
    isize: isize i32 u32 usize;
    u8: u8 i32 u32 usize;
    u16: u16 i32 u32 usize;
    u32: u32 i32 usize;
    u64: u64 i32 u32 usize;
    u128: u128 i32 u32 usize;
    usize: usize i32 u32;
}
unary!(Neg neg -: i8 i16 i32 i64 i128 isize f32 f64);
unary!(Not not !: i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);

impl Not for ! {
    type Output = !;

    fn not(self) -> ! { match self {} }
}
