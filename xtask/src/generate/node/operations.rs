//! The operations in TypeScript: a method each, a type for its arguments and one for what it answers.

use std::fmt::Write;

use wamid::{FieldInfo, OperationInfo, Presence, RecordInfo, Shape};

use super::super::{File, all_records, prose, results};
use super::{WIDTH, camel_case, comment, holds_shape, pascal_case, type_of, uses};

const TYPES: &str = "bindings-node/lib/operations.ts";
const METHODS: &str = "bindings-node/lib/methods.ts";
const WRITTEN: &str = "// Written by `cargo xtask generate` from the declarations of the core.\n";

pub(super) fn files(operations: &[OperationInfo], of_kinds: &[&RecordInfo]) -> Vec<File> {
    vec![types(operations, of_kinds), methods(operations)]
}

fn types(operations: &[OperationInfo], of_kinds: &[&RecordInfo]) -> File {
    let mut types = String::new();
    let taken = all_records(&[], operations);
    let (known, own): (Vec<&RecordInfo>, Vec<&RecordInfo>) =
        taken.into_iter().partition(|record| of_kinds.iter().any(|kind| kind.class == record.class));
    for record in own {
        types.push_str(&type_of(record.class, record.docs, "", &record.fields, ""));
    }
    for operation in operations.iter().filter(|operation| !operation.fields.is_empty()) {
        let docs = [&*format!("What `{}` takes.", camel_case(operation.name))];
        types.push_str(&type_of(&arguments(operation), &docs, "", &operation.fields, operation.name));
    }
    for result in results(operations) {
        let members: String = result.fields.iter().map(held).collect();
        let _ = write!(
            types,
            "\n{}export interface {} {{\n{members}}}\n",
            comment(&prose(result.docs), ""),
            result.class
        );
    }
    let mut known: Vec<String> = known.iter().map(|record| record.class.to_owned()).collect();
    let fields = operations.iter().flat_map(|operation| &operation.fields);
    known.extend(
        fields
            .filter(|field| matches!(field.shape, Shape::Content(_)))
            .map(|field| holds_shape(&field.shape)),
    );
    known.sort_unstable();
    known.dedup();
    let known = if known.is_empty() {
        String::new()
    } else {
        listed("import type {", &known, "} from './contents';")
    };
    let json = if uses(&types, "Json") { "import type { Json } from './parameters';\n" } else { "" };
    File::at(TYPES, format!("{WRITTEN}{known}{json}{types}"))
}

/// A field of an answer; one that is not known is absent.
fn held(field: &FieldInfo) -> String {
    let mark = if field.presence == Presence::Required { "" } else { "?" };
    let docs = comment(&prose(field.docs), "  ");
    format!("{docs}  {}{mark}: {};\n", camel_case(field.name), answered(&field.shape))
}

/// The type of an answer, or of what is in one.
pub(super) fn answered(shape: &Shape) -> String {
    match shape {
        Shape::List(of) => format!("{}[]", answered(of)),
        other => holds_shape(other),
    }
}

fn methods(operations: &[OperationInfo]) -> File {
    let results = results(operations);
    let constants: String = results.iter().map(|result| holding(result)).collect();
    let methods: String = operations.iter().map(method).collect();
    let mut names: Vec<String> = results.iter().map(|result| result.class.to_owned()).collect();
    names.extend(operations.iter().filter(|operation| !operation.fields.is_empty()).map(arguments));
    names.retain(|name| uses(&methods, name));
    // As biome sorts them.
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let held = if constants.is_empty() { "" } else { ", Held" };
    let transfers = if uses(&methods, "TransferOptions") { ", TransferOptions" } else { "" };
    let json = if uses(&methods, "Json") { "import type { Json } from './parameters';\n" } else { "" };
    let text = format!(
        "{WRITTEN}import type {{ Ask{held}{transfers} }} from './asked';\nimport type {{ CallOptions }} from './calls';\n\
         import {{ callSite }} from './errors';\n{}{json}\n{constants}\n\
         /** What a client does besides sending. */\nexport class Operations {{\n  readonly #ask: Ask;\n  readonly #transfer: Ask;\n\n  \
         constructor(ask: Ask, transfer: Ask) {{\n    this.#ask = ask;\n    this.#transfer = transfer;\n  }}\n{methods}}}\n",
        listed("import type {", &names, "} from './operations';"),
    );
    File::at(METHODS, text)
}

/// What the fields of an answer hold that is no plain value.
fn holding(result: &RecordInfo) -> String {
    let fields: Vec<String> = result
        .fields
        .iter()
        .filter_map(|field| holder(&field.shape).map(|held| format!("{}: {held}", field.name)))
        .collect();
    if fields.is_empty() {
        return format!("const {}: Held = {{}};\n", constant(result.class));
    }
    listed(&format!("const {}: Held = {{", constant(result.class)), &fields, "};")
}

/// How what a shape holds is read; none where it is a plain value.
fn holder(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Json => Some("'json'".to_owned()),
        Shape::Bytes => Some("'bytes'".to_owned()),
        Shape::Instant => Some("'instant'".to_owned()),
        Shape::List(of) => holder(of),
        Shape::Record(record) => Some(constant(record.class)),
        _ => None,
    }
}

/// `MediaInfo` as the name of a constant.
pub(super) fn constant(class: &str) -> String {
    let mut name = String::new();
    for letter in class.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

fn method(operation: &OperationInfo) -> String {
    let name = camel_case(operation.name);
    let lines = prose(operation.docs);
    let mut docs: Vec<String> = Vec::new();
    for paragraph in lines.split(|line| line.is_empty()) {
        docs.extend([paragraph.join(" "), String::new()]);
    }
    docs.push("@throws WamidError of every kind; ask it `retryable`.".to_owned());
    let docs: Vec<&str> = docs.iter().map(String::as_str).collect();
    let mut parameters = Vec::new();
    if !operation.fields.is_empty() {
        let needed = operation.fields.iter().any(|field| field.presence == Presence::Required);
        parameters.push(format!("given: {}{}", arguments(operation), if needed { "" } else { " = {}" }));
    }
    parameters
        .push(format!("options?: {}", if operation.progress { "TransferOptions" } else { "CallOptions" }));
    let returns = operation.returns.as_ref().map_or_else(|| "void".to_owned(), answered);
    let mut passed = vec![
        format!("'{}'", operation.name),
        if operation.fields.is_empty() { "{}" } else { "given" }.to_owned(),
        format!("callSite(this.{name})"),
        "options".to_owned(),
    ];
    passed.extend(operation.returns.as_ref().and_then(holder));
    format!(
        "\n{}{}    return this.#{}({});\n  }}\n",
        comment(&docs, "  "),
        signature(&name, &parameters, &returns),
        if operation.progress { "transfer" } else { "ask" },
        passed.join(", ")
    )
}

fn signature(name: &str, parameters: &[String], returns: &str) -> String {
    let line = format!("  {name}({}): Promise<{returns}> {{\n", parameters.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let parameters: String = parameters.iter().map(|parameter| format!("    {parameter},\n")).collect();
    format!("  {name}(\n{parameters}  ): Promise<{returns}> {{\n")
}

/// A list in braces as biome lays it out.
pub(super) fn listed(start: &str, items: &[String], end: &str) -> String {
    let line = format!("{start} {} {end}\n", items.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let items: String = items.iter().map(|item| format!("  {item},\n")).collect();
    format!("{start}\n{items}{end}\n")
}

fn arguments(operation: &OperationInfo) -> String {
    pascal_case(operation.name) + "Arguments"
}

#[cfg(test)]
mod tests {
    use super::super::super::shapes::trial_operations;

    #[test]
    fn arguments_stand_in_one_object_and_what_is_not_known_is_absent() {
        let files = super::files(&trial_operations(), &[]);
        let [types, methods] = &files[..] else { panic!("{} files", files.len()) };
        for line in [
            "export interface LookUpArguments {\n  /** What it is. */\n  mediaId: string;\n",
            "import type { ListContent } from './contents';\n",
            "  content: ListContent;\n",
            "  part: Part;\n",
            "  in?: readonly string[] | undefined;\n",
            "export interface Whole {\n",
            "  other?: Part;\n",
            "  grid: number[][];\n",
            "  data: Uint8Array;\n",
        ] {
            assert!(types.text.contains(line), "{line}\n\n{}", types.text);
        }
        for line in [
            "const WHOLE: Held = { part: PART, other: PART, components: 'json', data: 'bytes' };\n",
            "  lookUp(given: LookUpArguments, options?: TransferOptions): Promise<Whole[]> {\n",
            "    return this.#transfer('look_up', given, callSite(this.lookUp), options, WHOLE);\n",
            "  end(options?: CallOptions): Promise<void> {\n",
        ] {
            assert!(methods.text.contains(line), "{line}\n\n{}", methods.text);
        }
    }
}
