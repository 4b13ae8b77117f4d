//! Bars: CPU a message as a multiple of the floor, on a scale where each line is twice the one before.

use std::fmt::Write;

use super::figures::short;
use super::modes::Mode;
use super::summary::Summary;

const ROW: f64 = 22.0;
const LEFT: f64 = 250.0;
const WIDTH: f64 = 900.0;
const TOP: f64 = 64.0;

/// The picture of one mode; a subject without figures has no bar.
pub(crate) fn bars(summaries: &[Summary], mode: Mode) -> String {
    let rows: Vec<_> = summaries.iter().filter(|summary| summary.mode == mode).collect();
    let greatest = rows.iter().map(|row| row.multiple.median).fold(2.0, f64::max);
    let place = |multiple: f64| (WIDTH - LEFT - 70.0) * multiple.max(1.0).log2() / greatest.log2();
    let languages = rows.chunk_by(|one, other| one.subject.language == other.subject.language).count();
    let height = TOP + ROW * (rows.len() + languages) as f64 + 16.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"bold\">CPU a message, {}: multiples of raw {}</text>\n\
         <text x=\"16\" y=\"46\" fill=\"#555555\">Shorter is better. Each line is twice the one before.</text>\n",
        mode.title(),
        mode.floor()
    );
    let mut line = 1.0;
    while line <= greatest {
        let x = LEFT + place(line);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{:.1}\" stroke=\"#dddddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" fill=\"#999999\" \
             font-size=\"10\" text-anchor=\"middle\">{line}</text>",
            height - 16.0,
            height - 4.0
        );
        line *= 2.0;
    }
    let mut y = TOP;
    let mut language = "";
    for row in rows {
        if row.subject.language != language {
            language = row.subject.language;
            let _ =
                writeln!(svg, "<text x=\"16\" y=\"{:.1}\" font-weight=\"bold\">{language}</text>", y + 15.0);
            y += ROW;
        }
        // Nothing is as short as not to be seen.
        let (length, text) = (place(row.multiple.median).max(2.0), y + 15.0);
        let (fill, weight) = if row.subject.ours() { ("#0a7d4f", "bold") } else { ("#9aa5b1", "normal") };
        let failed = if row.failed > 0.01 { ", calls failed" } else { "" };
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{text:.1}\" text-anchor=\"end\" font-weight=\"{weight}\">{}</text>\
             <rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{length:.1}\" height=\"16\" fill=\"{fill}\"/>\
             <text x=\"{:.1}\" y=\"{text:.1}\">{}{failed}</text>",
            LEFT - 8.0,
            escaped(&row.subject.label.replace('`', "")),
            y + 3.0,
            LEFT + length + 6.0,
            short(row.multiple.median)
        );
        y += ROW;
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::super::modes::Mode;
    use super::super::summary::{summary, tests::cell};
    use super::bars;

    #[test]
    fn each_bar_is_as_long_as_its_multiple_says_and_ours_stand_out() {
        let rows = [("rust", "hyper", 1.0), ("python", "wamid-async", 2.0), ("python", "pywa", 4.0)];
        let rows = rows.map(|(language, name, multiple)| {
            summary(&cell(language, name, Mode::Many, &[multiple])).unwrap()
        });
        let svg = bars(&rows, Mode::Many);
        // Twice the floor is halfway to four times.
        assert!(svg.contains(r##"width="290.0" height="16" fill="#0a7d4f""##), "{svg}");
        assert!(svg.contains(r##"width="580.0" height="16" fill="#9aa5b1""##), "{svg}");
        assert!(svg.contains(">wamid, asyncio<") && svg.matches("font-weight=\"bold\">python<").count() == 1);
        assert_eq!(bars(&rows, Mode::One).matches("<rect").count(), 1);
    }
}
