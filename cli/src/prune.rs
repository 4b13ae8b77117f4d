//! `wamid messages prune`

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::json;
use wamid::Error;

use super::exit::CommandError;
use super::output::{say, say_json};
use super::serve::StoreArgs;

/// `wamid messages prune`
#[derive(Args)]
pub(super) struct Prune {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    which: Selection,
    /// Forgets those whose outcome is unknown too: nobody can look them up any more
    #[arg(long)]
    with_unknown: bool,
    /// Prints what was forgotten, or the error, as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Selection {
    /// Those that began before: 2026-08-01 (UTC), or 2026-08-01T12:00:00+02:00
    #[arg(long, value_name = "DATE", value_parser = moment)]
    before: Option<Timestamp>,
    /// Those that began longer ago: 90d, 12w, 1y
    #[arg(long, value_name = "AGE", value_parser = ago)]
    older_than: Option<Timestamp>,
}

/// The beginning of a day, or an instant.
fn moment(text: &str) -> Result<Timestamp, String> {
    let day = text.parse::<Date>().ok().filter(|_| !text.contains(['T', 't', ' ']));
    let moment = match day {
        Some(day) => day.to_zoned(TimeZone::UTC).map(|day| day.timestamp()),
        None => text.parse(),
    };
    moment.map_err(|_| "must be a date such as 2026-08-01, or a time with its offset".to_owned())
}

/// The instant that was so long ago.
fn ago(text: &str) -> Result<Timestamp, String> {
    let wrong = |_| "must be an age such as 90d, 12w or 1y".to_owned();
    let age: Span = text.parse().map_err(wrong)?;
    let then = Timestamp::now().to_zoned(TimeZone::UTC).checked_sub(age).map_err(wrong)?;
    Ok(then.timestamp())
}

impl Prune {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let before = self.which.before.or(self.which.older_than).unwrap_or(Timestamp::MIN);
        if before > Timestamp::now() {
            return Err(Error::argument("before", "must be in the past").into());
        }
        let store = self.store.open_existing().await?;
        let pruned = store.prune(&wamid::Prune::before(before).with_unknown(self.with_unknown)).await;
        store.close().await;
        let pruned = pruned?;
        if self.json {
            return Ok(say_json(&json!(pruned))?);
        }
        say(&format!("{} messages from before {before:.0} are forgotten", pruned.sends))?;
        if pruned.received > 0 {
            say(&format!("and the ids of {} that came in", pruned.received))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_times_and_ages_are_understood() {
        let noon: Timestamp = "2026-08-01T10:00:00Z".parse().unwrap();
        assert_eq!(moment("2026-08-01"), Ok("2026-08-01T00:00:00Z".parse().unwrap()));
        assert_eq!(moment("2026-08-01T12:00:00+02:00"), Ok(noon));
        for text in ["", "yesterday", "2026-08", "2026-13-01", "2026-08-01T12:00:00"] {
            assert!(moment(text).is_err(), "{text}");
        }
        let days = |text: &str| {
            let then = ago(text).unwrap();
            (Timestamp::now() - then).get_seconds() / 86_400
        };
        assert_eq!((days("90d"), days("2w"), days("36h")), (90, 14, 1));
        assert!((365..=366).contains(&days("1y")));
        for text in ["", "90", "d", "ninety days", "90000y"] {
            assert!(ago(text).is_err(), "{text}");
        }
    }
}
