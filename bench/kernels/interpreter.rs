//! A machine with a stack runs a program that is an enum's values.

#[derive(Clone, Copy)]
enum Instruction {
    Push(i64),
    Load(usize),
    Store(usize),
    Add,
    Multiply,
    Remainder,
    Less,
    JumpUnless(usize),
    Jump(usize),
    Halt,
}

struct Machine<'p> {
    program: &'p [Instruction],
    stack: Vec<i64>,
    slots: [i64; 4],
    at: usize,
}

impl<'p> Machine<'p> {
    fn new(program: &'p [Instruction]) -> Self {
        Machine { program, stack: Vec::with_capacity(16), slots: [0; 4], at: 0 }
    }

    fn pop(&mut self) -> i64 { self.stack.pop().expect("a value") }

    fn apply(&mut self, operation: impl Fn(i64, i64) -> i64) {
        let right = self.pop();
        let left = self.pop();
        self.stack.push(operation(left, right));
    }

    fn run(&mut self) -> u64 {
        let mut steps = 0;
        loop {
            let instruction = self.program[self.at];
            self.at += 1;
            steps += 1;
            match instruction {
                Instruction::Push(value) => self.stack.push(value),
                Instruction::Load(slot) => self.stack.push(self.slots[slot]),
                Instruction::Store(slot) => self.slots[slot] = self.pop(),
                Instruction::Add => self.apply(|a, b| a.wrapping_add(b)),
                Instruction::Multiply => self.apply(|a, b| a.wrapping_mul(b)),
                Instruction::Remainder => self.apply(|a, b| a % b),
                Instruction::Less => self.apply(|a, b| (a < b) as i64),
                Instruction::JumpUnless(target) => {
                    if self.pop() == 0 {
                        self.at = target;
                    }
                }
                Instruction::Jump(target) => self.at = target,
                Instruction::Halt => return steps,
            }
        }
    }
}

fn main() {
    use Instruction::*;
    let program = [
        Load(0),
        Push(3_000_000),
        Less,
        JumpUnless(17),
        Load(1),
        Load(0),
        Push(31),
        Multiply,
        Add,
        Push(1_000_003),
        Remainder,
        Store(1),
        Load(0),
        Push(1),
        Add,
        Store(0),
        Jump(0),
        Halt,
    ];
    let mut machine = Machine::new(&program);
    let steps = machine.run();
    println!("{} {}", steps, machine.slots[1]);
}
