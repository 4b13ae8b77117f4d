//! The parts of a `multipart/form-data` body.

/// One part.
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) filename: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: &'a [u8],
}

/// The parts of a body, if it is one of these.
pub(super) fn read<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return None;
    }
    let boundary = parameter(content_type, "boundary")?;
    let delimiter = format!("--{boundary}").into_bytes();
    let mut rest = body.get(find(body, &delimiter)? + delimiter.len()..)?;
    let between = [b"\r\n", delimiter.as_slice()].concat();
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n")?;
        let end = find(rest, &between)?;
        let (part, after) = (rest.get(..end)?, rest.get(end + between.len()..)?);
        let head = find(part, b"\r\n\r\n")?;
        let headers = std::str::from_utf8(part.get(..head)?).ok()?;
        let header = |name: &str| {
            headers.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let disposition = header("content-disposition")?;
        parts.push(Part {
            name: parameter(&disposition, "name")?,
            filename: parameter(&disposition, "filename"),
            content_type: header("content-type"),
            content: part.get(head + 4..)?,
        });
        rest = after;
    }
    Some(parts)
}

/// A parameter of a header's value, with or without quotes.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    // The first byte is looked for first: a file of 100 MB is searched for one delimiter.
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes.get(from + at..)?.starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn parts_are_told_apart_whatever_is_in_them() {
        let body = b"--B\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage/png\r\n--B\r\nContent-Disposition: \
                     form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\r\n--\r\n-B\0\r\n--B--\r\n";
        let parts = read("multipart/form-data; boundary=B", body).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].content), ("type", &b"image/png"[..]));
        assert_eq!(parts[1].filename.as_deref(), Some("a.png"));
        assert_eq!(parts[1].content, b"\r\n--\r\n-B\0");
        assert!(read("application/json", body).is_none());
        assert!(read("multipart/form-data; boundary=B", &body[..60]).is_none());
    }
}
