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
    pub(crate) kind: Kind,
    modes: &'static [Mode],
    /// Whether it shares its thread with an event loop, whose delay says something.
    pub(crate) in_loop: bool,
}

/// What a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ours,
    /// Another one that knows WhatsApp.
    Sdk,
    /// An HTTP client that knows nothing of WhatsApp.
    Http,
}

impl Kind {
    /// As a reader knows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "wamid",
            Self::Sdk => "SDK",
            Self::Http => "plain HTTP client",
        }
    }
}

const ALL: &[Mode] = &super::modes::MODES;
const ONE: &[Mode] = &[Mode::One];
const AT_ONCE: &[Mode] = &[Mode::Many, Mode::Crowd, Mode::Tls];
const PLAIN: &[Mode] = &[Mode::One, Mode::Many, Mode::Crowd];

const fn sdk(language: &'static str, name: &'static str, label: &'static str) -> Subject {
    Subject { language, name, label, kind: Kind::Sdk, modes: ALL, in_loop: false }
}

const fn http(language: &'static str, name: &'static str, label: &'static str) -> Subject {
    Subject { kind: Kind::Http, ..sdk(language, name, label) }
}

const fn ours(
    language: &'static str,
    name: &'static str,
    label: &'static str,
    modes: &'static [Mode],
) -> Subject {
    Subject { language, name, label, kind: Kind::Ours, modes, in_loop: false }
}

const fn in_loop(subject: Subject) -> Subject {
    Subject { in_loop: true, ..subject }
}

/// All of them, in the order of the tables.
pub(crate) const SUBJECTS: &[Subject] = &[
    Subject { modes: PLAIN, ..http("rust", "hyper", "hyper 1.12") },
    http("rust", "reqwest", "reqwest 0.13"),
    sdk("rust", "whatsapp-business-rs", "whatsapp-business-rs 0.5"),
    ours("rust", "wamid", "wamid", ALL),
    ours("rust", "wamid-many", "wamid `send_many`", AT_ONCE),
    http("python", "http.client", "http.client"),
    in_loop(http("python", "aiohttp", "aiohttp 3.14")),
    in_loop(http("python", "httpx", "httpx 0.28 (async)")),
    sdk("python", "pywa", "pywa 4.5"),
    in_loop(sdk("python", "pywa-async", "pywa 4.5 (async)")),
    sdk("python", "django-meta-whatsapp", "django-meta-whatsapp 1.1"),
    ours("python", "wamid", "wamid", ONE),
    ours("python", "wamid-threads", "wamid, threads", AT_ONCE),
    in_loop(ours("python", "wamid-async", "wamid, asyncio", ALL)),
    in_loop(ours("python", "wamid-many", "wamid `send_many`", AT_ONCE)),
    in_loop(http("node", "undici", "undici 7.30")),
    in_loop(http("node", "node:http", "node:http")),
    in_loop(http("node", "fetch", "fetch")),
    in_loop(sdk("node", "whatsapp-api-js", "whatsapp-api-js 6.3")),
    in_loop(sdk("node", "@kapso/whatsapp-cloud-api", "@kapso/whatsapp-cloud-api 0.3")),
    in_loop(sdk("node", "@great-detail/whatsapp", "@great-detail/whatsapp 8.4")),
    in_loop(ours("node", "wamid", "wamid", ALL)),
    in_loop(ours("node", "wamid-many", "wamid `sendMany`", AT_ONCE)),
    http("kotlin", "java.net.http", "java.net.http"),
    http("kotlin", "okhttp", "OkHttp 5"),
    ours("kotlin", "wamid", "wamid", ALL),
    ours("kotlin", "wamid-many", "wamid `sendMany`", AT_ONCE),
    http("swift", "URLSession", "URLSession"),
    ours("swift", "wamid", "wamid", ALL),
    ours("swift", "wamid-many", "wamid `sendMany`", AT_ONCE),
];

impl Subject {
    pub(crate) fn ours(&self) -> bool {
        self.kind == Kind::Ours
    }

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

/// What importing may take over the bare interpreter, in milliseconds.
pub(crate) const IMPORTS: [(&str, f64); 2] = [("python", 30.0), ("node", 20.0)];

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
    use super::{IMPORTS, LIMITS, SUBJECTS};

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
        for (language, _) in IMPORTS {
            assert!(SUBJECTS.iter().any(|subject| (subject.language, subject.name) == (language, "wamid")));
        }
    }
}
