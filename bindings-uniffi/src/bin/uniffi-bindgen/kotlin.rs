//! Rewrites what UniFFI has generated for Kotlin. What it does not know it refuses: then UniFFI generates otherwise than it did.

use std::collections::HashMap;

use crate::classes::{Field, input, result};

/// Records that a caller makes; the library makes the others.
const INPUTS: [&str; 3] = ["ButtonSection", "ClientOptions", "Media"];

/// Records and enums that only what is written by hand sees.
const INSIDE: [&str; 5] = ["Answer", "ManyOutcomes", "Send", "SendContent", "SendOptions"];

/// Functions that only what is written by hand calls.
const CALLED_INSIDE: [&str; 3] = ["concurrency", "contentFromJson", "checkJson"];

/// How a declaration at the start of a line begins that has no `private` or `internal`.
const OPEN: [&str; 9] =
    ["public ", "open ", "class ", "object ", "interface ", "inline ", "typealias ", "abstract ", "fun "];

/// A class that has been rewritten, by what its reader calls it.
struct Class {
    fields: Vec<Field>,
    built: bool,
}

/// The file, rewritten.
pub(crate) fn refine(source: &str) -> Result<String, String> {
    let mut lines = source.lines().peekable();
    let mut out = String::new();
    let mut classes = HashMap::new();
    let mut sealed = String::new();
    while let Some(line) = lines.next() {
        let record = line.strip_prefix("data class ").and_then(|rest| rest.strip_suffix(" ("));
        if let Some(name) = record.filter(|name| !INSIDE.contains(name)) {
            let fields = fields(&mut lines, "){")?;
            body(&mut lines, "}")?;
            let built = !INPUTS.contains(&name);
            out.push_str(&if built { result(name, &fields)? } else { input(name, None, &fields, "") });
            classes.insert(name.to_owned(), Class { fields, built });
        } else if let Some(name) =
            line.strip_prefix("    data class ").and_then(|rest| rest.strip_suffix('('))
        {
            let fields = fields(&mut lines, &format!(") : {sealed}()"))?;
            body(&mut lines, "    }")?;
            out.push_str(&input(name, Some(&sealed), &fields, "    "));
            classes.insert(format!("{sealed}.{name}"), Class { fields, built: false });
        } else if let Some(made) =
            line.trim().rsplit("return ").next().and_then(|rest| rest.rsplit("-> ").next())
            && let Some(class) = made.strip_suffix('(').and_then(|name| classes.get(name))
        {
            let read = read(&mut lines)?;
            out.push_str(&reader(line, made, class, &read)?);
        } else {
            if let Some(rest) = line.strip_prefix("sealed class ") {
                sealed = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            }
            out.push_str(&declaration(line));
            out.push('\n');
        }
    }
    if let Some(line) = out.lines().find(|line| line.trim_start().starts_with("data class ")) {
        return Err(format!("a data class is left: {line}"));
    }
    Ok(out)
}

/// The fields up to the line that ends with `end`.
fn fields<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> Result<Vec<Field>, String> {
    let (mut fields, mut doc) = (Vec::new(), Vec::new());
    for line in lines {
        let (line, last) =
            line.trim().strip_suffix(end).map_or((line.trim(), false), |rest| (rest.trim(), true));
        if let Some(rest) = line.strip_prefix("val `").or_else(|| line.strip_prefix("var `")) {
            let (name, kind) = rest.split_once("`: ").ok_or_else(|| format!("no field: {line}"))?;
            let kind = kind.trim_end_matches([',', ' ']);
            // A builder has an empty list anyway.
            let kind = kind.strip_suffix("= listOf()").map_or(kind, str::trim);
            let (kind, optional) =
                kind.strip_suffix("= null").map_or((kind, false), |kind| (kind.trim(), true));
            if kind.contains('=') {
                return Err(format!("another default than null: {line}"));
            }
            fields.push(Field {
                doc: std::mem::take(&mut doc),
                name: name.to_owned(),
                kind: own(kind),
                optional,
            });
        } else if line.starts_with(['/', '*']) {
            doc.push(if line.starts_with('*') { format!(" {line}") } else { line.to_owned() });
        } else if !line.is_empty() && line != "," {
            return Err(format!("no field: {line}"));
        }
        if last {
            return Ok(fields);
        }
    }
    Err("the file ends within a class".to_owned())
}

/// A type by the name that all files know.
fn own(kind: &str) -> String {
    let known = kind.replace("dev.wamid.", "");
    let named = match known.trim_end_matches('?') {
        "String" => "kotlin.String",
        "Date" => "java.time.Instant",
        "TimeInterval" => "java.time.Duration",
        other => other,
    };
    format!("{named}{}", if known.ends_with('?') { "?" } else { "" })
}

/// What stands in a data class besides its fields: nothing but its companion.
fn body<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> Result<(), String> {
    for line in lines {
        if line == end {
            return Ok(());
        }
        if !["", "{", "companion object"].contains(&line.trim()) {
            return Err(format!("a class has more than its fields: {line}"));
        }
    }
    Err("the file ends within a class".to_owned())
}

/// What reads each field, in their order.
fn read<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<Vec<&'a str>, String> {
    let mut read = Vec::new();
    for line in lines {
        match line.trim() {
            ")" => return Ok(read),
            line => read.push(line.strip_suffix(',').ok_or_else(|| format!("no reader: {line}"))?),
        }
    }
    Err("the file ends within a reader".to_owned())
}

/// Makes a class of what is read.
fn reader(line: &str, made: &str, class: &Class, read: &[&str]) -> Result<String, String> {
    if read.len() != class.fields.len() {
        return Err(format!("{} readers for the fields of {made}", read.len()));
    }
    let set = |optional: bool| {
        let fields = class.fields.iter().zip(read);
        fields.filter(move |(field, _)| class.built || field.optional == optional)
    };
    let before = line.strip_suffix(made).unwrap_or_default();
    let assigned: String =
        set(true).map(|(field, read)| format!("this.`{}` = {read}; ", field.name)).collect();
    if class.built {
        let name = made.trim_end_matches('(');
        return Ok(format!("{before}{name}.Builder().apply {{ {assigned}}}.build()\n"));
    }
    if class.fields.windows(2).any(|two| matches!(two, [one, next] if one.optional && !next.optional)) {
        return Err(format!("{made}: a field that may be left out stands before one that may not"));
    }
    let given: Vec<_> = set(false).map(|(_, read)| *read).collect();
    Ok(format!("{before}{made}{}).apply {{ {assigned}}}\n", given.join(", ")))
}

/// A line that begins no class of data: what it declares is internal, but for what callers see.
fn declaration(line: &str) -> String {
    if line.starts_with("sealed class ") {
        let serial = if line.contains("kotlin.Exception") {
            line.to_owned()
        } else {
            line.replace(" {", " : java.io.Serializable {")
        };
        let inside = INSIDE.iter().any(|name| line.starts_with(&format!("sealed class {name} ")));
        return format!("{} {serial}", if inside { "internal" } else { "public" });
    }
    if let Some(name) = line.strip_prefix("public interface ")
        && name.ends_with("Listener {")
    {
        return format!("public fun interface {name}");
    }
    if line.trim_start().starts_with("companion object ErrorHandler") {
        return line.replace("companion object", "internal companion object");
    }
    if CALLED_INSIDE.iter().any(|name| line.contains(&format!(" fun `{name}`("))) {
        return line.replacen("fun ", "internal fun ", 1);
    }
    if line.starts_with("data class ") {
        return format!("internal {line}");
    }
    // The sentence, where it says the record.
    if line.trim() == "get() = \"failure=${ `failure` }\"" {
        return line.replace("\"failure=${ `failure` }\"", "`failure`.detail");
    }
    if OPEN.iter().any(|open| line.starts_with(open)) {
        return format!("internal {}", line.strip_prefix("public ").unwrap_or(line));
    }
    line.to_owned()
}
