//! What a data class would have, written for classes that can grow.

use wamid::{FieldInfo, Presence, Shape};

use super::property;

/// An array is equal to another by its content only where it is asked for that.
fn is_bytes(field: &FieldInfo) -> bool {
    matches!(field.shape, Shape::Bytes)
}

/// `equals`, `hashCode` and `toString` of a class with these fields. Content is not shown.
pub(super) fn methods(class: &str, fields: &[FieldInfo]) -> String {
    let equal: String = fields
        .iter()
        .map(|field| {
            let equal = if is_bytes(field) { "java.util.Arrays.equals" } else { "Objects.equals" };
            format!(" &&\n            {equal}({name}, other.{name})", name = property(field.name))
        })
        .collect();
    let hashed = fields.iter().map(|field| {
        let name = property(field.name);
        if is_bytes(field) { format!("{name}.contentHashCode()") } else { name }
    });
    let shown = fields.iter().map(|field| {
        let (name, word) = (property(field.name), field.name);
        let absent = if field.presence == Presence::Required { "" } else { "?" };
        match (is_bytes(field), name.strip_prefix('`')) {
            (true, _) => format!("{}=${{{name}{absent}.size}} bytes", name.trim_matches('`')),
            (false, Some(_)) => format!("{word}=${{{name}}}"),
            (false, None) => format!("{name}=${name}"),
        }
    });
    let (hashed, shown): (Vec<_>, Vec<_>) = (hashed.collect(), shown.collect());
    format!(
        "    override fun equals(other: Any?): Boolean =\n        this === other || other is {class}{equal}\n\n    \
         override fun hashCode(): Int = Objects.hash({})\n\n    override fun toString(): String = \"{class}({})\"\n\n",
        hashed.join(", "),
        shown.join(", ")
    )
}
