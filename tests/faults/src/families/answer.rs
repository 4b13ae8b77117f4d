//! An answer comes, and it cannot be read.

use std::time::Duration;

use crate::fault::{Family, Fault};
use crate::operation::Operation;
use crate::outcome::{Expectation, done, not_sent, refused};
use crate::play::{Asked, Play};
use crate::reply::{End, Reply};

/// All of them take longer than an attempt may, and none of them is as long as that.
const DRIP: Duration = Duration::from_millis(200);
const LARGE: usize = 10 << 20;

const ABOUT: &str = "The host may have taken the message. What sends nothing is asked again. A download that is not what its SHA-256 says \
                     is refused at once, since it would be the same again.";

pub(super) fn family() -> Family {
    let mut faults = cut_off();
    faults.extend(broken());
    faults.extend(unreadable());
    faults.extend(too_large());
    Family { title: "Answers that cannot be read", about: ABOUT, faults }
}

/// The answer ends before its end, or does not end.
fn cut_off() -> Vec<Fault> {
    let cut = |name: &str, end| {
        let half =
            Play::answer(move |asked: Asked<'_>| Reply::right(asked.operation).without_last(6).then(end));
        let kind = if end == End::Hang { "timeout" } else { "connection" };
        Fault::plain(name, half, Expectation::unknown(kind))
    };
    vec![
        Fault::plain(
            "The answer comes byte by byte, each within `timeout`",
            Play::answer(|asked| Reply::right(asked.operation).dripping(DRIP)),
            Expectation::unknown("timeout").download(done(1)),
        )
        .short()
        .unread(),
        Fault::plain(
            "Its head comes byte by byte, each within `timeout`",
            Play::answer(|asked| Reply { drip: Some((0, DRIP)), ..Reply::right(asked.operation) }),
            Expectation::unknown("timeout"),
        )
        .short()
        .unread(),
        cut("A part of the body comes, and then nothing", End::Hang).short(),
        cut("The connection is closed within the body", End::Close),
        cut("The connection is reset within the body", End::Reset),
        Fault::plain(
            "The connection is closed within the head",
            Play::answer(|_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Le").then(End::Close)),
            Expectation::unknown("connection"),
        ),
        Fault::plain(
            "The connection is closed within the body of a refusal (400)",
            Play::answer(|_| {
                Reply::json(400, r#"{"error":{"message":"no","code":100}}"#).without_last(6).then(End::Close)
            }),
            Expectation::all(refused("connection")),
        )
        .refuses(),
    ]
}

/// HTTP's own rules are broken.
fn broken() -> Vec<Fault> {
    let lost = |name: &str, reply: fn(Operation) -> Reply| {
        let play = Play::answer(move |asked| reply(asked.operation).then(End::Close));
        Fault::plain(name, play, Expectation::unknown("connection"))
    };
    vec![
        lost("`Content-Length` promises more than comes", |of| {
            let body = of.answer().0;
            Reply::sized(200, &[&format!("Content-Length: {}", body.len() + 50)], body)
        }),
        Fault::plain(
            "`Content-Length` promises less than comes",
            Play::answer(|asked| {
                let body = asked.operation.answer().0;
                Reply::sized(200, &[&format!("Content-Length: {}", body.len() - 5)], body)
            }),
            misread(),
        ),
        lost("`Content-Length` is no number", |of| {
            Reply::sized(200, &["Content-Length: many"], of.answer().0)
        }),
        lost("`Content-Length` stands twice, and differs", |of| {
            Reply::sized(200, &["Content-Length: 4", "Content-Length: 7"], of.answer().0)
        }),
        lost("A chunk's size is nonsense", |of| {
            Reply::sized(200, &["Transfer-Encoding: chunked"], [b"ZZ\r\n", of.answer().0.as_slice()].concat())
        }),
        lost("The last chunk does not come", |of| {
            let body = of.answer().0;
            let head = format!("{:x}\r\n", body.len());
            Reply::sized(200, &["Transfer-Encoding: chunked"], [head.as_bytes(), &body, b"\r\n"].concat())
        }),
        lost("The answer is no HTTP", |_| Reply::raw("SSH-2.0-OpenSSH_9.6\r\n\r\n")),
        Fault::plain(
            "Hints come before the answer (103)",
            Play::answer(|asked| {
                let answer = Reply::right(asked.operation).bytes;
                Reply::raw([b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".as_slice(), &answer].concat())
            }),
            Expectation::all(done(1)),
        ),
    ]
}

/// It is whole, and it is not what the call is answered with.
fn unreadable() -> Vec<Fault> {
    let says = |name: &str, status, body: Vec<u8>| {
        let play = Play::answer(move |_| Reply::http(status, &["Content-Type: application/json"], &body));
        Fault::plain(name, play, misread())
    };
    vec![
        says("It is not JSON", 200, b"<html><title>Log in</title></html>".to_vec()),
        says("It is JSON of another shape", 200, br#"{"nothing":true}"#.to_vec()),
        says("It is a list", 200, b"[]".to_vec()),
        says("It is `null`", 200, b"null".to_vec()),
        says("It is JSON nested 100,000 deep", 200, vec![b'['; 100_000]),
        says(
            "It is not valid Unicode",
            200,
            b"{\"messages\":[{\"id\":\"\xff\xfe\"}],\"id\":\"\xff\"}".to_vec(),
        ),
        says("It is empty", 200, Vec::new()),
        Fault::plain("It is a 204", Play::answer(|_| Reply::sized(204, &[], "")), misread()),
    ]
}

/// It is larger than anything a host says.
fn too_large() -> Vec<Fault> {
    let large = |name: &str, reply: fn() -> Reply| {
        Fault::plain(name, Play::answer(move |_| reply()), misread()).unread()
    };
    vec![
        large("It has 10 MB, and says so", || Reply::json(200, &" ".repeat(LARGE))),
        large("It has 10 MB in chunks", || {
            let chunk = format!("{LARGE:x}\r\n{}\r\n0\r\n\r\n", " ".repeat(LARGE));
            Reply::sized(200, &["Transfer-Encoding: chunked"], chunk)
        }),
        large("It has 10 MB, and its length is not said", || {
            Reply::sized(200, &["Connection: close"], " ".repeat(LARGE)).then(End::Close)
        }),
        Fault::plain(
            "It is compressed without being asked for, and would have 10 MB (a gzip bomb); nothing is decompressed",
            Play::answer(|_| Reply::http(200, &["Content-Encoding: gzip"], bomb())),
            misread(),
        ),
        Fault::plain(
            "Its head has 1 MB",
            Play::answer(|asked| {
                let header = format!("X-Long: {}", "a".repeat(1 << 20));
                Reply::http(200, &[&header], asked.operation.answer().0).then(End::Close)
            }),
            Expectation::unknown("connection"),
        )
        .unread(),
    ]
}

/// An answer that is whole and says nothing. A file that is fetched is what its SHA-256 says, or none.
fn misread() -> Expectation {
    Expectation::send(crate::outcome::unknown("unexpected_response"), not_sent("unexpected_response", 2))
        .download(refused("unexpected_response"))
}

/// A gzip of one byte and repetitions of it, each of 258 bytes, in the fixed code of DEFLATE (RFC 1951, 3.2.6). Its checksum is wrong:
/// whoever gets that far has the 10 MB.
fn bomb() -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    // The last block, in the fixed code; then the byte 'a'.
    bits.extend([true, true, false]);
    bits.extend((0..8).rev().map(|bit| (0x30 + b'a') >> bit & 1 == 1));
    for _ in 0..LARGE / 258 {
        // Length 258 is code 285, 0b1100_0101; distance 1 is code 0, in 5 bits.
        bits.extend([true, true, false, false, false, true, false, true, false, false, false, false, false]);
    }
    bits.extend([false; 7]);
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    packed.extend(bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |all, bit| all << 1 | u8::from(*bit))));
    packed.extend([0; 8]);
    packed
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use flate2::bufread::DeflateDecoder;

    use super::*;

    /// A fault that is none would prove nothing.
    #[test]
    fn the_bomb_goes_off() {
        let packed = bomb();
        // Without the ten bytes with which gzip begins, and so without a look at the checksum.
        let mut unpacked = DeflateDecoder::new(BufReader::new(&packed[10..]));
        let (mut piece, mut length) = (vec![0; 1 << 16], 0);
        while let Ok(read @ 1..) = unpacked.read(&mut piece) {
            length += read;
        }
        assert_eq!(length, LARGE / 258 * 258 + 1);
    }
}
