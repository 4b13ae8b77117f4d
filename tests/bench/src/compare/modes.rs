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

    /// So many calls each run makes, however slow it is: fewer would say nothing of so many in flight.
    pub(crate) fn least(self) -> usize {
        match self {
            Self::One => 100,
            Self::Many | Self::Tls => 2 * 64,
            Self::Crowd => 1000,
        }
    }
}
