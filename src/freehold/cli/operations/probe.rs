struct Device;

impl Device {
    fn enable() -> Option<Device> {
        println!("device enabled");
        Some(Device)
    }
}

impl Drop for Device { // <-
    fn drop(&mut self) {
        println!("device disabled");
    }
}

struct Buffer(#[allow(dead_code)] Vec<u8>);

impl Buffer {
    fn new(size: usize) -> Option<Buffer> {
        println!("buffer allocated");
        Some(Buffer(vec![0; size]))
    }
}

impl Drop for Buffer { // <-
    fn drop(&mut self) {
        println!("buffer freed");
    }
}

fn irq_request(number: u32) -> Option<u32> {
    (number != 7).then_some(number) // 7 is taken
}

fn probe() -> Option<(Device, Buffer, u32)> {
    let device = Device::enable()?; // <-
    let buffer = Buffer::new(64)?; // <-
    let irq = irq_request(7)?; // <-
    Some((device, buffer, irq))
}

fn main() {
    println!("{}", if probe().is_some() { 0 } else { -1 });
}
