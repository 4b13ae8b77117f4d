//! Rewrites what UniFFI has generated for Swift: what it makes for itself is nobody's but the package's.

/// Objects that stand behind what is written by hand.
const INSIDE: [&str; 2] = ["Cancellation", "ClientHandle"];

/// The file, rewritten.
pub(crate) fn refine(source: &str) -> Result<String, String> {
    let (mut out, mut inside, mut hidden) = (String::new(), false, 0);
    for line in source.lines() {
        let object = INSIDE.iter().any(|name| {
            line.starts_with(&format!("open class {name}:"))
                || line.starts_with(&format!("public protocol {name}Protocol:"))
        });
        inside = object || (inside && line != "}");
        let converter = [
            "public struct ManyOutcomes:",
            "public struct FfiConverter",
            "public func FfiConverter",
            "public func uniffi",
            "public func concurrency(",
            "public func contentFromJson(",
            "public func checkJson(",
            "public struct Send:",
            "public struct SendOptions:",
            "public enum SendContent:",
        ];
        let plain = if object {
            hidden += 1;
            // Nothing is derived from it any more.
            line.replacen("open class", "class", 1).replacen("public protocol", "protocol", 1)
        } else if inside {
            line.replacen("open func", "func", 1)
        } else if converter.iter().any(|begin| line.starts_with(begin)) {
            line.replacen("public ", "", 1)
        } else if line.starts_with("public struct ClientOptions:") {
            // Its secrets are not written down by mistake.
            line.replacen(", Codable", "", 1)
        } else {
            line.to_owned()
        };
        out.push_str(&plain);
        out.push('\n');
    }
    if hidden != 2 * INSIDE.len() {
        return Err(format!("{hidden} of {} declarations were found", 2 * INSIDE.len()));
    }
    Ok(out)
}
