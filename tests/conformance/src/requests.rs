//! Compares the requests a server saw with the expected ones, in order or in any.

use serde_json::{Value, json};

use crate::case::{ExpectedBody, ExpectedRequest};
use crate::compare::{Bindings, Comparison, Mode};
use crate::http::Request;
use crate::multipart::parts;

/// Where the search for an unordered match ends: far more attempts than a search that can succeed needs.
const ATTEMPTS: usize = 200_000;

/// Compares all requests of a case.
pub(crate) fn compare_requests(
    comparison: &mut Comparison,
    expected: &[ExpectedRequest],
    came: &[Request],
    unordered: bool,
) {
    if unordered && expected.len() == came.len() {
        return compare_unordered(comparison, expected, came);
    }
    if expected.len() != came.len() {
        comparison.differ("requests", count(expected.len()), summary(came));
    }
    // With the wrong number in no order there is no telling which is which.
    if !unordered {
        for (index, (expected, came)) in expected.iter().zip(came).enumerate() {
            compare_request(comparison, &format!("requests[{index}]"), expected, came);
        }
    }
}

fn count(requests: usize) -> String {
    if requests == 1 { "1 request".to_owned() } else { format!("{requests} requests") }
}

fn summary(came: &[Request]) -> String {
    let lines: Vec<String> = came.iter().take(10).map(Request::summary).collect();
    let more = if came.len() > 10 { ", …" } else { "" };
    match came.len() {
        0 => "none".to_owned(),
        number => format!("{}: {}{more}", count(number), lines.join(", ")),
    }
}

fn compare_request(comparison: &mut Comparison, place: &str, expected: &ExpectedRequest, came: &Request) {
    for (key, expected, came) in
        [("method", &expected.method, &came.method), ("path", &expected.path, &came.path)]
    {
        if let Some(expected) = expected {
            let came = Value::from(came.as_str());
            comparison.value(&format!("{place}.{key}"), expected, Some(&came), Mode::Equal);
        }
    }
    for (name, expected) in &expected.headers {
        let came = came.header(name).map(Value::from);
        let place = format!("{place}.headers.{name}");
        match (&came, expected) {
            // A header must be there, whatever it may not contain; a null says it must not.
            (None, Value::Null) => {}
            (None, _) => comparison.differ(&place, expected.to_string(), "nothing"),
            (Some(_), _) => comparison.value(&place, expected, came.as_ref(), Mode::Equal),
        }
    }
    for name in &expected.absent_headers {
        if let Some(value) = came.header(name) {
            comparison.differ(
                &format!("{place}.headers.{name}"),
                "no such header",
                Value::from(value).to_string(),
            );
        }
    }
    match &expected.body {
        None => {}
        Some(ExpectedBody::Text(expected)) => {
            let came = Value::from(came.text());
            comparison.value(&format!("{place}.body_text"), expected, Some(&came), Mode::Equal);
        }
        Some(ExpectedBody::Multipart(expected)) => {
            compare_parts(comparison, &format!("{place}.multipart"), expected, came);
        }
        Some(ExpectedBody::Json(expected)) => {
            let place = format!("{place}.json");
            match came.json() {
                Ok(json) => comparison.value(&place, expected, Some(json), Mode::Equal),
                Err(why) => {
                    comparison.differ(
                        &place,
                        expected.to_string(),
                        format!("no JSON ({why}): {}", came.text()),
                    );
                }
            }
        }
    }
}

/// Compares all parts of a form, by name; of a part what is listed.
fn compare_parts(comparison: &mut Comparison, place: &str, expected: &Value, came: &Request) {
    let parts = match parts(&came.header("content-type").unwrap_or_default(), came.body()) {
        Ok(parts) => parts,
        Err(why) => return comparison.differ(place, expected.to_string(), format!("no form ({why})")),
    };
    let expected = expected.as_object().into_iter().flatten().map(|(name, part)| match part {
        Value::String(text) if !text.starts_with('$') => (name, json!({ "text": text })),
        // A wildcard stands for the content.
        Value::String(_) => (name, json!({ "text": part })),
        Value::Object(keys) if keys.keys().any(|key| key.starts_with('$')) => (name, json!({ "text": part })),
        part => (name, part.clone()),
    });
    let mut unexpected: Vec<&String> = parts.iter().map(|(name, _)| name).collect();
    for (name, expected) in expected {
        let place = format!("{place}.{name}");
        unexpected.retain(|other| *other != name);
        let came: Vec<&Value> =
            parts.iter().filter(|(other, _)| other == name).map(|(_, part)| part).collect();
        match came.as_slice() {
            [part] => comparison.value(&place, &expected, Some(part), Mode::Listed),
            several => comparison.differ(&place, "one part of that name", several.len().to_string()),
        }
    }
    for name in unexpected {
        comparison.differ(&format!("{place}.{name}"), "no such part", "a part");
    }
}

/// Looks for an assignment in which every expected request has one of its own and all `$same` names agree.
fn compare_unordered(comparison: &mut Comparison, expected: &[ExpectedRequest], came: &[Request]) {
    let mut search = Search { expected, came, order: Vec::new(), attempts: 0 };
    let candidates = search.candidates(&comparison.bindings);
    if let Some(lonely) = candidates.iter().position(Vec::is_empty) {
        return search.explain(comparison, lonely);
    }
    // The most particular first: a choice that cannot work is then found out early.
    search.order = candidates.into_iter().enumerate().collect();
    search.order.sort_by_key(|(_, candidates)| candidates.len());
    match search.assign(0, &mut vec![false; came.len()], &comparison.bindings) {
        Some(bindings) => comparison.bindings = bindings,
        None if search.attempts >= ATTEMPTS => {
            comparison.differ("requests", "an order that fits", format!("none found in {ATTEMPTS} attempts"));
        }
        None => comparison.differ(
            "requests",
            "one request for each that is expected, with equal values at each $same",
            format!("no such order among {}", summary(came)),
        ),
    }
}

struct Search<'a> {
    expected: &'a [ExpectedRequest],
    came: &'a [Request],
    order: Vec<(usize, Vec<usize>)>,
    attempts: usize,
}

impl Search<'_> {
    /// For each expected request those that fit it when looked at alone.
    fn candidates(&self, bindings: &Bindings) -> Vec<Vec<usize>> {
        let fits = |expected, came: &usize| self.fits(expected, *came, bindings).is_some();
        let all = 0..self.came.len();
        (0..self.expected.len())
            .map(|expected| all.clone().filter(|came| fits(expected, came)).collect())
            .collect()
    }

    /// The names bound after a match. A failed attempt binds nothing.
    fn fits(&self, expected: usize, came: usize, bindings: &Bindings) -> Option<Bindings> {
        let mut attempt = Comparison::with(bindings.clone());
        compare_request(&mut attempt, "requests", &self.expected[expected], &self.came[came]);
        attempt.differences.is_empty().then_some(attempt.bindings)
    }

    fn assign(&mut self, depth: usize, taken: &mut [bool], bindings: &Bindings) -> Option<Bindings> {
        let Some((expected, candidates)) = self.order.get(depth).cloned() else {
            return Some(bindings.clone());
        };
        for came in candidates {
            if taken[came] || self.attempts >= ATTEMPTS {
                continue;
            }
            self.attempts += 1;
            let Some(bindings) = self.fits(expected, came, bindings) else {
                continue;
            };
            taken[came] = true;
            let found = self.assign(depth + 1, taken, &bindings);
            if found.is_some() {
                return found;
            }
            taken[came] = false;
        }
        None
    }

    /// Says how the nearest request differs from one that nothing fits.
    fn explain(&self, comparison: &mut Comparison, lonely: usize) {
        let attempts = self.came.iter().enumerate().map(|(index, came)| {
            let mut attempt = Comparison::with(comparison.bindings.clone());
            let place = format!("requests[{lonely}] (nearest: number {})", index + 1);
            compare_request(&mut attempt, &place, &self.expected[lonely], came);
            attempt.differences
        });
        comparison.differences.extend(attempts.min_by_key(Vec::len).unwrap_or_default());
    }
}
