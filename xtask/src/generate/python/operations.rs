//! The operations in Python: a method of each client, and a class for what it answers.

use std::fmt::Write;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::{File, is_path, prose, results};
use super::head::head;
use super::{attribute, fitting, holds, holds_shape, part_of, quoted, table, wrapped};

const ANSWERS: &str = "bindings-python/python/wamid/answers.py";
const WAITING: &str = "bindings-python/python/wamid/_operations.py";
const ON_A_LOOP: &str = "bindings-python/python/wamid/_async_operations.py";

/// What is said of the `progress` of an operation.
const PROGRESS: &str = ":param progress: a plain function, called with the bytes that have moved, at most ten times a second and once at the end. If \
                        it fails, that is told to ``sys.unraisablehook``, it is not called again, and the transfer goes on.";

/// A client: its module's first line, what it imports, its class, and how a method begins and makes its call.
struct Face {
    path: &'static str,
    of: &'static str,
    imports: [(&'static str, &'static str); 2],
    class: &'static str,
    def: &'static str,
    call: &'static str,
}

const FACES: [Face; 2] = [
    Face {
        path: WAITING,
        of: "code that waits",
        imports: [("._base", "BaseClient"), ("._waiting", "wait")],
        class: "Operations",
        def: "def",
        call: "wait",
    },
    Face {
        path: ON_A_LOOP,
        of: "asyncio",
        imports: [("._base", "BaseClient"), ("._loop", "run")],
        class: "AsyncOperations",
        def: "async def",
        call: "await run",
    },
];

pub(super) fn files(operations: &[OperationInfo]) -> Vec<File> {
    let mut files: Vec<File> = FACES.iter().map(|face| client(face, operations)).collect();
    files.push(answers(&results(operations)));
    files
}

/// The names of the classes that are answered with.
pub(super) fn names(operations: &[OperationInfo]) -> Vec<&'static str> {
    let mut names: Vec<&str> = results(operations).iter().map(|result| result.class).collect();
    names.sort_unstable();
    names
}

fn client(face: &Face, operations: &[OperationInfo]) -> File {
    let methods: Vec<String> = operations.iter().map(|operation| method(face, operation)).collect();
    let body = methods.join("\n");
    let docs = format!(
        "\"\"\"What a client for {} does besides sending.\n\nWritten by `cargo xtask generate` from the declarations of the \
         core.\n\"\"\"",
        face.of
    );
    let lazily = "# Its classes are looked up there when somebody asks: loading them takes as long as all the rest.\nimport wamid\n";
    let text = format!(
        "{}\nclass {}(BaseClient):\n    \"\"\"The operations besides sending.\"\"\"\n\n{body}",
        head(&docs, &body, lazily, &face.imports),
        face.class,
    );
    File::at(face.path, text)
}

fn method(face: &Face, operation: &OperationInfo) -> String {
    let (required, optional): (Vec<_>, Vec<_>) =
        operation.fields.iter().partition(|field| field.presence == Presence::Required);
    let mut arguments = vec!["self".to_owned()];
    arguments
        .extend(required.iter().map(|field| format!("{}: {}", attribute(field), taken(operation, field))));
    if !optional.is_empty() || operation.progress {
        arguments.push("*".to_owned());
    }
    arguments.extend(
        optional.iter().map(|field| format!("{}: {} = None", attribute(field), taken(operation, field))),
    );
    if operation.progress {
        arguments.push("progress: Optional[Callable[[wamid.TransferProgress], object]] = None".to_owned());
    }
    let returns = operation.returns.as_ref().map_or_else(|| "None".to_owned(), answered);
    let start = format!("    {} {}(", face.def, operation.name);
    let mut text = fitting(&start, &arguments, &format!(") -> {returns}:"), 4);
    docstring(&mut text, operation);
    let given: Vec<String> = operation
        .fields
        .iter()
        .map(|field| format!("\"{}\": {}", field.name, passed_on(operation, field)))
        .collect();
    let mut passed = "{}";
    if !given.is_empty() {
        text.push_str(&fitting("        arguments = {", &given, "}", 8));
        passed = "arguments";
    }
    let call = if operation.progress {
        format!(
            "{}(self._native.ask_with_progress, \"{}\", {passed}, reporter(progress))",
            face.call, operation.name
        )
    } else {
        format!("{}(self._native.ask, \"{}\", {passed})", face.call, operation.name)
    };
    text.push_str(&body(operation.returns.as_ref(), &call));
    text
}

/// The type of an argument.
fn taken(operation: &OperationInfo, field: &FieldInfo) -> String {
    match (is_path(operation.name, field), field.presence) {
        (true, Presence::Required) => "FilePath".to_owned(),
        _ => match &field.shape {
            Shape::Record(record) => holds(field).replace(record.class, &format!("wamid.{}", record.class)),
            // As it was answered, or as its `to_dict` wrote it.
            Shape::Answer(record) => format!("Union[wamid.{}, dict[str, Any]]", record.class),
            _ => holds(field),
        },
    }
}

/// An argument as JSON has it.
fn passed_on(operation: &OperationInfo, field: &FieldInfo) -> String {
    let name = attribute(field);
    match &field.shape {
        Shape::Record(_) => format!("members(\"{}\", {name})", field.name),
        Shape::Bytes => format!("encoded(\"{}\", {name})", field.name),
        Shape::Content(_) => format!("members_of({name})"),
        Shape::Answer(_) => format!("fields_of({name})"),
        _ if is_path(operation.name, field) => format!("path_text({name})"),
        _ => name,
    }
}

/// What makes the call, and of its answer the class.
fn body(returns: Option<&Shape>, call: &str) -> String {
    match returns {
        None => format!("        {call}\n"),
        Some(Shape::Json) => format!("        return {call}\n"),
        Some(Shape::Record(record)) => {
            let start = format!("        return wamid.{}._read(", record.class);
            fitting(&start, &[call.to_owned()], ")", 8)
        }
        Some(Shape::List(of)) if part_of(of).is_some() => {
            let class = part_of(of).unwrap_or_default();
            format!(
                "        answer = {call}\n        return [wamid.{class}._read(each) for each in answer]\n"
            )
        }
        Some(_) => format!("        return {call}  # type: ignore[no-any-return]\n"),
    }
}

/// The type of an answer.
fn answered(shape: &Shape) -> String {
    match shape {
        Shape::List(of) => format!("list[{}]", answered(of)),
        Shape::Record(record) => format!("wamid.{}", record.class),
        other => holds_shape(other),
    }
}

fn docstring(text: &mut String, operation: &OperationInfo) {
    for (at, paragraph) in paragraphs(operation.docs).iter().enumerate() {
        let quotes = if at == 0 { "\"\"\"" } else { "" };
        if at > 0 {
            text.push('\n');
        }
        wrapped(text, &format!("{quotes}{paragraph}"), 8, 8);
    }
    text.push('\n');
    for field in &operation.fields {
        let doc = prose(field.docs).join(" ").replace('`', "``");
        wrapped(text, &format!(":param {}: {doc}", attribute(field)), 8, 12);
    }
    if operation.progress {
        wrapped(text, PROGRESS, 8, 12);
    }
    wrapped(text, ":raises WamidError: ``retryable`` and ``retry_after`` say what to do.", 8, 12);
    text.push_str("        \"\"\"\n");
}

/// Prose, a paragraph a text.
fn paragraphs(docs: &[&str]) -> Vec<String> {
    let lines = prose(docs);
    lines.split(|line| line.is_empty()).map(|lines| lines.join(" ").replace('`', "``")).collect()
}

fn answers(results: &[&RecordInfo]) -> File {
    let classes: Vec<String> = results.iter().map(|result| class(result)).collect();
    let body = classes.join("\n\n");
    let mut names: Vec<&str> = results.iter().map(|result| result.class).collect();
    names.sort_unstable();
    let docs = "\"\"\"What the operations answer, a class each. All are frozen, compare by value, and can be pickled.\n\n\
                Written by `cargo xtask generate` from the declarations of the core.\n\"\"\"";
    let all = fitting("__all__ = [", &quoted(&names), "]", 0);
    File::at(ANSWERS, format!("{}{all}\n\n{body}", head(docs, &body, "", &[])))
}

fn class(result: &RecordInfo) -> String {
    let mut text = format!(
        "@dataclass(frozen=True, init=False, eq=False, repr=False)\nclass {}(Answer):\n",
        result.class
    );
    let summary = paragraphs(result.docs);
    let _ = writeln!(text, "    \"\"\"{}\"\"\"\n", summary.join("\n\n    "));
    let parts: Vec<String> = result
        .fields
        .iter()
        .filter_map(|field| part_of(&field.shape).map(|part| format!("\"{}\": {part}", field.name)))
        .collect();
    if !parts.is_empty() {
        text.push_str(&fitting("    _parts: ClassVar = {", &parts, "}", 4));
        text.push('\n');
    }
    let data = table("_data", &result.fields, |shape| matches!(shape, Shape::Bytes));
    if !data.is_empty() {
        text.push_str(&data);
        text.push('\n');
    }
    let instants = table("_instants", &result.fields, |shape| matches!(shape, Shape::Instant));
    if !instants.is_empty() {
        text.push_str(&instants);
        text.push('\n');
    }
    for field in &result.fields {
        let _ = writeln!(text, "    #: {}", prose(field.docs).join(" ").replace('`', "``"));
        let holds = match (&field.shape, field.presence) {
            (Shape::Bytes, _) => "bytes".to_owned(),
            (Shape::List(of), _) => format!("list[{}]", holds_shape(of)),
            (shape, Presence::Required) => holds_shape(shape),
            (shape, _) => format!("Optional[{}]", holds_shape(shape)),
        };
        let _ = writeln!(text, "    {}: {holds}", field.name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::super::shapes::trial_operations;

    #[test]
    fn what_is_needed_comes_first_and_answers_are_classes() {
        let files = super::files(&trial_operations());
        let [waiting, on_a_loop, answers] = &files[..] else { panic!("{} files", files.len()) };
        for line in [
            "    def look_up(\n        self,\n        media_id: str,\n        *,\n        in_: Optional[Sequence[str]] = None,\n        json: Optional[Any] = None,\n        progress: Optional[Callable[[wamid.TransferProgress], object]] = None,\n    ) -> list[wamid.Whole]:\n",
            "        \"\"\"Looks it up by ``media_id``.\n\n        More: */.\n\n        :param media_id: What it is.\n",
            "        arguments = {\"media_id\": media_id, \"in\": in_, \"json\": json}\n",
            "        answer = wait(self._native.ask_with_progress, \"look_up\", arguments, reporter(progress))\n        return [wamid.Whole._read(each) for each in answer]\n",
            "    def compare(self, content: Content, part: Union[wamid.Part, dict[str, Any]]) -> None:\n",
            "        arguments = {\"content\": members_of(content), \"part\": fields_of(part)}\n",
            "fields_of",
            "    def end(self) -> None:\n",
            "        wait(self._native.ask, \"end\", {})\n",
        ] {
            assert!(waiting.text.contains(line), "{line}\n\n{}", waiting.text);
        }
        assert!(on_a_loop.text.contains("        await run(self._native.ask, \"end\", {})\n"));
        assert!(
            answers.text.contains("    _parts: ClassVar = {\"part\": Part, \"other\": Part}\n"),
            "{}",
            answers.text
        );
        assert!(answers.text.contains("    _data: ClassVar = (\"data\",)\n"), "{}", answers.text);
    }
}
