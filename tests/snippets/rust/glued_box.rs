// lamp.rs fn main() { let lamp = Box::new(60); println!("watts: {}", *lamp); // the lamp is put out at the end of its scope // nobody has to remember it }
