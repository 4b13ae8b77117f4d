//! How the conformance runner of Swift tells events. UniFFI writes their types.

use std::fmt::Write as _;

use wamid::EventInfo;

use super::super::File;
use super::super::events::classes;
use super::runner::member;

const PATH: &str = "bindings-uniffi/swift/Sources/WamidConformance/Events.swift";

pub(crate) fn file(events: &[EventInfo]) -> File {
    let mut text = "\
// Written by `cargo xtask generate` from the declarations in core/src/webhook.

import Foundation
import Wamid

extension Event {
    func json() throws -> Json {
        switch self {
"
    .to_owned();
    for event in events {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "        case .{0}(let {0}): return try {0}.json()", event.name);
    }
    text += "        }\n    }\n}\n";
    for class in classes(events) {
        let _ = writeln!(
            text,
            "\nextension {} {{\n    func json() throws -> Json {{\n        var out: [(key: String, value: Json)] = []",
            class.name
        );
        if let Some(event) = class.event {
            let _ = writeln!(text, "        out.append((key: \"event\", value: .text(\"{}\")))", event.name);
        }
        for field in class.fields {
            // One statement each: Swift takes long to find the types of a long literal.
            let _ = writeln!(text, "        out.append((key: \"{}\", value: {}))", field.name, member(field));
        }
        text += "        return .object(out)\n    }\n}\n";
    }
    File::at(PATH, text)
}
