//! What had to be reached: CPU as a multiple of the floor, memory beside the other SDKs, importing.

use std::fmt::Write;

use super::extras::Extra;
use super::figures::{Spread, short};
use super::modes::Mode;
use super::subject::{IMPORTS, Kind, LIMITS};
use super::summary::Summary;

/// One row; what was not measured has no figure.
struct Must {
    client: String,
    figure: String,
    found: Option<Spread>,
    must: f64,
    /// Of a must that is another's figure, whose.
    whose: Option<&'static str>,
    aim: Option<f64>,
}

/// All of them. The median is what is judged.
pub(crate) fn table(summaries: &[Summary], extras: &[Extra]) -> String {
    let mut text =
        "| wamid | | median (least to greatest) | must | aim | |\n| --- | --- | --: | --: | --: | --- |\n"
            .to_owned();
    let musts = cpu(summaries).chain(memory(summaries)).chain(imports(extras));
    for must in musts {
        let said = match must.found.map(|found| found.median) {
            None => "not measured",
            Some(found) if found > must.must => "**not reached**",
            Some(found) if must.aim.is_some_and(|aim| found <= aim) => "reached, and the aim",
            Some(_) => "reached",
        };
        let whose = must.whose.map(|whose| format!(" ({whose})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {}{whose} | {} | {said} |",
            must.client,
            must.figure,
            must.found.map_or_else(|| "–".to_owned(), |found| found.to_string()),
            short(must.must),
            must.aim.map_or_else(|| "–".to_owned(), short)
        );
    }
    text
}

fn cpu(summaries: &[Summary]) -> impl Iterator<Item = Must> {
    LIMITS.iter().map(|limit| {
        let row = summaries.iter().find(|row| {
            (row.subject.language, row.subject.name, row.mode) == (limit.language, limit.name, limit.mode)
        });
        Must {
            client: format!("{} {}", limit.language, limit.name),
            figure: format!("{}, CPU × floor", limit.mode.title()),
            found: row.map(|row| row.multiple),
            must: limit.must,
            whose: None,
            aim: limit.aim,
        }
    })
}

/// With 64 in flight, where the language has other SDKs: not more than the least of theirs.
fn memory(summaries: &[Summary]) -> impl Iterator<Item = Must> {
    let many = || summaries.iter().filter(|row| row.mode == Mode::Many);
    many().filter(|row| row.subject.ours()).filter_map(move |ours| {
        let peers = many().filter(|row| {
            row.subject.kind == Kind::Sdk && row.subject.language == ours.subject.language && row.failed < 0.5
        });
        let least = peers.min_by(|one, two| one.peak.median.total_cmp(&two.peak.median))?;
        Some(Must {
            client: format!("{} {}", ours.subject.language, ours.subject.name),
            figure: format!("{}, peak memory, MB", Mode::Many.title()),
            found: Some(ours.peak),
            must: least.peak.median,
            whose: Some(least.subject.label),
            aim: None,
        })
    })
}

fn imports(extras: &[Extra]) -> impl Iterator<Item = Must> {
    IMPORTS.into_iter().map(|(language, must)| {
        let is = |extra: &&Extra| (extra.subject.language, extra.subject.name) == (language, "wamid");
        Must {
            client: format!("{language} wamid"),
            figure: "importing, ms over the bare interpreter".to_owned(),
            found: extras.iter().find(is).and_then(|extra| extra.import),
            must,
            whose: None,
            aim: None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::extras::Extra;
    use super::super::figures::Spread;
    use super::super::modes::Mode;
    use super::super::summary::{summary, tests::cell};
    use super::table;

    #[test]
    fn each_must_says_what_was_found_and_whether_it_is_enough() {
        let mut rows = [
            ("python", "wamid-async", &[3.1, 2.9, 3.2][..]),
            ("python", "wamid-many", &[1.2]),
            ("python", "pywa", &[60.0]),
            ("python", "django-meta-whatsapp", &[70.0]),
            ("python", "aiohttp", &[9.0]),
        ]
        .map(|(language, name, multiples)| summary(&cell(language, name, Mode::Many, multiples)).unwrap());
        let peak = |median: f64| Spread { median, least: median - 1.0, greatest: median + 2.0 };
        for (row, megabytes) in rows.iter_mut().zip([33.0, 37.0, 41.0, 35.5, 20.0]) {
            row.peak = peak(megabytes);
        }
        let import = Spread { median: 31.0, least: 28.0, greatest: 40.0 };
        let subject = super::super::subject::SUBJECTS
            .iter()
            .find(|subject| subject.name == "wamid" && subject.language == "python");
        let extra = Extra {
            subject: *subject.unwrap(),
            import: Some(import),
            bytes: None,
            loop_p99: None,
            loop_max: None,
        };
        let text = table(&rows, &[extra]);
        let has = |line: &str| assert!(text.contains(line), "{line}\n{text}");
        has(
            "| python wamid-async | 64 in flight, CPU × floor | 3.10 (2.90 to 3.20) | 3.00 | 2.00 | **not reached** |",
        );
        has(
            "| python wamid-many | 64 in flight, CPU × floor | 1.20 (1.20 to 1.20) | 1.90 | 1.30 | reached, and the aim |",
        );
        has("| node wamid | 64 in flight, CPU × floor | – | 3.20 | 2.00 | not measured |");
        has(
            "| python wamid-async | 64 in flight, peak memory, MB | 33.0 (32.0 to 35.0) | 35.5 (django-meta-whatsapp 1.1) | – | reached |",
        );
        has(
            "| python wamid-many | 64 in flight, peak memory, MB | 37.0 (36.0 to 39.0) | 35.5 (django-meta-whatsapp 1.1) | – | **not reached** |",
        );
        has(
            "| python wamid | importing, ms over the bare interpreter | 31.0 (28.0 to 40.0) | 30.0 | – | **not reached** |",
        );
        has("| node wamid | importing, ms over the bare interpreter | – | 20.0 | – | not measured |");
    }
}
