struct Corner { x: f32, y: f32 }
let corner: Box<Corner> = Box::new(Corner { x: 0.5, y: 1.5 });
