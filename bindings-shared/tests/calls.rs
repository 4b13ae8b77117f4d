//! What every language relies on: no call hangs, none goes on once it was cancelled, and one wake-up serves many answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::future::{pending, poll_fn, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use wamid::Error;
use wamid_bindings::{Background, Calls, Job, Mailbox, PerProcess, Process, Stop, Task, Wake};

/// Longer than any of this takes.
const LONG: Duration = Duration::from_secs(30);

/// Counts how often it was woken, and tells each time.
struct Counter(AtomicUsize, Mutex<Sender<()>>);

impl Wake for Counter {
    fn wake(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.1.lock().unwrap().send(()).unwrap();
    }
}

type Answers = Arc<Mailbox<Vec<Result<u32, Error>>, Counter>>;

fn answers() -> (Answers, Receiver<()>) {
    let (woken, wakes) = channel();
    (Arc::new(Mailbox::new(Counter(AtomicUsize::new(0), Mutex::new(woken)))), wakes)
}

fn background() -> &'static Background {
    static BACKGROUND: PerProcess<&'static Background> = PerProcess::new();
    BACKGROUND.get_or_make(Process::this(), Background::start).unwrap()
}

fn call(
    answers: &Answers,
    sends: bool,
    future: impl Future<Output = Result<u32, Error>> + Send + 'static,
) -> Arc<dyn Job> {
    let answers = answers.clone();
    Task::new(background().worker(), sends, future, move |ended| answers.put(|batch| batch.push(ended)))
}

#[test]
fn a_panic_is_the_error_of_its_call_and_the_next_call_is_served() {
    let (answers, wakes) = answers();
    call(&answers, true, async { panic!("on purpose") }).queue();
    wakes.recv_timeout(LONG).unwrap();
    let error = answers.take().remove(0).unwrap_err();
    assert!(error.maybe_sent(), "a send that panicked may have gone out: {error:?}");
    assert!(!error.retryable());

    call(&answers, false, async { panic!("on purpose") }).poll_here();
    wakes.recv_timeout(LONG).unwrap();
    assert!(!answers.take().remove(0).unwrap_err().maybe_sent(), "what sends nothing surely sent nothing");

    call(&answers, true, ready(Ok(7))).queue();
    wakes.recv_timeout(LONG).unwrap();
    assert_eq!(answers.take().remove(0).unwrap(), 7);
}

#[test]
fn a_call_begins_on_the_thread_that_asks_and_goes_on_in_the_background() {
    let (answers, wakes) = answers();
    let polled_by = Arc::new(Mutex::new(Vec::new()));
    let (kept, by) = (Arc::new(Mutex::new(None::<Waker>)), polled_by.clone());
    let waker = kept.clone();
    call(
        &answers,
        true,
        poll_fn(move |context| {
            let mut by = by.lock().unwrap();
            by.push(std::thread::current().id());
            *waker.lock().unwrap() = Some(context.waker().clone());
            if by.len() == 1 { Poll::Pending } else { Poll::Ready(Ok(1)) }
        }),
    )
    .poll_here();
    assert_eq!(*polled_by.lock().unwrap(), [std::thread::current().id()], "nobody else is needed to begin");
    kept.lock().unwrap().take().unwrap().wake();
    wakes.recv_timeout(LONG).unwrap();
    assert_eq!(answers.take().remove(0).unwrap(), 1);
    assert_ne!(polled_by.lock().unwrap()[1], std::thread::current().id());
}

#[test]
fn many_calls_that_end_together_wake_their_thread_once() {
    let (answers, wakes) = answers();
    let (all, go) = (Arc::new(tokio::sync::Semaphore::new(0)), answers.clone());
    for number in 0..20 {
        let all = all.clone();
        call(&answers, true, async move {
            let _permit = all.acquire().await;
            Ok(number)
        })
        .poll_here();
    }
    // They are woken by one call of the worker's, so that they stand on its next list together.
    call(&go, true, async move {
        all.add_permits(20);
        Ok(99)
    })
    .queue();
    let mut ended = Vec::new();
    while ended.len() < 21 {
        wakes.recv_timeout(LONG).unwrap();
        ended.extend(answers.take());
    }
    assert!(answers.fetcher().0.load(Ordering::SeqCst) <= 3, "21 answers, and as many wake-ups as lists");
}

/// Tells when it is dropped.
struct Told(Sender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[test]
fn a_cancelled_call_is_gone_on_return_and_has_no_answer() {
    let (answers, wakes) = answers();
    let (calls, this) = (Calls::default(), Process::this());
    let (dropped, drops) = channel();
    let job = call(&answers, true, async move {
        let _told = Told(dropped);
        pending().await
    });
    calls.add(this, 1, (), job.clone(), None);
    job.poll_here();
    calls.cancel(this, 1);
    drops.try_recv().expect("its request is dropped by then");
    assert!(calls.is_empty());
    assert!(wakes.try_recv().is_err() && answers.take().is_empty());
    calls.cancel(this, 1);
}

#[test]
fn a_bulk_that_is_stopped_answers_with_what_it_knows() {
    let (answers, wakes) = answers();
    let (calls, this, stop) = (Calls::default(), Process::this(), Stop::default());
    let told = stop.clone();
    let job = call(&answers, true, async move {
        told.stopped().await;
        Ok(3)
    });
    calls.add(this, 1, (), job.clone(), Some(stop.clone()));
    job.queue();
    calls.stop(this, 1);
    wakes.recv_timeout(LONG).unwrap();
    assert_eq!(answers.take().remove(0).unwrap(), 3);
    assert!(calls.remove(this, 1).is_some(), "it is taken out with its answer");

    let late =
        call(&answers, true, async move { stop.or(pending()).await.map(|answer| answer.unwrap_or(4)) });
    late.poll_here();
    wakes.recv_timeout(LONG).unwrap();
    assert_eq!(answers.take().remove(0).unwrap(), 4, "who begins later is stopped too");
}

#[test]
fn when_a_thread_ends_all_its_calls_are_cancelled() {
    let (answers, _wakes) = answers();
    let (calls, this) = (Calls::default(), Process::this());
    let (dropped, drops) = channel();
    for number in 0..10 {
        let told = Told(dropped.clone());
        let job = call(&answers, true, async move {
            let _told = told;
            pending().await
        });
        calls.add(this, number, (), job.clone(), None);
        job.poll_here();
    }
    calls.cancel_all(this);
    assert_eq!(drops.try_iter().count(), 10);
}
