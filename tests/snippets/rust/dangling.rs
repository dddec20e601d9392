fn lend() -> &String {
let note = String::from("IOU");
&note // Error: nobody owns it any more
}
fn give() -> String {
let note = String::from("paid");
note // handed over
}
