//! A part of a file. Whatever a `Range` header asks for, what comes is those bytes of the file, and says so (RFC 9110, section 14).

use std::cell::RefCell;

use hyper::StatusCode;

use crate::Target;
use crate::meta::{Answer, ask};

pub(super) const TARGET: Target = Target { name: "range", run, seeds };

const FILE: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

thread_local! {
    static ID: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn run(data: &[u8]) {
    let header: Vec<u8> = data.iter().copied().filter(|byte| *byte >= b' ' && *byte != 0x7f).collect();
    let header = header.trim_ascii();
    let mut answer = get(header);
    if answer.status == StatusCode::NOT_FOUND {
        // The sandbox forgets from time to time.
        ID.set(None);
        answer = get(header);
    }
    let length = FILE.len();
    let range = answer
        .headers
        .get("content-range")
        .map(|range| String::from_utf8_lossy(range.as_bytes()).into_owned());
    match answer.status {
        StatusCode::OK => assert_eq!((&answer.body[..], range), (FILE, None), "{header:?}"),
        StatusCode::PARTIAL_CONTENT => {
            let range = range.unwrap_or_else(|| panic!("a part that does not say which"));
            let numbers: Vec<usize> =
                range.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            let [first, last, of] = numbers[..] else { panic!("{range}") };
            assert!(first <= last && last < length && of == length, "{range}");
            assert_eq!(&answer.body[..], &FILE[first..=last], "{range}");
        }
        StatusCode::RANGE_NOT_SATISFIABLE => {
            assert_eq!(range, Some(format!("bytes */{length}")), "{header:?}")
        }
        other => panic!("{other}: {header:?}"),
    }
    // A single range of plain numbers is answered as the RFC has it.
    let Some((first, last)) =
        std::str::from_utf8(header).ok().and_then(|text| text.strip_prefix("bytes=")?.split_once('-'))
    else {
        return;
    };
    let plain = |text: &str| text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(first) || !plain(last) || (first.is_empty() && last.is_empty()) {
        return;
    }
    let number = |text: &str| text.parse::<usize>().ok();
    let expected = match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => StatusCode::OK,
        (Some(first), _) if first >= length => StatusCode::RANGE_NOT_SATISFIABLE,
        (None, Some(0)) => StatusCode::RANGE_NOT_SATISFIABLE,
        _ => StatusCode::PARTIAL_CONTENT,
    };
    assert_eq!(answer.status, expected, "{first}-{last}");
}

fn get(range: &[u8]) -> Answer {
    let id = ID.with_borrow_mut(|id| id.get_or_insert_with(upload).clone());
    ask("GET", &format!("/_sandbox/phone/files/{id}"), &[("range", range)], Vec::new())
}

fn upload() -> String {
    let answer = ask("POST", "/_sandbox/phone/files", &[("content-type", b"application/pdf")], FILE.to_vec());
    answer.json()["id"].as_str().unwrap_or_default().to_owned()
}

fn seeds() -> Vec<String> {
    let ranges = [
        "bytes=0-",
        "bytes=0-1",
        "bytes=4-99",
        "bytes=-3",
        "bytes=-0",
        "bytes=3-2",
        "bytes=0-1,4-5",
        "lines=0-1",
        "",
    ];
    ranges.iter().map(|range| (*range).to_owned()).collect()
}
