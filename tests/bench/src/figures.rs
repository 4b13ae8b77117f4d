//! What a run cost, and how it is told.

use std::io::Write;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

/// From the start of a run on.
pub(crate) struct Meter {
    began: Instant,
    cpu: f64,
    /// Microseconds, in so little room that whoever is fast does not seem to need much memory.
    latencies: Vec<f32>,
}

impl Meter {
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), cpu: cpu_seconds(), latencies: Vec::new() }
    }

    /// So many seconds after the start; none of no time.
    pub(crate) fn until(&self, seconds: f64) -> Option<Instant> {
        let time = Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero())?;
        self.began.checked_add(time)
    }

    pub(crate) fn took(&mut self, latency: Duration) {
        self.latencies.push(latency.as_secs_f32() * 1e6);
    }

    /// Prints one line of JSON: CPU a call in microseconds, calls a second, latencies in microseconds, memory in kilobytes.
    pub(crate) fn tell(mut self, calls: usize) {
        let seconds = self.began.elapsed().as_secs_f64();
        let cpu = cpu_seconds() - self.cpu;
        self.latencies.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| {
            let place = (self.latencies.len() as f64 * share) as usize;
            self.latencies.get(place).copied()
        };
        let line = json!({
            "calls": calls,
            "cpu_us": cpu * 1e6 / calls as f64,
            "rate": calls as f64 / seconds,
            "p50_us": at(0.5),
            "p99_us": at(0.99),
            "peak_kb": peak_kilobytes(),
        });
        say(&line.to_string());
    }
}

/// User and system time of this process.
pub(crate) fn cpu_seconds() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

fn peak_kilobytes() -> Option<u64> {
    kilobytes("VmHWM:")
}

/// What the system says of this process's memory.
pub(crate) fn kilobytes(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "error: {line}");
}
