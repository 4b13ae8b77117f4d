//! Lines to standard error or output that nobody ever waits for.
//!
//! A disk can be full, a reader can end, and a pipe that nobody drains takes no more after some 64 KiB. None of that may
//! fail, stop or delay what the program is there for. So lines are handed to a thread of their own through a queue that
//! holds so much and no more; what does not fit, or cannot be written, is dropped and counted.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the queue holds, in bytes: some thousand lines.
const ROOM: usize = 1 << 20;
/// How long the thread waits before it tries again a file that takes nothing at the moment (`O_NONBLOCK`).
const AGAIN: Duration = Duration::from_millis(10);

/// A queue of lines with the thread that writes them. Clones write to the same.
#[derive(Debug, Clone)]
pub(super) struct Sink(Arc<Queue>);

#[derive(Debug)]
struct Queue {
    state: Mutex<State>,
    /// There is something to write.
    filled: Condvar,
    /// There is nothing left to write.
    emptied: Condvar,
    dropped: Arc<AtomicU64>,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Vec<u8>>,
    bytes: usize,
    writing: bool,
}

impl Sink {
    /// Lines to standard error.
    pub(super) fn stderr() -> Self {
        Self::start(stderr())
    }

    /// Lines to standard output.
    pub(super) fn stdout() -> Self {
        Self::start(stdout())
    }

    fn start(to: io::Result<Box<dyn Write + Send>>) -> Self {
        let queue = Arc::new(Queue {
            state: Mutex::default(),
            filled: Condvar::new(),
            emptied: Condvar::new(),
            dropped: Arc::default(),
        });
        let writer = Arc::clone(&queue);
        // Without a file or a thread each line is dropped, once the queue is full.
        if let Ok(mut to) = to {
            let _ =
                std::thread::Builder::new().name("wamid-log".to_owned()).spawn(move || writer.run(&mut *to));
        }
        Self(queue)
    }

    /// How many lines were dropped so far.
    pub(super) fn dropped(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.0.dropped)
    }

    /// Waits until every line is written, and no longer than `within`.
    pub(super) fn drain(&self, within: Duration) {
        let state = self.0.lock();
        let busy = |state: &mut State| state.writing || !state.lines.is_empty();
        drop(self.0.emptied.wait_timeout_while(state, within, busy));
    }
}

impl Write for Sink {
    /// Takes a whole line, or drops it.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut state = self.0.lock();
        if state.bytes.saturating_add(line.len()) > ROOM {
            self.0.dropped.fetch_add(1, Relaxed);
        } else {
            state.bytes += line.len();
            state.lines.push_back(line.to_vec());
            self.0.filled.notify_one();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Vec<u8> {
        let mut state = self.lock();
        state.writing = false;
        loop {
            if let Some(line) = state.lines.pop_front() {
                state.writing = true;
                state.bytes -= line.len();
                return line;
            }
            self.emptied.notify_all();
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn run(&self, to: &mut (dyn Write + Send)) {
        let (mut told, mut torn) = (0, false);
        loop {
            let line = self.next();
            // What was cut off by an error must not run into the next line.
            let written =
                if torn { whole(to, b"\n").and_then(|()| whole(to, &line)) } else { whole(to, &line) };
            if let Err(cut) = written {
                torn = torn || cut.began;
                self.dropped.fetch_add(1, Relaxed);
                continue;
            }
            torn = false;
            let dropped = self.dropped.load(Relaxed);
            if dropped > told {
                told = dropped;
                // Itself a line for this queue.
                tracing::warn!(
                    lost = dropped,
                    "log lines could not be written and were lost; it works again"
                );
            }
        }
    }
}

/// A line that could not be written.
struct PartialWrite {
    /// Some of it could.
    began: bool,
}

fn whole(to: &mut (dyn Write + Send), mut bytes: &[u8]) -> Result<(), PartialWrite> {
    let all = bytes.len();
    while !bytes.is_empty() {
        match to.write(bytes) {
            Ok(written) if written > 0 => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(AGAIN),
            Ok(_) | Err(_) => return Err(PartialWrite { began: bytes.len() < all }),
        }
    }
    Ok(())
}

/// A handle of its own: whoever writes to the standard one must not wait for the lock that a stuck write holds.
#[cfg(unix)]
fn own(of: impl std::os::fd::AsFd) -> io::Result<Box<dyn Write + Send>> {
    Ok(Box::new(std::fs::File::from(of.as_fd().try_clone_to_owned()?)))
}

#[cfg(unix)]
fn stderr() -> io::Result<Box<dyn Write + Send>> {
    own(io::stderr())
}

#[cfg(unix)]
fn stdout() -> io::Result<Box<dyn Write + Send>> {
    own(io::stdout())
}

// A console takes text only through the standard handle.
#[cfg(not(unix))]
fn stderr() -> io::Result<Box<dyn Write + Send>> {
    Ok(Box::new(io::stderr()))
}

#[cfg(not(unix))]
fn stdout() -> io::Result<Box<dyn Write + Send>> {
    Ok(Box::new(io::stdout()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes what it is given, unless it is broken; stands still while somebody holds the lock.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<(Vec<u8>, bool)>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut paper = self.0.lock().unwrap();
            if paper.1 {
                return Err(ErrorKind::StorageFull.into());
            }
            // A few bytes at a time, as a pipe may.
            let some = bytes.len().min(7);
            paper.0.extend_from_slice(&bytes[..some]);
            Ok(some)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn lines(paper: &Paper) -> Vec<String> {
        String::from_utf8(paper.0.lock().unwrap().0.clone()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_come_whole_and_in_order() {
        let paper = Paper::default();
        let mut sink = Sink::start(Ok(Box::new(paper.clone())));
        for n in 0..1_000 {
            sink.write_all(format!("line {n}\n").as_bytes()).unwrap();
        }
        sink.drain(Duration::from_secs(60));
        let wanted: Vec<String> = (0..1_000).map(|n| format!("line {n}")).collect();
        assert_eq!((lines(&paper), sink.dropped().load(Relaxed)), (wanted, 0));
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_counted_and_nobody_waits() {
        let paper = Paper::default();
        let mut sink = Sink::start(Ok(Box::new(paper.clone())));
        let line = [&[b'x'; 1023][..], b"\n"].concat();
        let stuck = paper.0.lock().unwrap();
        for _ in 0..3_000 {
            sink.write_all(&line).unwrap();
        }
        sink.drain(Duration::from_millis(1));
        let dropped = sink.dropped().load(Relaxed);
        // One may be in the writer's hands.
        assert!((3_000 - 1_025..=3_000 - 1_024).contains(&dropped), "{dropped}");
        drop(stuck);
        sink.drain(Duration::from_secs(60));
        assert_eq!(lines(&paper).len() as u64, 3_000 - dropped);
    }

    #[test]
    fn it_goes_on_when_the_file_takes_lines_again() {
        let paper = Paper::default();
        let mut sink = Sink::start(Ok(Box::new(paper.clone())));
        paper.0.lock().unwrap().1 = true;
        sink.write_all(b"lost\n").unwrap();
        sink.drain(Duration::from_secs(60));
        assert_eq!(sink.dropped().load(Relaxed), 1);
        paper.0.lock().unwrap().1 = false;
        sink.write_all(b"kept\n").unwrap();
        sink.drain(Duration::from_secs(60));
        assert_eq!(lines(&paper), ["kept"]);
    }
}
