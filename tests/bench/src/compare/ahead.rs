//! Where others are ahead of wamid: nothing of it is hidden, and all of it can be read.

use std::fmt::Write;

use super::figures::short;
use super::modes::MODES;
use super::subject::Kind;
use super::summary::Summary;
use super::table::name;

/// Of one of ours in one mode and figure: the peers of one kind that are ahead.
struct Ahead<'a> {
    ours: &'a Summary,
    figure: &'static str,
    than: f64,
    kind: Kind,
    best: &'a Summary,
    its: f64,
    ahead: usize,
    of: usize,
}

/// Of the five figures each one's name, what it is, and whether more of it is better.
type Figure = (&'static str, fn(&Summary) -> Option<f64>, bool);

const FIGURES: [Figure; 5] = [
    ("CPU a message, µs", |row| Some(row.cpu), false),
    ("messages a second", |row| Some(row.rate), true),
    ("p50, µs", |row| row.p50, false),
    ("p99, µs", |row| row.p99, false),
    ("peak memory, MB", |row| Some(row.peak.median), false),
];

/// A peer whose calls mostly fail is ahead in nothing.
fn ahead<'a>(
    ours: &'a Summary,
    kind: Kind,
    (figure, of, more): Figure,
    summaries: &'a [Summary],
) -> Option<Ahead<'a>> {
    let than = of(ours)?;
    let peers = summaries.iter().filter(|peer| {
        let same = peer.mode == ours.mode && peer.subject.language == ours.subject.language;
        same && peer.subject.kind == kind && peer.failed < 0.5
    });
    let peers: Vec<(f64, &Summary)> = peers.filter_map(|peer| Some((of(peer)?, peer))).collect();
    let better = |one: f64, than: f64| if more { one > than } else { one < than };
    let leading = peers.iter().filter(|(its, _)| better(*its, than));
    let (its, best) = *leading.clone().reduce(|one, two| if better(two.0, one.0) { two } else { one })?;
    Some(Ahead { ours, figure, than, kind, best, its, ahead: leading.count(), of: peers.len() })
}

/// A row for each mode, figure and client of wamid's, and for each kind of peer that is ahead there.
pub(crate) fn table(summaries: &[Summary]) -> String {
    if !summaries.iter().any(|summary| summary.subject.ours()) {
        return "Nothing of wamid's was measured.\n".to_owned();
    }
    let mut text = String::new();
    for kind in [Kind::Sdk, Kind::Http] {
        for mode in MODES {
            let ours = summaries.iter().filter(|row| row.subject.ours() && row.mode == mode);
            let found = ours.flat_map(|ours| {
                FIGURES.into_iter().filter_map(move |figure| ahead(ours, kind, figure, summaries))
            });
            found.for_each(|found| row(&mut text, &found));
        }
    }
    if text.is_empty() {
        return "Nowhere in the tables above.\n".to_owned();
    }
    let head = "| | figure | wamid | its figure | kind | ahead | the best of them | its figure |\n\
                | --- | --- | --- | --: | --- | --- | --- | --: |\n";
    format!(
        "An SDK knows WhatsApp; a plain HTTP client does not, and neither checks what is sent nor says whether it was.\n\n{head}{text}"
    )
}

fn row(text: &mut String, found: &Ahead<'_>) {
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} of {} | {} | {} |",
        found.ours.mode.title(),
        found.figure,
        name(&found.ours.subject),
        short(found.than),
        found.kind.name(),
        found.ahead,
        found.of,
        name(&found.best.subject),
        short(found.its)
    );
}

#[cfg(test)]
mod tests {
    use super::super::modes::Mode;
    use super::super::summary::{summary, tests::cell};
    use super::table;

    #[test]
    fn the_best_that_is_ahead_is_named_with_how_many_and_one_that_fails_is_not() {
        let row = |language, name, multiple| summary(&cell(language, name, Mode::Many, &[multiple])).unwrap();
        let mut broken = row("python", "pywa-async", 1.0);
        broken.failed = 1.0;
        let rows = [
            row("python", "wamid-async", 5.0),
            row("python", "aiohttp", 4.0),
            row("python", "http.client", 3.0),
            row("python", "httpx", 9.0),
            row("python", "pywa", 4.5),
            broken,
            row("node", "undici", 1.0),
        ];
        let lines = [
            "| 64 in flight | CPU a message, µs | **python: wamid, asyncio** | 50.0 | SDK | 1 of 1 | python: pywa 4.5 | 45.0 |",
            "| 64 in flight | messages a second | **python: wamid, asyncio** | 20,000 | SDK | 1 of 1 | python: pywa 4.5 | 22,222 |",
            "| 64 in flight | CPU a message, µs | **python: wamid, asyncio** | 50.0 | plain HTTP client | 2 of 3 | python: http.client | 30.0 |",
            "| 64 in flight | messages a second | **python: wamid, asyncio** | 20,000 | plain HTTP client | 2 of 3 | python: http.client | 33,333 |",
        ];
        let text = table(&rows);
        assert!(text.ends_with(&format!("{}\n", lines.join("\n"))), "{text}");
        assert_eq!(table(&rows[3..4]), "Nothing of wamid's was measured.\n");
        assert_eq!(
            table(&[row("python", "wamid-async", 1.0), row("python", "pywa", 2.0)]),
            "Nowhere in the tables above.\n"
        );
    }
}
