//! Kotlin classes that can grow: a new field breaks nobody's source and nobody's compiled code, as it would with a data class
//! (its constructor, `copy` and `componentN` change with each field).

use std::fmt::Write as _;

/// Fields that `toString` only says to be set.
const SECRET: [&str; 2] = ["appSecret", "proxy"];

/// A field of a class.
#[derive(Debug)]
pub(crate) struct Field {
    /// The lines of its KDoc.
    pub(crate) doc: Vec<String>,
    pub(crate) name: String,
    pub(crate) kind: String,
    /// Whether it may be left out of what a caller makes.
    pub(crate) optional: bool,
}

impl Field {
    fn is_bytes(&self) -> bool {
        self.kind.trim_end_matches('?').ends_with("ByteArray")
    }
}

/// What a caller makes: what it must have is an argument of the constructor, everything else is set.
pub(crate) fn input(name: &str, parent: Option<&str>, fields: &[Field], indent: &str) -> String {
    let (required, optional): (Vec<_>, Vec<_>) = fields.iter().partition(|field| !field.optional);
    let mut out = String::new();
    let parent = parent.map(|parent| format!("{parent}(), ")).unwrap_or_default();
    let _ = write!(out, "public class {name}(");
    for field in &required {
        let _ = write!(out, "{}\n    public val {}: {},", doc(field), field.name, field.kind);
    }
    let _ = writeln!(out, "\n) : {parent}java.io.Serializable {{");
    for field in &optional {
        let _ = writeln!(out, "{}\n    public var {}: {} = null\n", doc(field), field.name, field.kind);
    }
    if !optional.is_empty() {
        let declared: String =
            required.iter().map(|field| format!("{}: {}, ", field.name, field.kind)).collect();
        let given: Vec<_> = required.iter().map(|field| field.name.as_str()).collect();
        let _ = writeln!(out, "    /** The same, with what [set] sets. */");
        let _ = writeln!(
            out,
            "    public constructor({declared}set: {name}.() -> Unit) : this({}) {{",
            given.join(", ")
        );
        let _ = writeln!(out, "        set()\n    }}\n");
    }
    out.push_str(&methods(name, fields));
    let _ = writeln!(
        out,
        "\n    private companion object {{\n        private const val serialVersionUID: Long = 1\n    }}\n}}"
    );
    indented(&out, indent)
}

/// What the library makes, and a test: never a constructor's arguments, so that a builder makes it.
pub(crate) fn result(name: &str, fields: &[Field]) -> Result<String, String> {
    let mut out =
        format!("public class {name} private constructor(builder: Builder) : java.io.Serializable {{\n");
    for field in fields {
        let _ = writeln!(
            out,
            "{}\n    public val {}: {} = builder.{}\n",
            doc(field),
            field.name,
            field.kind,
            field.name
        );
    }
    out.push_str(&methods(name, fields));
    let _ = writeln!(
        out,
        "\n    /** Makes one, as a test needs it: what is not set is empty. */\n    public class Builder {{"
    );
    for field in fields {
        let empty =
            empty(&field.kind).ok_or_else(|| format!("{name}.{}: no empty {}", field.name, field.kind))?;
        let _ = writeln!(out, "        /** As [{name}.{}]. */", field.name);
        let _ = writeln!(out, "        public var {}: {} = {empty}\n", field.name, field.kind);
    }
    let _ = writeln!(
        out,
        "        /** What has been set. */\n        public fun build(): {name} = {name}(this)\n    }}\n"
    );
    let _ = writeln!(
        out,
        "    public companion object {{\n        private const val serialVersionUID: Long = 1\n"
    );
    let _ = writeln!(out, "        /** Makes one of what [set] sets; the rest is empty. */");
    let _ = writeln!(
        out,
        "        @JvmSynthetic\n        public fun build(set: Builder.() -> Unit): {name} = Builder().apply(set).build()"
    );
    out.push_str("    }\n}\n");
    Ok(out)
}

fn doc(field: &Field) -> String {
    field.doc.iter().map(|line| format!("\n    {line}")).collect()
}

/// What a data class would have of these.
fn methods(name: &str, fields: &[Field]) -> String {
    let equal: String = fields
        .iter()
        .map(|field| {
            // An array is equal to another by its content only where it is asked for that.
            let class = if field.is_bytes() { "Arrays" } else { "Objects" };
            format!(" &&\n            java.util.{class}.equals({name}, other.{name})", name = field.name)
        })
        .collect();
    let hashed = |field: &Field| match field.is_bytes() {
        true => format!("java.util.Arrays.hashCode({})", field.name),
        false => field.name.clone(),
    };
    let all: Vec<_> = fields.iter().map(hashed).collect();
    let shown: Vec<_> = fields
        .iter()
        .map(|field| {
            let name = &field.name;
            if field.is_bytes() {
                let absent = if field.kind.ends_with('?') { "?" } else { "" };
                format!("{name}=${{{name}{absent}.size}} bytes")
            } else if SECRET.contains(&name.as_str()) {
                format!("{name}=${{{name}?.let {{ \"***\" }}}}")
            } else {
                format!("{name}=${name}")
            }
        })
        .collect();
    format!(
        "    override fun equals(other: Any?): Boolean =\n        this === other || other is {name}{equal}\n\n    \
         override fun hashCode(): Int = java.util.Objects.hash({})\n\n    \
         override fun toString(): kotlin.String = \"{name}({})\"\n",
        all.join(", "),
        shown.join(", ")
    )
}

fn empty(kind: &str) -> Option<&'static str> {
    Some(match kind {
        _ if kind.ends_with('?') => "null",
        _ if kind.starts_with("List<") => "emptyList()",
        "kotlin.String" => "\"\"",
        "kotlin.Int" | "kotlin.Long" => "0",
        "kotlin.Double" => "0.0",
        "kotlin.Boolean" => "false",
        "java.time.Instant" => "java.time.Instant.EPOCH",
        _ => return None,
    })
}

fn indented(text: &str, indent: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") })
        .collect()
}
