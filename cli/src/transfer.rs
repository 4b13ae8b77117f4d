//! A bar for a file that takes long on its way up or down.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wamid::TransferReport;

/// What is over before that needs no bar.
const SOON: Duration = Duration::from_millis(500);

/// A bar on standard error, which is there only where that is a terminal. It is gone when it is dropped.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Option<Self> {
        std::io::stderr().is_terminal().then(|| {
            // The message is cut off at the edge; a line that wraps could not be drawn over.
            let style = ProgressStyle::with_template("{bar:20} {wide_msg}");
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            Self(bar)
        })
    }

    /// What tells it how far the file has come.
    pub(super) fn report(&self) -> TransferReport {
        let (bar, begun) = (self.0.clone(), Instant::now());
        Box::new(move |progress| {
            if begun.elapsed() < SOON {
                return;
            }
            if bar.is_hidden() {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            if let Some(total) = progress.total {
                bar.set_length(total);
            }
            bar.set_position(progress.bytes);
            let rate = progress.bytes as f64 / begun.elapsed().as_secs_f64();
            bar.set_message(so_far(progress.bytes, progress.total, rate));
        })
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// `12.0 of 96.5 MiB, 4.2 MiB a second, 20 s left`
fn so_far(bytes: u64, total: Option<u64>, rate: f64) -> String {
    let mib = |bytes: f64| bytes / (1024.0 * 1024.0);
    let of = total.map(|total| format!(" of {:.1}", mib(total as f64))).unwrap_or_default();
    let left = total.filter(|_| rate > 0.0).map(|total| total.saturating_sub(bytes) as f64 / rate);
    let left = left.map(|left| format!(", {left:.0} s left")).unwrap_or_default();
    format!("{:.1}{of} MiB, {:.1} MiB a second{left}", mib(bytes as f64), mib(rate))
}

#[cfg(test)]
mod tests {
    use super::so_far;

    #[test]
    fn what_is_said_of_a_transfer() {
        const MIB: u64 = 1024 * 1024;
        assert_eq!(
            so_far(12 * MIB, Some(96 * MIB), 4.2 * MIB as f64),
            "12.0 of 96.0 MiB, 4.2 MiB a second, 20 s left"
        );
        assert_eq!(so_far(MIB / 2, None, 0.0), "0.5 MiB, 0.0 MiB a second");
    }
}
