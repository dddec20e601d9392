struct Lamp(&'static str);
impl Drop for Lamp {
    fn drop(&mut self) {
        println!("{} off", self.0);
    }
}
fn main() {
    let _hall = Lamp("hall");
    {
        let _desk = Lamp("desk");
        let _door = Lamp("door");
        println!("inner ends");
    }
    let early = Lamp("early");
    drop(early);
    println!("outer ends");
}
