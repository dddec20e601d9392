//! The modules that are named like primitive types.

macro_rules! float {
    ($($name:ident)*) => {$(
        pub mod $name {
            //! Constants.

            pub const RADIX: u32 = $name::RADIX;
            pub const MANTISSA_DIGITS: u32 = $name::MANTISSA_DIGITS;
            pub const DIGITS: u32 = $name::DIGITS;
            pub const EPSILON: $name = $name::EPSILON;
            pub const MIN: $name = $name::MIN;
            pub const MIN_POSITIVE: $name = $name::MIN_POSITIVE;
            pub const MAX: $name = $name::MAX;
            pub const NAN: $name = $name::NAN;
            pub const INFINITY: $name = $name::INFINITY;
            pub const NEG_INFINITY: $name = $name::NEG_INFINITY;

            pub mod consts {
                //! Numbers of mathematics.

                pub const PI: $name = 3.14159265358979323846264338327950288;
                pub const TAU: $name = 6.28318530717958647692528676655900577;
                pub const FRAC_PI_2: $name = 1.57079632679489661923132169163975144;
                pub const FRAC_PI_3: $name = 1.04719755119659774615421446109316763;
                pub const FRAC_PI_4: $name = 0.785398163397448309615660845819875721;
                pub const FRAC_PI_6: $name = 0.52359877559829887307710723054658381;
                pub const FRAC_PI_8: $name = 0.39269908169872415480783042290993786;
                pub const FRAC_1_PI: $name = 0.318309886183790671537767526745028724;
                pub const FRAC_2_PI: $name = 0.636619772367581343075535053490057448;
                pub const FRAC_2_SQRT_PI: $name = 1.12837916709551257389615890312154517;
                pub const SQRT_2: $name = 1.41421356237309504880168872420969808;
                pub const FRAC_1_SQRT_2: $name = 0.707106781186547524400844362104849039;
                pub const E: $name = 2.71828182845904523536028747135266250;
                pub const LOG2_E: $name = 1.44269504088896340735992468100189214;
                pub const LOG2_10: $name = 3.32192809488736234787031942948939018;
                pub const LOG10_E: $name = 0.434294481903251827651128918916605082;
                pub const LOG10_2: $name = 0.301029995663981195213738894724493027;
                pub const LN_2: $name = 0.693147180559945309417232121458176568;
                pub const LN_10: $name = 2.30258509299404568401799145468436421;
            }
        }
    )*};
}

macro_rules! integer {
    ($($name:ident)*) => {$(
        pub mod $name {
            //! Constants.

            pub const MIN: $name = $name::MIN;
            pub const MAX: $name = $name::MAX;
        }
    )*};
}

float!(f32 f64);
integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
