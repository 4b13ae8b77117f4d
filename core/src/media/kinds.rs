//! Meta's table of files: which types it takes, and how large they may be.
//! (Meta: "media" reference, supported media types.)

use crate::error::Error;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// What a file of a kind may be.
struct Rule {
    /// The `type` of the message that takes it.
    kind: &'static str,
    types: &'static [&'static str],
    most: u64,
}

const RULES: [Rule; 5] = [
    Rule {
        kind: "audio",
        types: &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        most: 16 * MIB,
    },
    Rule {
        kind: "document",
        types: &[
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ],
        most: 100 * MIB,
    },
    Rule { kind: "image", types: &["image/jpeg", "image/png"], most: 5 * MIB },
    Rule { kind: "sticker", types: &["image/webp"], most: 500 * KIB },
    Rule { kind: "video", types: &["video/mp4", "video/3gpp"], most: 16 * MIB },
];

/// The types of all kinds, each once.
pub fn media_types() -> impl Iterator<Item = &'static str> {
    RULES.iter().flat_map(|rule| rule.types.iter().copied())
}

/// A sticker that does not move.
const STILL_STICKER: u64 = 100 * KIB;

/// Checks type and size before anything is uploaded; against the row of `kind` where the file is for a message. `source` is the argument
/// that the file came as, `animated` whether a WebP moves.
pub(crate) fn check_size(
    mime_type: &str,
    size: u64,
    animated: bool,
    kind: Option<&str>,
    source: &str,
) -> Result<(), Error> {
    let named = base(mime_type);
    let rule = RULES
        .iter()
        .find(|rule| kind.is_none_or(|kind| kind == rule.kind) && rule.types.contains(&named.as_str()));
    let Some(rule) = rule else {
        let taken = kind.and_then(|kind| RULES.iter().find(|rule| rule.kind == kind));
        let rule = match taken {
            Some(rule) => format!(
                "must be one that Meta takes as {} ({}); {named} is none",
                rule.kind,
                rule.types.join(", ")
            ),
            None => format!("must be one that Meta takes; {named} is none"),
        };
        return Err(Error::invalid("mime_type", rule));
    };
    if size == 0 {
        return Err(Error::invalid(source, "must not be empty"));
    }
    let most = if rule.kind == "sticker" && !animated { STILL_STICKER } else { rule.most };
    if size > most {
        let what = if rule.kind == "sticker" && !animated { "sticker that does not move" } else { rule.kind };
        return Err(Error::invalid(
            source,
            format!("has {size} bytes; Meta takes at most {most} of a file that is sent as {what}"),
        ));
    }
    Ok(())
}

/// A MIME type without its parameters.
fn base(mime_type: &str) -> String {
    mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_holds_at_its_edge() {
        for (mime_type, animated, most) in [
            ("image/jpeg", false, 5 * MIB),
            ("image/webp", false, 100 * KIB),
            ("image/webp", true, 500 * KIB),
            ("video/mp4", false, 16 * MIB),
            ("audio/ogg; codecs=opus", false, 16 * MIB),
            ("application/pdf", false, 100 * MIB),
        ] {
            assert!(check_size(mime_type, most, animated, None, "file").is_ok(), "{mime_type}");
            let error = check_size(mime_type, most + 1, animated, None, "file").unwrap_err();
            assert_eq!(error.field(), Some("file"), "{mime_type}");
        }
    }

    /// `docs/media.md` has the same table.
    #[test]
    fn the_page_on_files_has_each_type_in_the_row_of_its_kind() {
        let page = include_str!("../../../docs/media.md");
        for rule in RULES {
            let row = page.lines().find(|line| line.starts_with(&format!("| {} |", rule.kind))).unwrap();
            for named in rule.types {
                assert!(row.contains(&format!("`{named}`")), "{row}: {named}");
            }
            let most = if rule.most < MIB {
                format!("{} KB", rule.most / KIB)
            } else {
                format!("{} MB", rule.most / MIB)
            };
            assert!(row.contains(&most), "{row}: {most}");
        }
    }

    #[test]
    fn a_type_is_held_to_the_row_of_its_kind() {
        assert_eq!(check_size("image/gif", 1, false, None, "data").unwrap_err().field(), Some("mime_type"));
        let error = check_size("image/png", 1, false, Some("video"), "data").unwrap_err();
        assert_eq!(error.field(), Some("mime_type"));
        assert_eq!(check_size("image/png", 0, false, None, "data").unwrap_err().field(), Some("data"));
    }
}
