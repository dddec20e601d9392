// Threads that wait for each other: channels both ways, turns, a pool, spinning, a barrier, scopes.
// exit: 0
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Barrier, Condvar, Mutex, RwLock};
use std::thread;
use std::time::Duration;

thread_local! { static OWN: Cell<u32> = Cell::new(1); }

type Job = Box<dyn FnOnce() -> usize + Send>;

struct Pool {
    sender: Option<Sender<Job>>,
    results: Receiver<usize>,
    workers: Vec<thread::JoinHandle<()>>,
}

impl Pool {
    fn new(n: usize) -> Pool {
        let (sender, jobs) = mpsc::channel::<Job>();
        let (done, results) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let workers = (0..n)
            .map(|_| {
                let (jobs, done) = (Arc::clone(&jobs), done.clone());
                thread::spawn(move || loop {
                    let job = jobs.lock().unwrap().recv();
                    match job {
                        Ok(job) => done.send(job()).unwrap(),
                        Err(_) => break,
                    }
                })
            })
            .collect();
        Pool { sender: Some(sender), results, workers }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.sender.take());
        for worker in self.workers.drain(..) {
            worker.join().unwrap();
        }
        println!("pool is down");
    }
}

fn ping_pong() {
    let (to, from_main) = mpsc::channel::<u32>();
    let (back, from_other) = mpsc::channel();
    let other = thread::spawn(move || {
        for n in from_main {
            back.send(n * 2).unwrap();
        }
    });
    let mut total = 0;
    for n in 0..5 {
        to.send(n).unwrap();
        total += from_other.recv().unwrap();
    }
    drop(to);
    other.join().unwrap();
    println!("total {total}");
}

fn turns() {
    let shared = Arc::new((Mutex::new(0), Condvar::new()));
    let players: Vec<_> = (0..3)
        .map(|own| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (turn, turned) = &*shared;
                for _ in 0..2 {
                    let mut now = turned.wait_while(turn.lock().unwrap(), |t| *t % 3 != own).unwrap();
                    print!("{own} ");
                    *now += 1;
                    turned.notify_all();
                }
            })
        })
        .collect();
    for player in players {
        player.join().unwrap();
    }
    println!();
}

fn spins() {
    let go = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicUsize::new(0));
    let waits = {
        let (go, count) = (go.clone(), count.clone());
        thread::spawn(move || {
            while !go.load(Ordering::Acquire) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    while count.load(Ordering::Relaxed) == 0 {}
    go.store(true, Ordering::Release);
    waits.join().unwrap();
    println!("spun");
}

fn main() {
    let pool = Pool::new(3);
    for n in 0..6 {
        pool.sender.as_ref().unwrap().send(Box::new(move || n * n)).unwrap();
    }
    let mut squares: Vec<usize> = pool.results.iter().take(6).collect();
    squares.sort();
    println!("{squares:?}");
    drop(pool);
    ping_pong();
    turns();
    spins();
    let barrier = Arc::new(Barrier::new(2));
    let theirs = Arc::clone(&barrier);
    let other = thread::spawn(move || {
        OWN.with(|own| own.set(own.get() + 5));
        let leads = theirs.wait().is_leader();
        (OWN.with(|own| own.get()), leads)
    });
    let leads = barrier.wait().is_leader();
    let (own, theirs) = other.join().unwrap();
    println!("{own} {} {}", OWN.with(|own| own.get()), leads != theirs);
    let failed = thread::spawn(|| -> u32 { panic!("no") }).join();
    println!("{}", failed.is_err());
    let map = RwLock::new(HashMap::new());
    thread::scope(|s| {
        for n in 0..3 {
            let map = &map;
            s.spawn(move || {
                thread::sleep(Duration::from_millis(5 * (3 - n)));
                map.write().unwrap().insert(n, format!("v{n}"));
            });
        }
    });
    let map = map.into_inner().unwrap();
    let mut keys: Vec<_> = map.keys().collect();
    keys.sort();
    println!("{keys:?}");
    let parked = thread::spawn(|| thread::park());
    parked.thread().unpark();
    parked.join().unwrap();
}
