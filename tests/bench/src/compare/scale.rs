//! How much is measured: all of it, all of it quickly, or what has to be reached.

use super::modes::Mode;
use super::subject::{Kind, LIMITS, Subject};

/// What a run of the bench is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// For the document.
    Full,
    /// For a look.
    Quick,
    /// For what has to be reached, and for nothing else.
    Musts,
}

impl Scale {
    pub(crate) fn rounds(self) -> usize {
        if self == Self::Quick { 3 } else { 5 }
    }

    /// In how many of the rounds a subject is measured in a mode. The floor is not asked for: it stands beside all others.
    pub(crate) fn rounds_of(self, subject: &Subject, mode: Mode) -> usize {
        if !subject.in_mode(mode) || subject.is_floor(mode) {
            0
        } else if self == Self::Quick && mode == Mode::Crowd && !subject.ours() {
            // A thousand in flight take longest, and once is enough to see how far apart they are.
            1
        } else if self != Self::Musts || limited(subject, mode) {
            self.rounds()
        } else {
            // Its memory, which hardly differs from run to run, is one side of a must.
            usize::from(mode == Mode::Many && subject.kind != Kind::Http && has_limits(subject.language))
        }
    }

    /// How long a run lasts, after the warm-up. Of a peer nobody wants to know as precisely as of wamid and the floor.
    pub(crate) fn seconds(self, kind: Kind) -> f64 {
        match (self, kind) {
            (Self::Musts, Kind::Ours) => 1.5,
            (Self::Full, Kind::Ours) => 1.0,
            (Self::Full, _) => 0.5,
            (Self::Quick, Kind::Ours) => 0.4,
            (Self::Quick | Self::Musts, _) => 0.3,
        }
    }

    /// What takes more seconds than this, started and warmed up, is not run again.
    pub(crate) fn patience(self) -> f64 {
        if self == Self::Full { 10.0 } else { 6.0 }
    }

    /// After so many seconds the floor is measured again: a machine changes its pace.
    pub(crate) fn floor_lasts(self) -> f64 {
        if self == Self::Musts { 0.0 } else { 20.0 }
    }

    /// How often a module is imported.
    pub(crate) fn imports(self, subject: &Subject) -> usize {
        if subject.ours() { 9 } else { 3 }
    }

    /// How often an event loop is watched.
    pub(crate) fn bursts(self) -> usize {
        match self {
            Self::Full => 3,
            Self::Quick => 1,
            Self::Musts => 0,
        }
    }

    /// Whether a language is measured where none is named.
    pub(crate) fn has(self, language: &str) -> bool {
        self != Self::Musts || has_limits(language)
    }
}

fn limited(subject: &Subject, mode: Mode) -> bool {
    LIMITS
        .iter()
        .any(|limit| (limit.language, limit.name, limit.mode) == (subject.language, subject.name, mode))
}

fn has_limits(language: &str) -> bool {
    LIMITS.iter().any(|limit| limit.language == language)
}

#[cfg(test)]
mod tests {
    use super::super::modes::{MODES, Mode};
    use super::super::subject::{LIMITS, SUBJECTS};
    use super::Scale;

    #[test]
    fn the_musts_are_what_has_a_limit_and_once_whose_memory_is_compared() {
        let rounds = |language: &str, name: &str, mode: Mode| {
            let is = |subject: &&super::Subject| (subject.language, subject.name) == (language, name);
            Scale::Musts.rounds_of(SUBJECTS.iter().find(is).unwrap(), mode)
        };
        for limit in &LIMITS {
            assert_eq!(rounds(limit.language, limit.name, limit.mode), 5);
        }
        assert_eq!(rounds("python", "pywa", Mode::Many), 1);
        assert_eq!(rounds("rust", "wamid-many", Mode::Many), 1);
        assert_eq!(rounds("python", "pywa", Mode::One), 0);
        assert_eq!(rounds("python", "aiohttp", Mode::Many), 0);
        assert_eq!(rounds("swift", "wamid", Mode::Many), 0);
        let pywa = SUBJECTS.iter().find(|subject| subject.name == "pywa").unwrap();
        assert_eq!([Mode::Many, Mode::Crowd].map(|mode| Scale::Quick.rounds_of(pywa, mode)), [3, 1]);
        assert!(!Scale::Musts.has("kotlin") && Scale::Musts.has("node") && Scale::Quick.has("kotlin"));
    }

    #[test]
    fn what_is_run_for_the_document_is_run_five_times() {
        for mode in MODES {
            for subject in SUBJECTS.iter().filter(|subject| subject.in_mode(mode) && !subject.is_floor(mode))
            {
                assert_eq!(Scale::Full.rounds_of(subject, mode), 5, "{}", subject.name);
            }
        }
    }
}
