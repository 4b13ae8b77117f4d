//! What a file is, by its name or its first bytes.

/// Of the types that Meta takes, by the endings of names.
const ENDINGS: [(&str, &str); 21] = [
    ("aac", "audio/aac"),
    ("amr", "audio/amr"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("txt", "text/plain"),
    ("csv", "text/plain"),
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("mp4", "video/mp4"),
    ("3gp", "video/3gpp"),
];

/// How many of the first bytes are looked at.
pub(crate) const LOOKED_AT: usize = 32;

/// The MIME type by the name's ending, else by the first bytes.
pub(crate) fn infer(name: Option<&str>, first: &[u8]) -> Option<&'static str> {
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    let by_name =
        ending.and_then(|ending| ENDINGS.iter().find(|(known, _)| *known == ending)).map(|(_, mime)| *mime);
    by_name.or_else(|| by_content(first))
}

fn by_content(first: &[u8]) -> Option<&'static str> {
    let at = |from: usize, bytes: &[u8]| first.get(from..from + bytes.len()) == Some(bytes);
    Some(match first {
        _ if at(0, b"\xFF\xD8\xFF") => "image/jpeg",
        _ if at(0, b"\x89PNG\r\n\x1A\n") => "image/png",
        _ if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        _ if at(0, b"%PDF-") => "application/pdf",
        _ if at(0, b"OggS") => "audio/ogg",
        _ if at(0, b"#!AMR") => "audio/amr",
        _ if at(0, b"ID3") || at(0, b"\xFF\xFB") || at(0, b"\xFF\xF3") => "audio/mpeg",
        _ if at(0, b"\xFF\xF1") || at(0, b"\xFF\xF9") => "audio/aac",
        _ if at(4, b"ftyp3g") => "video/3gpp",
        _ if at(4, b"ftypM4A") => "audio/mp4",
        _ if at(4, b"ftyp") => "video/mp4",
        _ => return None,
    })
}

/// Whether a WebP moves, which a flag of its first chunk says.
pub(crate) fn is_animated(first: &[u8]) -> bool {
    first.get(12..16) == Some(b"VP8X") && first.get(20).is_some_and(|flags| flags & 0x02 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_more_than_bytes_and_bytes_help_where_it_says_nothing() {
        assert_eq!(infer(Some("photo.JPG"), b""), Some("image/jpeg"));
        assert_eq!(infer(Some("photo"), b"\x89PNG\r\n\x1A\n"), Some("image/png"));
        assert_eq!(infer(None, b"\0\0\0\x18ftypmp42"), Some("video/mp4"));
        assert_eq!(infer(Some("x.exe"), b"MZ"), None);
    }

    #[test]
    fn a_webp_moves_where_its_flag_says_so() {
        let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x02".to_vec();
        assert!(is_animated(&webp));
        webp[20] = 0x10;
        assert!(!is_animated(&webp));
        assert!(!is_animated(b"RIFF\0\0\0\0WEBPVP8L"));
    }
}
