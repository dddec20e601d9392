// Integers and floats: checked, wrapping, saturating; parsing; bits; conversions.
use std::num::{NonZeroU8, Wrapping};

fn main() {
    println!("{:?} {:?} {:?}", 250u8.checked_add(5), 250u8.checked_add(6), i8::MIN.checked_neg());
    println!("{} {} {}", 250u8.wrapping_add(10), i32::MIN.wrapping_abs(), (-128i8).wrapping_neg());
    println!("{} {} {}", 250u8.saturating_add(10), (-100i8).saturating_sub(100), i64::MAX.saturating_mul(-2));
    println!("{:?} {:?} {:?}", 5u8.overflowing_sub(6), i32::MAX.overflowing_mul(2), 1u8.overflowing_shl(9));
    println!("{:?} {:?} {:?}", 7i32.checked_div(0), i32::MIN.checked_div(-1), 7i32.checked_rem(3));
    println!("{} {} {} {}", -7 / 2, -7 % 2, (-7i32).div_euclid(2), (-7i32).rem_euclid(2));
    println!("{} {} {}", 7i32.rem_euclid(-2), (-7i32).div_euclid(-2), 7u32.div_ceil(2));
    println!("{} {:?} {}", 3i64.pow(20), 10u8.checked_pow(3), 2i8.saturating_pow(9));
    println!("{} {} {}", (-5i32).abs(), (-5i32).signum(), 5u32.abs_diff(9));
    println!("{} {} {} {}", 0b1011u8.count_ones(), 1u32.leading_zeros(), 8u16.trailing_zeros(), 0u64.leading_zeros());
    println!("{} {:#x} {:#x} {:#b}", 0x12u8.rotate_left(4), 0x1234u16.swap_bytes(), 0x12345678u32.rotate_right(8), 0b0010_1101u8.reverse_bits());
    println!("{} {} {:?}", 17u32.next_power_of_two(), 16u8.is_power_of_two(), 200u8.checked_next_power_of_two());
    println!("{} {} {}", 100u32.ilog10(), 1000u32.ilog2(), 99u64.isqrt());
    println!("{:?} {:?}", 0x0102u16.to_be_bytes(), 258u32.to_le_bytes());
    println!("{} {}", u32::from_be_bytes([0, 0, 1, 2]), i16::from_le_bytes([0xff, 0xff]));
    println!("{} {} {} {}", u8::MAX, i16::MIN, i64::MAX, u128::MAX);
    println!("{} {}", i128::MIN, usize::BITS);
    println!("{:?} {:?}", i32::from_str_radix("-7f", 16), u8::from_str_radix("102", 2));
    println!("{:?} {:?}", "99999999999".parse::<i32>(), "-129".parse::<i8>());
    println!("{:?} {:?} {:?}", u8::try_from(300), i8::try_from(-128i64), usize::try_from(-1));
    println!("{} {} {}", i64::from(3u32), f64::from(1.5f32), u32::from('a'));
    println!("{} {} {} {}", -1i32 as u32, 300i32 as u8, 3.99f64 as i32, -1.5f32 as u8);
    println!("{} {} {} {}", f64::NAN as i32, f64::INFINITY as u16, u64::MAX as f32, 'z' as u8);
    println!("{:?} {:?}", char::try_from(65u8), u8::try_from('é'));
    println!("{:?}", char::try_from(0x110000u32));
    let w = Wrapping(250u8) + Wrapping(10);
    println!("{w} {:?}", Wrapping(i32::MAX) * Wrapping(2));
    let n = NonZeroU8::new(5);
    println!("{:?} {:?} {}", n, NonZeroU8::new(0), std::mem::size_of::<NonZeroU8>());
    println!("{} {} {} {} {}", 2.5f64.floor(), -2.5f64.ceil(), 2.5f64.round(), -2.5f64.trunc(), 3.5f64.round_ties_even());
    println!("{} {} {:.6} {:.6}", 2f64.sqrt(), 2f64.powi(10), 2f64.powf(0.5), 1f64.exp());
    println!("{:.6} {:.6} {:.6} {:.6}", 1f64.sin(), 1f64.cos(), 1f64.atan2(2.0), 10f64.ln());
    println!("{} {} {}", 1.0f64.min(f64::NAN), f64::NAN.max(2.0), 3.7f64.clamp(0.0, 1.0));
    println!("{} {} {}", (-7.5f64).rem_euclid(2.0), 7.5 % 2.0, (-7.5f64).div_euclid(2.0));
    println!("{} {} {} {}", f64::NAN == f64::NAN, 0.0 == -0.0, f64::EPSILON, f32::MAX);
    println!("{:?} {:?} {:?}", 1.5f64.to_bits(), f32::from_bits(0x40490fdb), (-0.0f64).is_sign_negative());
    println!("{:?} {:?}", 1.0f64.total_cmp(&f64::NAN), 1.0f64.partial_cmp(&f64::NAN));
    println!("{:?} {:?}", f64::MIN_POSITIVE.classify(), (0.0f32).classify());
    for text in ["3.14", "1e3", "-.5", "5.", "inf", "-NaN", "1e400", "1e-400", "x", "", "1e", "0.1e-6", "123456789012345678901234567890", "2.2250738585072011e-308", "9007199254740993", "1.7976931348623159e308"] {
        println!("{text:?} {:?} {:?}", text.parse::<f64>(), text.parse::<f32>());
    }
    println!("{} {}", (1..=20u64).product::<u64>(), [1.5, 2.5].iter().sum::<f64>());
    println!("{:.4} {:.4}", std::f64::consts::PI, 180f64.to_radians());
    let total: i32 = (1..=100).filter(|n| n % 3 == 0).sum();
    println!("{total}");
    println!("{} {}", 5.max(9), 5.clamp(7, 9));
    println!("{} {} {}", !0u8, !5i32, -17 >> 2);
    println!("{} {} {}", 5 & 6, 5 | 6, 5 ^ 6);
    println!("{} {}", true & false, true ^ true);
}
