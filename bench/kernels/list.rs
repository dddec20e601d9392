//! Build, sum, reverse and drop singly linked lists.

struct Cell {
    value: u64,
    next: Option<Box<Cell>>,
}

fn build(length: u64) -> Option<Box<Cell>> {
    let mut head = None;
    for value in 0..length {
        head = Some(Box::new(Cell { value, next: head }));
    }
    head
}

fn reverse(mut head: Option<Box<Cell>>) -> Option<Box<Cell>> {
    let mut done = None;
    while let Some(mut cell) = head {
        head = cell.next.take();
        cell.next = done;
        done = Some(cell);
    }
    done
}

fn total(list: &Option<Box<Cell>>) -> u64 {
    let mut sum = 0;
    let mut at = list;
    while let Some(cell) = at {
        sum += cell.value;
        at = &cell.next;
    }
    sum
}

fn release(mut head: Option<Box<Cell>>) {
    while let Some(mut cell) = head {
        head = cell.next.take();
    }
}

fn main() {
    let mut sum = 0;
    for _ in 0..60 {
        let mut head = build(100_000);
        for _ in 0..5 {
            head = reverse(head);
            sum += total(&head);
        }
        release(head);
    }
    println!("{sum}");
}
