//! What a gateway's process takes, looked at over its whole life, and how long callers wait.

use std::time::Duration;

/// What a process held at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) kibibytes: u64,
    pub(crate) files: u64,
}

impl Sample {
    /// None where the process has ended, or this system does not tell.
    pub(crate) fn of(process: u32) -> Option<Self> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes = line.trim().strip_suffix(" kB")?.parse().ok()?;
        let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
        Some(Self { kibibytes, files: u64::try_from(files).unwrap() })
    }
}

/// A figure at the beginning and at the end of a time: the median of its first and of its last third.
#[derive(Clone, Copy)]
pub(crate) struct Trend {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Trend {
    pub(crate) fn of(samples: &[Sample], figure: impl Fn(&Sample) -> u64) -> Option<Self> {
        let third = samples.len() / 3;
        if third == 0 {
            return None;
        }
        let median = |part: &[Sample]| {
            let mut figures: Vec<_> = part.iter().map(&figure).collect();
            figures.sort_unstable();
            figures[figures.len() / 2]
        };
        Some(Self { first: median(&samples[..third]), last: median(&samples[samples.len() - third..]) })
    }

    /// Whether it has grown by no more than a part of it and something besides.
    pub(crate) fn is_flat(self, percent: u64, besides: u64) -> bool {
        self.last <= self.first + self.first * percent / 100 + besides
    }
}

/// So much of them took no longer.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted
        .get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}
