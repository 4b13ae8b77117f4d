//! `docs/faults.md`: what each fault leads to, for a user who sees it.

use std::fmt::Write as _;

use crate::families;
use crate::operation::Class;
use crate::outcome::{Expected, Outcome};

const START: &str = "\
# What you see when something goes wrong

Written by `cargo xtask faults --write` from the declarations in `tests/faults/src/families`. `cargo xtask faults` plays every fault of this page with
a send, reads from Meta and from a gateway, an upload and two kinds of download, in every language (Rust, Python with threads and with asyncio,
Node, Kotlin, Swift), and counts at the server what really came. It fails if a call says anything else than this page, if languages differ, if a message that may have arrived is called \"surely not sent\", if a
message arrives twice, if a call does not end, if a connection or a file stays open, and if a partial download is left.

Each cell has the error's `kind` and what it means for the call:

- **unknown**: `maybe_sent` is true. The message may have gone out. It is not sent again by itself; look before you send it again ([delivery.md](delivery.md)).
- **retry**: `retryable` is true. It was surely not sent, and the same call may succeed later.
- **final**: it was surely not sent, and the same call fails again. Correct something first.
- **ok**: the call succeeds.

The number is how many requests are made with `max_retries` 1 (the default is 2). \"Reads\" stands for `chats` through a gateway and `profile` at Meta, \
\"downloads\" for `download_media` and `download_media_to`, which leaves no file behind unless it succeeds. After a fault the same client
works again as soon as the host does.
";

/// The page's text.
pub fn page() -> String {
    let mut text = START.to_owned();
    for family in families::all() {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n## {}\n\n{}\n\n", family.title, family.about);
        text.push_str("| fault | a send | reads | uploads | downloads |\n| --- | --- | --- | --- | --- |\n");
        for fault in &family.faults {
            let cells: Vec<String> = [Class::Send, Class::Read, Class::Upload, Class::Download]
                .map(|class| described(fault.expected.of(class)))
                .into();
            let _ = writeln!(text, "| {} | {} |", fault.name, cells.join(" | "));
        }
    }
    text
}

fn described(expected: &Expected) -> String {
    let tries = expected.tries;
    match &expected.outcome {
        Outcome::Done => format!("ok, {tries}"),
        Outcome::Failed { kind, maybe_sent, retryable, .. } => {
            let meaning = match (maybe_sent, retryable) {
                (true, _) => "unknown",
                (false, true) => "retry",
                (false, false) => "final",
            };
            format!("`{kind}`, {meaning}, {tries}")
        }
        Outcome::Broken(why) => why.clone(),
    }
}
