//! Calls that are woken, polled and cancelled by several threads at the same moments, in many orders: each that was not cancelled ends
//! once, none is left asleep, and one that was cancelled is gone when `cancel` returns.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use wamid::Error;
use wamid_bindings::{Background, Job, Mailbox, Task, Wake};

/// Longer than any of this takes.
const LONG: Duration = Duration::from_secs(60);
const SEEDS: u64 = 200;
const CALLS: usize = 48;
const WAKERS: usize = 3;

/// Numbers that look random and are the same for the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

struct Woken(Mutex<Sender<()>>);

impl Wake for Woken {
    fn wake(&self) {
        self.0.lock().unwrap().send(()).unwrap();
    }
}

/// Is there as long as its call is.
struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        // What a call holds may take its time to be freed.
        (0..10).for_each(|_| std::thread::yield_now());
        self.0.store(false, Ordering::SeqCst);
    }
}

/// A call that is pending so many times, and each time is woken by one of the threads, some of them twice.
fn call(
    worker: &'static wamid_bindings::Worker,
    answers: &Arc<Mailbox<Vec<usize>, Woken>>,
    (number, mut pending): (usize, u64),
    wakers: Vec<Sender<Waker>>,
    is_there: &Arc<AtomicBool>,
) -> Arc<dyn Job> {
    let held = Held(is_there.clone());
    let future = poll_fn(move |context| {
        let _held = &held;
        if pending == 0 {
            return Poll::Ready(Ok::<_, Error>(number));
        }
        pending -= 1;
        let at = usize::try_from(pending).unwrap() + number;
        for waker in [at, at + 1].into_iter().take(1 + number % 2) {
            wakers[waker % wakers.len()].send(context.waker().clone()).unwrap();
        }
        Poll::Pending
    });
    let answers = answers.clone();
    Task::new(worker, false, future, move |ended: Result<usize, Error>| {
        answers.put(|batch| batch.push(ended.unwrap()));
    })
}

#[test]
fn whoever_wakes_polls_or_cancels_at_the_same_moment_no_call_is_lost_or_ends_twice() {
    let background = Background::start().unwrap();
    for seed in 1..=SEEDS {
        let (woken, wakes) = channel();
        let answers = Arc::new(Mailbox::new(Woken(Mutex::new(woken))));
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..WAKERS).map(|_| channel::<Waker>()).unzip();
        let waking: Vec<_> = receivers
            .into_iter()
            .map(|receiver| {
                std::thread::spawn(move || {
                    while let Ok(waker) = receiver.recv() {
                        waker.wake();
                    }
                })
            })
            .collect();
        let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let calls: Vec<_> = (0..CALLS)
            .map(|number| {
                let is_there = Arc::new(AtomicBool::new(true));
                let pending = numbers.below(4);
                let call = call(background.worker(), &answers, (number, pending), senders.clone(), &is_there);
                (call, is_there, numbers.below(3), numbers.below(200))
            })
            .collect();
        drop(senders);
        let cancelled = AtomicUsize::new(0);
        std::thread::scope(|threads| {
            let (calls, cancelled) = (&calls, &cancelled);
            threads.spawn(move || {
                for (call, ..) in calls.iter().filter(|(.., how, _)| *how != 0) {
                    call.clone().queue();
                }
            });
            threads.spawn(move || {
                for (call, ..) in calls.iter().filter(|(.., how, _)| *how == 0) {
                    call.clone().poll_here();
                }
            });
            threads.spawn(move || {
                for (call, is_there, _, wait) in calls.iter().filter(|(.., how, _)| *how == 2) {
                    for _ in 0..*wait {
                        std::hint::spin_loop();
                    }
                    call.cancel();
                    assert!(!is_there.load(Ordering::SeqCst), "seed {seed}: a cancelled call is still there");
                    cancelled.fetch_add(1, Ordering::SeqCst);
                }
            });
        });
        let (mut ended, least) = (Vec::new(), CALLS - cancelled.load(Ordering::SeqCst));
        let is_cancelled = |number: &usize| calls[*number].2 == 2;
        while ended.iter().filter(|number| !is_cancelled(number)).count() < least {
            wakes.recv_timeout(LONG).map_err(|_| format!("seed {seed}: {ended:?} of {CALLS} ended")).unwrap();
            ended.extend(answers.take());
        }
        ended.extend(answers.take());
        let count = ended.len();
        ended.sort_unstable();
        ended.dedup();
        assert_eq!(ended.len(), count, "seed {seed}: a call ended twice");
        // What is left holds the wakers' channels.
        drop(calls);
        waking.into_iter().for_each(|thread| thread.join().unwrap());
    }
}
