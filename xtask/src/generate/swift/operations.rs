//! Swift's operations besides sends: methods of every client.

use std::fmt::Write as _;

use wamid::OperationInfo;

use super::super::File;
use super::super::shapes::{camel, spelled};
use super::{arguments_of_operation, comment, kind, name, parameters, results, runner, wrapped, writer};

const PATH: &str = "bindings-uniffi/swift/Sources/Wamid/Operations.swift";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/operation.

import Foundation

/// What a client does besides sending.
extension ClientProtocol {
";

/// What is said of the `progress` of an operation, behind its other parameters.
const PROGRESS: &str = "    ///   - progress: Is told how far it has come, at most ten times a second, and once at the end. It may take its time.\n";

pub(crate) fn files(operations: &[OperationInfo]) -> Result<Vec<File>, String> {
    let methods: Vec<String> = operations.iter().map(method).collect::<Result<_, _>>()?;
    let text = format!("{START}{}}}\n", spelled(&methods.join("\n"), operations));
    Ok(vec![File::at(PATH, text), results::file(operations)?, runner::file(operations)?])
}

fn method(operation: &OperationInfo) -> Result<String, String> {
    let OperationInfo { name: called, docs, fields, progress, returns } = operation;
    let mut out = comment(docs, "    ");
    out += if fields.is_empty() { "    ///\n" } else { "" };
    if !fields.is_empty() {
        out += &parameters(fields, "    ");
    }
    let (mut given, mut asked) = (arguments_of_operation(fields)?, String::new());
    if *progress {
        out += PROGRESS;
        given.push("progress: (@Sendable (TransferProgress) -> Void)? = nil".to_owned());
        asked.push_str(", progress: progress");
    }
    out += "    /// - Throws: ``WamidError``.\n";
    let end = match returns {
        Some(shape) => format!(") async throws -> {} {{", kind(shape)?),
        None => ") async throws {".to_owned(),
    };
    out += &wrapped(&format!("public func {}(", camel(called)), &given, &end, "    ");
    let write = if fields.is_empty() {
        "{ _ in }".to_owned()
    } else {
        let mut lines = String::new();
        for field in fields {
            let write = writer(&field.shape);
            let _ = writeln!(
                lines,
                "            try writer.field(\"{}\", {}) {{ {write} }}",
                field.name,
                name(field)
            );
        }
        format!("{{ writer in\n{lines}        }}")
    };
    let call = format!("try await ask(\"{called}\"{asked}) {write}");
    match returns {
        Some(shape) => {
            let read = results::reader(shape, "answer");
            let _ = write!(out, "        let answer = {call}\n        return try {read}\n    }}\n");
        }
        None => {
            let _ = write!(out, "        _ = {call}\n    }}\n");
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::super::shapes::trial_operations;

    #[test]
    fn operations_their_results_and_the_runners_calls_are_written() {
        let files = super::files(&trial_operations()).unwrap();
        for (file, lines) in [
            (
                0,
                "        json: String? = nil,\n        progress: (@Sendable (TransferProgress) -> Void)? = nil\n    ) async throws -> [Whole] {\n",
            ),
            (0, "            try writer.field(\"in\", `in`) { try $0.list($1) { $0.text($1) } }\n"),
            (0, "        return try answer.list { try Whole($0) }\n"),
            (
                0,
                "    /// Ends it.\n    ///\n    /// - Throws: ``WamidError``.\n    public func end() async throws {\n        _ = try await ask(\"end\") { _ in }\n",
            ),
            (
                1,
                "public struct Part: Hashable, Codable, Sendable, Identifiable {\n    /// What it is.\n    public let id: String\n    /// What it is.\n    public let `in`: Bool?\n",
            ),
            (1, "    public init(id: String, `in`: Bool? = nil) {\n"),
            (1, "        other = try answer.optional(\"other\").map { try Part($0) }\n"),
            (1, "    public let data: Data\n"),
            (1, "        data = try answer.member(\"data\").bytes()\n"),
            (2, "            \"base64\": .text(data.base64EncodedString()),\n"),
            (1, "        grid = try answer.member(\"grid\").list { try $0.list { try $0.number() } }\n"),
            (
                2,
                "        let answer = try await client.lookUp(args.optional(\"media_id\") ?? \"\", in: args.texts(\"in\"), json: args.written(\"json\"))\n        return try .list(answer.map { try $0.json() })\n",
            ),
            (0, "    public func compare(content: Content, part: Part) async throws {\n"),
            (0, "            try writer.field(\"content\", content) { try $0.content($1) }\n"),
            (
                1,
                "extension Part {\n    func write(to json: inout JsonWriter) throws {\n        try json.field(\"id\", id) { $0.text($1) }\n",
            ),
            (
                2,
                "        try await client.compare(content: .fromJson(args.written(\"content\") ?? \"null\"), part: Part.given(args.part(\"part\") ?? Args(json: .object([]))))\n",
            ),
            (
                2,
                "        try Part(\n            id: args.optional(\"id\") ?? \"\",\n            in: args.flag(\"in\"))\n",
            ),
            (2, "        try await client.end()\n        return .null\n"),
            (
                2,
                "            \"components\": try components.map { try WamidConformance.raw($0) } ?? .null,\n",
            ),
            (2, "            \"grid\": .list(grid.map { .list($0.map { WamidConformance.number($0) }) }),\n"),
        ] {
            assert!(files[file].text.contains(lines), "{lines}\n\n{}", files[file].text);
        }
    }
}
