//! The tables, in Markdown.

use std::fmt::Write;

use super::extras::{Extra, Templates};
use super::figures::short;
use super::modes::{MODES, Mode};
use super::rounds::{Cell, DISTURBED};
use super::subject::Subject;
use super::summary::Summary;
use super::{ahead, musts};

/// All that was found.
pub(crate) struct Findings<'a> {
    pub(crate) summaries: &'a [Summary],
    pub(crate) cells: &'a [Cell],
    pub(crate) extras: &'a [Extra],
    pub(crate) templates: &'a [Templates],
    /// What could not be measured here, and why.
    pub(crate) missing: &'a [String],
    /// When, where, how often.
    pub(crate) heading: &'a str,
}

const NOTES: &str = "\
CPU is user and system time of the client's process, from its own clock, over the measured calls only, after a warm-up; \
\"× floor\" is its multiple of a raw pooled hyper client's (over TLS: reqwest's), measured anew in each round and every 20 s; the \
median of the rounds with the least and the greatest. The client has core 0, the server core 1. Connections are those of the \
whole run, its warm-up included. A run lasts for its time, and until as many calls are made as are in flight \
(twice that, of 64). wamid runs with all of its rules, errors and promises.

The warm-up is the same for all of a language: 200 calls, or as many as are in flight, in Rust, Python and Swift; where code is \
compiled while it runs, 2,000 calls or 0.5 s in Node, and 4,000 calls or 1.6 s on the JVM, whichever is first. \
`send_many` is called with 1,000 messages at a time (5,000 where 1000 are in flight), with no more in flight than the others \
have; its results are looked through for errors and let go before the next call. Of such a bulk no latencies are seen.

What was done so that a peer sends to the server of the bench: pywa, its session's `base_url` set after it was made; \
django-meta-whatsapp, `GRAPH_BASE` replaced; whatsapp-api-js, a `fetch` handed in that replaces the host and calls Node's; \
whatsapp-business-rs, its own feature `test-mode`; kapso and great-detail have an option. All else is as their READMEs have \
it. httpx and aiohttp have no limit of connections; undici is 7.30, since 8 needs Node 22. In Python what is not asyncio \
runs in as many threads as there are calls in flight. wamid has its default limit of 256 connections to a host \
(`max_connections`): of 1000 calls in flight 744 wait for one, so with answers after 50 ms it makes at most 5,120 calls a second.";

pub(crate) fn document(found: &Findings<'_>) -> String {
    let mut text = format!("## wamid beside other clients\n\n{}\n\n", found.heading);
    text.push_str("![CPU a message with 64 in flight](benchmarks.svg)\n\n");
    let _ = writeln!(text, "{NOTES}\n");
    let _ = writeln!(text, "### What had to be reached\n\n{}", musts::table(found.summaries, found.extras));
    for mode in MODES {
        let _ = writeln!(text, "### {}\n\n{}", mode.title(), table(found, mode));
    }
    let _ = writeln!(text, "### Importing, size, event loop\n\n{}", extras(found.extras));
    let _ = writeln!(text, "### Building a template's components\n\n{}", templates(found.templates));
    let _ = writeln!(text, "### Where a peer is ahead\n\n{}", ahead::table(found.summaries));
    if !found.missing.is_empty() {
        let _ = writeln!(text, "### Not measured\n");
        for missing in found.missing {
            let _ = writeln!(text, "- {missing}");
        }
    }
    text
}

/// A client, ours in bold.
pub(crate) fn name(subject: &Subject) -> String {
    let name = format!("{}: {}", subject.language, subject.label);
    if subject.ours() { format!("**{name}**") } else { name }
}

fn maybe(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), short)
}

fn table(found: &Findings<'_>, mode: Mode) -> String {
    let mut text = "| client | CPU a message, µs | × floor | messages/s | p50, ms | p99, ms | peak, MB | connections | |\n\
                    | --- | --: | --: | --: | --: | --: | --: | --: | --- |\n"
        .to_owned();
    for row in found.summaries.iter().filter(|row| row.mode == mode) {
        let milliseconds = |microseconds: Option<f64>| maybe(microseconds.map(|value| value / 1000.0));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            name(&row.subject),
            short(row.cpu),
            row.multiple,
            short(row.rate),
            milliseconds(row.p50),
            milliseconds(row.p99),
            row.peak.median.round(),
            row.connections.round(),
            remark(row)
        );
    }
    for cell in found.cells.iter().filter(|cell| cell.mode == mode) {
        if let Some(why) = &cell.trouble {
            let _ = writeln!(
                text,
                "| {} | | | | | | | | broke off: {} |",
                name(&cell.subject),
                why.replace('|', "/")
            );
        }
    }
    text
}

fn remark(row: &Summary) -> String {
    let mut remarks = Vec::new();
    if row.failed > 0.0 {
        remarks.push(format!("{:.0} % of the calls failed", row.failed * 100.0));
    }
    if row.runs == 1 {
        remarks.push("one run".to_owned());
    }
    if row.disturbed > 0 {
        remarks.push(format!("{} of {} runs disturbed", row.disturbed, row.runs));
    }
    remarks.join("; ")
}

fn extras(extras: &[Extra]) -> String {
    let mut text = "| client | import over the bare interpreter, ms | installed with dependencies, MB | \
                    event loop late, p99, ms | at most, ms |\n| --- | --: | --: | --: | --: |\n"
        .to_owned();
    for extra in extras {
        let milliseconds = |microseconds: Option<f64>| maybe(microseconds.map(|value| value / 1000.0));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            name(&extra.subject),
            extra.import.map_or_else(|| "–".to_owned(), |import| import.to_string()),
            maybe(extra.bytes.map(|bytes| bytes / 1e6)),
            milliseconds(extra.loop_p99),
            milliseconds(extra.loop_max)
        );
    }
    text.push_str(
        "\nImporting is timed from outside, in turns with the interpreter alone, both on one core, what is imported compiled and \
         read before: the median, the least and the greatest. The event loop is watched during a burst of half a second with 64 in \
         flight: how late what was due each millisecond came.\n",
    );
    text
}

fn templates(templates: &[Templates]) -> String {
    let mut text = "| | a second |\n| --- | --: |\n".to_owned();
    for templates in templates {
        let _ = writeln!(text, "| {} | {} |", templates.label, short(templates.rate));
    }
    text
}

/// The share above which a run is said to be disturbed, for the heading.
pub(crate) fn disturbed() -> String {
    format!("{:.0} %", DISTURBED * 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::modes::Mode;
    use super::super::summary::{summary, tests::cell};
    use super::{Findings, document};

    #[test]
    fn the_tables_say_what_was_reached_what_failed_and_who_is_ahead() {
        let mut cells = vec![
            cell("rust", "hyper", Mode::Many, &[1.0, 1.0, 1.0]),
            cell("python", "aiohttp", Mode::Many, &[2.5, 2.6, 2.7]),
            cell("python", "wamid-async", Mode::Many, &[3.1, 2.9, 3.2]),
            cell("python", "wamid-many", Mode::Many, &[1.2]),
            cell("python", "pywa", Mode::Many, &[]),
        ];
        cells[2].runs[0].others = 0.5;
        cells[1].runs.iter_mut().for_each(|run| run.failed = 25.0);
        cells[4].trouble = Some("PoolTimeout".to_owned());
        let summaries: Vec<_> = cells.iter().filter_map(summary).collect();
        let (cells, missing) = (cells.as_slice(), &["swift: no compiler".to_owned()]);
        let found = Findings {
            summaries: &summaries,
            cells,
            extras: &[],
            templates: &[],
            missing,
            heading: "Today.",
        };
        let text = document(&found);
        let has = |line: &str| assert!(text.contains(line), "{line}\n{text}");
        has(
            "| python wamid-async | 64 in flight, CPU × floor | 3.10 (2.90 to 3.20) | 3.00 | 2.00 | **not reached** |",
        );
        has("| **python: wamid, asyncio** | 31.0 | 3.10 (2.90 to 3.20) |");
        has("| 1 of 3 runs disturbed |");
        has("25 % of the calls failed");
        has("| python: pywa 4.5 | | | | | | | | broke off: PoolTimeout |");
        has(
            "| 64 in flight | CPU a message, µs | **python: wamid, asyncio** | 31.0 | plain HTTP client | 1 of 1 | python: aiohttp 3.14 | 26.0 |",
        );
        has("- swift: no compiler");
    }
}
