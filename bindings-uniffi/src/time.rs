//! Instants and durations. UniFFI's own loses the sign within a second of 1970, and ends the process over a negative
//! duration in Swift.

use std::time::Duration;

/// Microseconds since 1970. Kotlin's `java.time.Instant`, Swift's `Date`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Date(i64);

uniffi::custom_type!(Date, i64, {
    try_lift: |microseconds| Ok(Date(microseconds)),
    lower: |date| date.0,
});

impl From<wamid::Timestamp> for Date {
    fn from(instant: wamid::Timestamp) -> Self {
        Self(instant.as_microsecond())
    }
}

/// Seconds. Kotlin's `java.time.Duration`, Swift's `TimeInterval`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeInterval(f64);

uniffi::custom_type!(TimeInterval, f64, {
    try_lift: |seconds| Ok(TimeInterval(seconds)),
    lower: |interval| interval.0,
});

impl TimeInterval {
    /// The duration of the option `field`.
    pub(crate) fn read(interval: Option<Self>, field: &str) -> Result<Option<Duration>, wamid::Error> {
        interval.map(|interval| wamid::seconds(field, interval.0)).transpose()
    }
}

impl From<Duration> for TimeInterval {
    fn from(duration: Duration) -> Self {
        Self(duration.as_secs_f64())
    }
}
