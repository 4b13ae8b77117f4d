//! The gateway against its OpenAPI description, with more requests than for a change, and with others each time.

use crate::pytest;

/// How many requests are made up for each operation.
const REQUESTS: &str = "2000";

pub(super) fn run() -> Result<bool, String> {
    // Without a seed schemathesis takes a new one, and says which where it finds something.
    let env = [("WAMID_SCHEMATHESIS_EXAMPLES", REQUESTS), ("WAMID_SCHEMATHESIS_SEED", "")];
    let rows = pytest::run_named("schemathesis", &env)?;
    Ok(!rows.is_empty() && rows.iter().all(|row| row.failed == 0))
}
