// early.rs fn main() { let big = vec![0u8; 1000]; println!("{} bytes", big.len()); drop(big); // given back at once println!("{}", big.len()); // ERROR: it is gone println!("done"); }
