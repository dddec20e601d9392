//! Bodies that attract each other, step by step.

#[derive(Clone, Copy)]
struct Body {
    at: [f64; 3],
    speed: [f64; 3],
    mass: f64,
}

struct System {
    bodies: Vec<Body>,
}

impl System {
    fn new(count: usize) -> System {
        let bodies = (0..count)
            .map(|n| {
                let turn = n as f64 * 1.3;
                let away = 1.0 + n as f64 * 2.5;
                Body {
                    at: [away * turn.cos(), away * turn.sin(), 0.1 * n as f64],
                    speed: [-turn.sin() / away.sqrt(), turn.cos() / away.sqrt(), 0.0],
                    mass: if n == 0 { 1.0 } else { 1e-3 / n as f64 },
                }
            })
            .collect();
        System { bodies }
    }

    fn attract(&mut self, step: f64) {
        for i in 0..self.bodies.len() {
            let one = self.bodies[i];
            let mut pull = [0.0; 3];
            for (j, other) in self.bodies.iter().enumerate() {
                if i == j {
                    continue;
                }
                let mut apart = [0.0; 3];
                let mut squared = 1e-9;
                for axis in 0..3 {
                    apart[axis] = other.at[axis] - one.at[axis];
                    squared += apart[axis] * apart[axis];
                }
                let weight = other.mass / (squared * squared.sqrt());
                for axis in 0..3 {
                    pull[axis] += apart[axis] * weight;
                }
            }
            for axis in 0..3 {
                self.bodies[i].speed[axis] += pull[axis] * step;
            }
        }
    }

    fn advance(&mut self, step: f64) {
        self.attract(step);
        for body in &mut self.bodies {
            for axis in 0..3 {
                body.at[axis] += body.speed[axis] * step;
            }
        }
    }

    fn energy(&self) -> f64 {
        let mut sum = 0.0;
        for body in &self.bodies {
            let squared: f64 = body.speed.iter().map(|v| v * v).sum();
            sum += 0.5 * body.mass * squared;
        }
        sum
    }
}

fn main() {
    let mut system = System::new(7);
    for _ in 0..400_000 {
        system.advance(1e-3);
    }
    println!("{:.9}", system.energy());
}
