//! Medians, spreads, and what a run prints.

use serde_json::Value;

/// What one run told of itself, and what was seen from outside meanwhile.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Run {
    pub(crate) calls: f64,
    /// Microseconds a call.
    pub(crate) cpu: f64,
    /// Calls a second.
    pub(crate) rate: f64,
    /// Microseconds; none of a bulk, whose calls are not seen one by one.
    pub(crate) p50: Option<f64>,
    pub(crate) p99: Option<f64>,
    /// Kilobytes.
    pub(crate) peak: f64,
    pub(crate) failed: f64,
    pub(crate) connections: f64,
    /// CPU as a multiple of the floor's in the same round.
    pub(crate) multiple: f64,
    /// Share of the machine that others took.
    pub(crate) others: f64,
    /// Seconds, with starting and warming up.
    pub(crate) wall: f64,
}

impl Run {
    /// From the line that every client prints.
    pub(crate) fn read(line: &str) -> Result<Self, String> {
        let told: Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
        let number = |name: &str| told[name].as_f64();
        let needed = |name: &str| number(name).ok_or_else(|| format!("no {name} in {line}"));
        Ok(Self {
            calls: needed("calls")?,
            cpu: needed("cpu_us")?,
            rate: needed("rate")?,
            p50: number("p50_us"),
            p99: number("p99_us"),
            peak: needed("peak_kb")?,
            failed: number("failed").unwrap_or(0.0),
            ..Self::default()
        })
    }
}

/// The middle one; of an even number the mean of the middle two.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some((sorted.get(middle - 1)? + upper) / 2.0) }
}

/// Of some values the median, the least and the greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) greatest: f64,
}

impl Spread {
    /// None of no values.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        Some(Self {
            median: median(values)?,
            least: values.iter().copied().min_by(f64::total_cmp)?,
            greatest: values.iter().copied().max_by(f64::total_cmp)?,
        })
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} ({} to {})", short(self.median), short(self.least), short(self.greatest))
    }
}

/// A number with as many digits as it deserves: 1.04, 12.3, 870, 12,345.
pub(crate) fn short(value: f64) -> String {
    match value.abs() {
        size if size < 9.995 => format!("{value:.2}"),
        size if size < 99.95 => format!("{value:.1}"),
        _ => grouped(value.round() as i64),
    }
}

fn grouped(value: i64) -> String {
    let digits = value.abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Run, Spread, median, short};

    #[test]
    fn medians_and_spreads_do_not_depend_on_the_order() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[]), None);
        let spread = Spread::of(&[3.0, 1.0, 2.0]).unwrap();
        assert_eq!(spread.to_string(), "2.00 (1.00 to 3.00)");
        assert_eq!(Spread::of(&[]), None);
    }

    #[test]
    fn numbers_are_as_long_as_they_deserve() {
        let texts = [1.044, 12.34, 9.999, 870.4, 1_234_567.0].map(short);
        assert_eq!(texts, ["1.04", "12.3", "10.0", "870", "1,234,567"]);
    }

    #[test]
    fn a_run_without_latencies_is_read_and_one_without_cpu_is_not() {
        let line = r#"{"calls":10,"cpu_us":9.5,"rate":1e4,"p50_us":null,"p99_us":null,"peak_kb":1000}"#;
        let run = Run::read(line).unwrap();
        assert_eq!((run.cpu, run.p50, run.failed), (9.5, None, 0.0));
        assert!(Run::read(r#"{"calls":10,"rate":1,"peak_kb":1}"#).unwrap_err().contains("cpu_us"));
    }
}
