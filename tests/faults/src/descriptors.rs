//! The open files and sockets of a runner's process.

use std::fs;
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How many there are, where the system tells.
pub(crate) fn count(process: u32) -> Option<usize> {
    fs::read_dir(format!("/proc/{process}/fd")).ok().map(Iterator::count)
}

/// Waits until there are no more than that, at most so long; those that are left then.
pub(crate) async fn settled(process: u32, most: usize, limit: Duration) -> Option<usize> {
    let deadline = Instant::now() + limit;
    loop {
        let open = count(process)?;
        if open <= most || Instant::now() > deadline {
            return Some(open);
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// What they are, for whoever has to find the leak.
pub(crate) fn named(process: u32) -> Vec<String> {
    let entries = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| fs::read_link(entry.path()).ok())
        .map(|target| target.display().to_string())
        .collect();
    names.sort();
    names
}
