//! What is measured, language by language.

use super::modes::Mode;

/// One client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) language: &'static str,
    /// As its language's client knows it.
    pub(crate) name: &'static str,
    /// As a reader knows it.
    pub(crate) label: &'static str,
    pub(crate) ours: bool,
    modes: &'static [Mode],
    /// Whether it shares its thread with an event loop, whose delay says something.
    pub(crate) in_loop: bool,
}

const ALL: &[Mode] = &super::modes::MODES;
const ONE: &[Mode] = &[Mode::One];
const AT_ONCE: &[Mode] = &[Mode::Many, Mode::Crowd, Mode::Tls];
const PLAIN: &[Mode] = &[Mode::One, Mode::Many, Mode::Crowd];

const fn peer(language: &'static str, name: &'static str, label: &'static str) -> Subject {
    Subject { language, name, label, ours: false, modes: ALL, in_loop: false }
}

const fn ours(
    language: &'static str,
    name: &'static str,
    label: &'static str,
    modes: &'static [Mode],
) -> Subject {
    Subject { language, name, label, ours: true, modes, in_loop: false }
}

const fn in_loop(subject: Subject) -> Subject {
    Subject { in_loop: true, ..subject }
}

/// All of them, in the order of the tables.
pub(crate) const SUBJECTS: &[Subject] = &[
    Subject { modes: PLAIN, ..peer("rust", "hyper", "hyper 1.12") },
    peer("rust", "reqwest", "reqwest 0.13"),
    peer("rust", "whatsapp-business-rs", "whatsapp-business-rs 0.5"),
    ours("rust", "wamid", "wamid", ALL),
    ours("rust", "wamid-many", "wamid `send_many`", AT_ONCE),
    peer("python", "http.client", "http.client"),
    in_loop(peer("python", "aiohttp", "aiohttp 3.14")),
    in_loop(peer("python", "httpx", "httpx 0.28 (async)")),
    peer("python", "pywa", "pywa 4.5"),
    in_loop(peer("python", "pywa-async", "pywa 4.5 (async)")),
    peer("python", "django-meta-whatsapp", "django-meta-whatsapp 1.1"),
    ours("python", "wamid", "wamid", ONE),
    ours("python", "wamid-threads", "wamid, threads", AT_ONCE),
    in_loop(ours("python", "wamid-async", "wamid, asyncio", ALL)),
    in_loop(ours("python", "wamid-many", "wamid `send_many`", AT_ONCE)),
    in_loop(peer("node", "undici", "undici 7.30")),
    in_loop(peer("node", "node:http", "node:http")),
    in_loop(peer("node", "fetch", "fetch")),
    in_loop(peer("node", "whatsapp-api-js", "whatsapp-api-js 6.3")),
    in_loop(peer("node", "@kapso/whatsapp-cloud-api", "@kapso/whatsapp-cloud-api 0.3")),
    in_loop(peer("node", "@great-detail/whatsapp", "@great-detail/whatsapp 8.4")),
    in_loop(ours("node", "wamid", "wamid", ALL)),
    in_loop(ours("node", "wamid-many", "wamid `sendMany`", AT_ONCE)),
    peer("kotlin", "java.net.http", "java.net.http"),
    peer("kotlin", "okhttp", "OkHttp 5"),
    ours("kotlin", "wamid", "wamid", ALL),
    ours("kotlin", "wamid-many", "wamid `sendMany`", AT_ONCE),
    peer("swift", "URLSession", "URLSession"),
    ours("swift", "wamid", "wamid", ALL),
    ours("swift", "wamid-many", "wamid `sendMany`", AT_ONCE),
];

impl Subject {
    pub(crate) fn in_mode(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }

    pub(crate) fn is_floor(&self, mode: Mode) -> bool {
        self.language == "rust" && self.name == mode.floor()
    }
}

/// What a subject has to stay under, as a multiple of the floor.
pub(crate) struct Limit {
    pub(crate) language: &'static str,
    pub(crate) name: &'static str,
    pub(crate) mode: Mode,
    pub(crate) must: f64,
    pub(crate) aim: Option<f64>,
}

const fn limit(language: &'static str, name: &'static str, mode: Mode, must: f64, aim: Option<f64>) -> Limit {
    Limit { language, name, mode, must, aim }
}

pub(crate) const LIMITS: [Limit; 9] = [
    limit("rust", "wamid", Mode::Many, 1.6, Some(1.2)),
    limit("python", "wamid-many", Mode::Many, 1.9, Some(1.3)),
    limit("python", "wamid-async", Mode::Many, 3.0, Some(2.0)),
    limit("python", "wamid-threads", Mode::Many, 5.0, None),
    limit("node", "wamid", Mode::Many, 3.2, Some(2.0)),
    limit("node", "wamid-many", Mode::Many, 1.9, Some(1.3)),
    limit("rust", "wamid", Mode::One, 1.15, None),
    limit("python", "wamid", Mode::One, 1.5, None),
    limit("node", "wamid", Mode::One, 1.9, None),
];

#[cfg(test)]
mod tests {
    use super::super::modes::MODES;
    use super::{LIMITS, SUBJECTS};

    #[test]
    fn each_mode_has_one_floor_and_each_limit_a_subject_that_is_measured() {
        for mode in MODES {
            let floors = SUBJECTS.iter().filter(|subject| subject.is_floor(mode) && subject.in_mode(mode));
            assert_eq!(floors.count(), 1);
        }
        for limit in &LIMITS {
            let measured = SUBJECTS.iter().any(|subject| {
                (subject.language, subject.name) == (limit.language, limit.name)
                    && subject.in_mode(limit.mode)
            });
            assert!(measured, "{} {}", limit.language, limit.name);
        }
    }
}
