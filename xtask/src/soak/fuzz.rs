//! The fuzz targets, for long.

use std::time::Duration;

use crate::fuzz::{self, Start};

pub(super) fn run(targets: &[String], minutes: u32) -> Result<bool, String> {
    fuzz::all(targets, Duration::from_secs(u64::from(minutes) * 60), Start::GoOn)
}
