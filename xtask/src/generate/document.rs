//! `docs/messages.md`: the list of kinds; `docs/operations.md`: every operation with its arguments and its answer.

use std::fmt::Write;

use wamid::{FieldInfo, Form, KindInfo, Limits, OperationInfo, Presence, Shape, TextOrInfo};

use super::{File, prose};

const START: &str = "\
# Messages

Written by `cargo xtask generate` from the declarations in `core/src/message/kinds`.

Each kind of message in its JSON form, as a gateway's `api/send/`, the command line's `send json` and every language's `Content.from_json`
take it: an object with the `type` and these fields. A gateway takes no `file` and no `data`: they are uploaded at its `api/media/` first. The typed languages have a type a kind with the same fields in their own spelling.
Lengths are Unicode scalar values. A text is not empty and not only white space, and an optional one that is empty counts as absent.
Where a field breaks a rule, nothing is sent, and the error names the field by its path.

Beside the content every message takes `reply_to`, `reference` and `extra`. `extra` is an object whose members stand beside the content in
Meta's body: `category`, `ttl_seconds`, `recipient_identity_key_hash` and whatever Meta adds. A member that the SDK writes itself is refused:
`messaging_product`, `recipient_type`, `to`, `recipient`, `type`, the type's own, `context`, `biz_opaque_callback_data`, `status`,
`typing_indicator`. A gateway takes a message with `extra` at `api/send/`, whatever its kind.

Files are in [media.md](media.md). A page a kind has its call in every language, a sketch of what the customer sees, its fields, and what Meta gets:

| kind | |
| --- | --- |
";

pub(super) fn file(kinds: &[KindInfo]) -> File {
    let mut text = START.to_owned();
    for kind in kinds {
        let first = prose(kind.docs).first().copied().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = writeln!(text, "| [`{0}`](messages/{0}.md) | {first} |", kind.name);
    }
    File::at("docs/messages.md", text)
}

/// The tables of a kind's fields, and of the parts that they hold.
pub(super) fn fields_of(fields: &[FieldInfo]) -> String {
    let mut text = String::new();
    table(&mut text, fields);
    let mut records = Vec::new();
    fields.iter().for_each(|field| collect(&field.shape, &mut records));
    for record in records {
        let _ = write!(text, "\n`{}`: {}\n\n", record.class, prose(record.docs).join(" "));
        table(&mut text, &record.fields);
    }
    text
}

const OPERATIONS: &str = "\
# Operations besides sending

Written by `cargo xtask generate` from the declarations in `core/src/operation`.

Every language has a method of each name in its own spelling (`markRead` in Node, Kotlin and Swift), with these arguments. In Rust the arguments that
are needed stand in the call, and each other one is a setter: `client.mark_read(id).typing(true).await`. An argument that breaks a rule is an
`invalid_input` error that names it, and nothing is asked. These operations send no message, so their errors are not `maybe_sent`. There are two
exceptions: `create_template` and a `POST` of `request`. Their effect may be unknown, and they are repeated only if they surely had none.

Meta answers them to a cloud client. A gateway (`wamid serve`) answers `mark_read`, `sends`, `templates` and the operations on files; the others are
`unsupported` there, since an API key must not be able to do them. The operations on templates need the option `business_account_id`, a picture
in `update_profile` the option `app_id`. A cloud client answers `sends` from its `store`, and a gateway client asks its gateway. `check_template`
makes no request and needs no option.
";

/// The page of the operations.
pub(super) fn operations(operations: &[OperationInfo]) -> File {
    let mut text = OPERATIONS.to_owned();
    let mut operations: Vec<_> = operations.iter().collect();
    operations.sort_by_key(|operation| operation.name);
    for operation in operations {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n## `{}`\n\n{}\n\n", operation.name, prose(operation.docs).join("\n"));
        if !operation.fields.is_empty() {
            table(&mut text, &operation.fields);
        }
        let answers = operation.returns.as_ref().map_or_else(|| "nothing".to_owned(), shape);
        let _ = writeln!(text, "{}Answers {answers}.", if operation.fields.is_empty() { "" } else { "\n" });
        let mut records = Vec::new();
        operation.returns.iter().for_each(|returns| collect(returns, &mut records));
        for record in records {
            let _ = write!(text, "\n`{}`: {}\n\n", record.class, prose(record.docs).join(" "));
            table(&mut text, &record.fields);
        }
    }
    File::at("docs/operations.md", text)
}

fn collect<'a>(shape: &'a Shape, records: &mut Vec<&'a wamid::RecordInfo>) {
    match shape {
        Shape::List(of) => collect(of, records),
        Shape::Record(record) | Shape::TextOr(TextOrInfo { object: record, .. }) => {
            records.push(record);
            record.fields.iter().for_each(|field| collect(&field.shape, records));
        }
        _ => {}
    }
}

fn table(text: &mut String, fields: &[FieldInfo]) {
    text.push_str("| field | needed | holds | what it is |\n| --- | --- | --- | --- |\n");
    for field in fields {
        let needed = match field.presence {
            Presence::Required => "yes",
            Presence::OneOf => "one of these",
            Presence::Optional => "",
        };
        let holds = format!("{}{}", shape(&field.shape), limits(field));
        let _ = writeln!(text, "| `{}` | {needed} | {holds} | {} |", field.name, prose(field.docs).join(" "));
    }
}

pub(super) fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Integer => "whole number".to_owned(),
        Shape::List(of) => format!("list of {}", self::shape(of)),
        Shape::Record(record) | Shape::Answer(record) => format!("`{}`", record.class),
        Shape::TextOr(of) => format!("text or `{}`", of.object.class),
        Shape::Content(kind) => format!("content of type `{kind}`"),
        Shape::Parameter => "parameters".to_owned(),
        Shape::Button => "buttons".to_owned(),
        Shape::Components => "Meta's components".to_owned(),
        Shape::Bytes => "bytes (base64 in JSON)".to_owned(),
        Shape::Instant => "instant (RFC 3339 in JSON)".to_owned(),
        // Also what a later version adds.
        _ => "JSON".to_owned(),
    }
}

fn limits(field: &FieldInfo) -> String {
    let Limits { min, max, form, .. } = field.limits;
    let of = match field.shape {
        Shape::List(_) => "",
        _ => " characters",
    };
    let length = match max {
        None => String::new(),
        Some(max) if min > 1 => format!(", {min} to {max}{of}"),
        Some(max) => format!(", at most {max}{of}"),
    };
    let form = match form {
        Form::Url => ", an http or https address".to_owned(),
        Form::Date => ", as `YYYY-MM-DD`".to_owned(),
        Form::Degrees(most) => format!(", -{most} to {most}"),
        Form::OneOf(words) => format!(", one of {}", words.join(", ")),
        _ => String::new(),
    };
    length + &form
}
