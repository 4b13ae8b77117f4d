//! The four ways in which everything is measured.

/// How many calls are in flight, and what the server is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    One,
    Many,
    Crowd,
    Tls,
}

pub(crate) const MODES: [Mode; 4] = [Mode::One, Mode::Many, Mode::Crowd, Mode::Tls];

impl Mode {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::One => "One at a time",
            Self::Many => "64 in flight",
            Self::Crowd => "1000 in flight, answers after 50 ms",
            Self::Tls => "TLS, 64 in flight",
        }
    }

    /// In results.json.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Many => "many",
            Self::Crowd => "crowd",
            Self::Tls => "tls",
        }
    }

    pub(crate) fn in_flight(self) -> usize {
        match self {
            Self::One => 1,
            Self::Many | Self::Tls => 64,
            Self::Crowd => 1000,
        }
    }

    /// What all others are multiples of.
    pub(crate) fn floor(self) -> &'static str {
        if self == Self::Tls { "reqwest" } else { "hyper" }
    }

    /// Calls that take about so many seconds, for what does so many calls a second one at a time and with 64 in flight.
    pub(crate) fn calls(self, one: f64, many: f64, seconds: f64) -> usize {
        let (rate, least) = match self {
            Self::One => (one, 200),
            Self::Many => (many, 640),
            // Faster than its answers come nothing is.
            Self::Crowd => (many.min(20_000.0), 2000),
            // With encryption, two thirds.
            Self::Tls => (many * 0.67, 640),
        };
        ((rate * seconds) as usize).clamp(least, 200_000)
    }
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn a_run_is_neither_too_short_to_mean_something_nor_longer_than_asked() {
        assert_eq!(Mode::One.calls(20_000.0, 90_000.0, 0.5), 10_000);
        assert_eq!(Mode::Many.calls(20_000.0, 90_000.0, 2.0), 180_000);
        assert_eq!(Mode::Crowd.calls(20_000.0, 90_000.0, 1.0), 20_000);
        assert_eq!(Mode::Crowd.calls(300.0, 400.0, 1.0), 2000);
        assert_eq!(Mode::Tls.calls(10.0, 10.0, 1.0), 640);
    }
}
