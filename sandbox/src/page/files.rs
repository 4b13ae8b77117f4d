//! The files of the page, which the binary carries.

use axum::extract::Path;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode};
use ring::digest::{SHA256, digest};

use super::HOME;
use super::table::FILES;
use crate::answers::{redirect, text};

pub(super) async fn home() -> Response {
    redirect(HOME)
}

pub(super) async fn index(headers: HeaderMap) -> Response {
    answer("index.html", &headers)
}

pub(super) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    answer(&path, &headers)
}

fn answer(path: &str, headers: &HeaderMap) -> Response {
    let Some((_, content)) = FILES.iter().find(|(known, _)| *known == path) else {
        return text(StatusCode::NOT_FOUND, "the phone page has no such file");
    };
    let tag = tag_of(content);
    let is_known = has(headers, &tag);
    let mut response = text(
        if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK },
        if is_known { &[][..] } else { content },
    );
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(type_of(path)));
    // Every browser takes it.
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// Whether the browser has what is of that tag.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}

fn tag_of(content: &[u8]) -> String {
    let hash = digest(&SHA256, content);
    let digits: String = hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

fn type_of(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_page_takes_little_of_the_binary() {
        let size: usize = FILES.iter().map(|(_, content)| content.len()).sum();
        assert!(size < 150_000, "{size} bytes");
    }

    #[test]
    fn every_file_of_the_folder_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
        let (mut left, mut found) = (vec![folder.clone()], BTreeSet::new());
        while let Some(path) = left.pop() {
            if path.is_dir() {
                left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                found.insert(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
            }
        }
        let served: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(served, found);
        for path in &served {
            assert_ne!(type_of(path), "application/octet-stream", "{path} needs a type");
        }
    }
}
