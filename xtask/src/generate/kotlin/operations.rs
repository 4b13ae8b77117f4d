//! Kotlin's operations besides sends: an interface of them, what asks the library for them, and the same with futures for Java.

use wamid::{FieldInfo, OperationInfo, Presence, Shape};

use super::super::File;
use super::super::shapes::{camel, spelled};
use super::{kind, of_arguments, property, results, runner, writer};

const PATH: &str = "bindings-uniffi/kotlin/src/main/kotlin/dev/wamid/Operations.kt";

const START: &str = "\
// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid

import java.util.concurrent.CompletableFuture
import java.util.function.Consumer
";

/// What is said of the `progress` of an operation, at the end of its comment.
const PROGRESS: &str = "     * @param progress Is told how far it has come, at most ten times a second, and once at the end: on a thread of the \
                        library's, where it may take its time. What it throws stops nothing.\n     */\n";

const INTERFACE: &str = "
/** What a client does besides sending. Each of them has a body: whoever stands in for a client writes those that it needs. */
public interface Operations {
";

const ASKED: &str = "
/** Asks the library for each of them. */
internal class AskedOperations(private val client: NumberedClient) : Operations {
";

const FUTURES: &str = "
/** What a [FutureClient] does besides sending. */
public sealed class FutureOperations(private val operations: Operations) {
    internal abstract fun <T> begun(call: suspend () -> T): CompletableFuture<T>

";

pub(crate) fn files(operations: &[OperationInfo]) -> Result<Vec<File>, String> {
    let mut text = START.to_owned();
    for (start, method) in
        [(INTERFACE, declared as fn(&OperationInfo) -> _), (ASKED, asked), (FUTURES, future)]
    {
        let methods: Vec<String> = operations.iter().map(method).collect::<Result<_, _>>()?;
        text += &format!("{start}{}}}\n", spelled(&methods.join("\n"), operations));
    }
    let files = vec![File::at(PATH, text), results::file(operations)?, runner::file(operations)?];
    Ok(files)
}

/// What a method answers.
fn returned(operation: &OperationInfo) -> Result<String, String> {
    operation.returns.as_ref().map_or_else(|| Ok("Unit".to_owned()), kind)
}

fn is_optional(field: &FieldInfo) -> bool {
    field.presence != Presence::Required
}

/// The arguments as they are declared; with or without what they are where they are absent.
fn arguments(operation: &OperationInfo, defaults: bool) -> Result<Vec<String>, String> {
    let arguments = operation.fields.iter().map(|field| {
        let absent = match (is_optional(field), defaults) {
            (false, _) => "",
            (true, false) => "?",
            (true, true) => "? = null",
        };
        Ok(format!("{}: {}{absent}", property(field.name), kind(&field.shape)?))
    });
    arguments.collect()
}

/// The same with who is told how far it has come, as a value of that type.
fn with_progress(operation: &OperationInfo, defaults: bool, listener: &str) -> Result<Vec<String>, String> {
    let mut arguments = arguments(operation, defaults)?;
    if operation.progress {
        arguments.push(format!("progress: {listener}?{}", if defaults { " = null" } else { "" }));
    }
    Ok(arguments)
}

/// In brackets; on one line where there are few.
fn bracketed(arguments: &[String]) -> String {
    if arguments.len() < 3 {
        return format!("({})", arguments.join(", "));
    }
    let lines: String = arguments.iter().map(|argument| format!("        {argument},\n")).collect();
    format!("(\n{lines}    )")
}

fn declared(operation: &OperationInfo) -> Result<String, String> {
    let mut docs = of_arguments(operation.docs, &operation.fields, "    ");
    if operation.progress {
        docs = docs.replace("     */\n", PROGRESS);
    }
    Ok(format!(
        "{docs}    @Throws(WamidException::class)\n    public suspend fun {}{}: {} = notHere(\"{}\")\n",
        property(operation.name),
        bracketed(&with_progress(operation, true, "TransferListener")?),
        returned(operation)?,
        operation.name,
    ))
}

fn asked(operation: &OperationInfo) -> Result<String, String> {
    let fields: String = operation
        .fields
        .iter()
        .map(|field| {
            format!(
                "                writer.field(\"{}\", {}) {{ value -> {} }}\n",
                field.name,
                property(field.name),
                writer(&field.shape, "value"),
            )
        })
        .collect();
    let write =
        if fields.is_empty() { "{}".to_owned() } else { format!("{{ writer ->\n{fields}            }}") };
    let read = operation.returns.as_ref().map_or_else(
        || "{}".to_owned(),
        |shape: &Shape| format!("{{ answer -> {} }}", results::reader(shape, "answer")),
    );
    Ok(format!(
        "    override suspend fun {}{}: {} =\n        ask(\n            client, \"{}\",\n            {write},\n            {read},\n{}        )\n",
        property(operation.name),
        bracketed(&with_progress(operation, false, "TransferListener")?),
        returned(operation)?,
        operation.name,
        if operation.progress { "            progress,\n" } else { "" },
    ))
}

fn future(operation: &OperationInfo) -> Result<String, String> {
    let mut given: Vec<_> = operation.fields.iter().map(|field| property(field.name)).collect();
    if operation.progress {
        given.push("progress?.let { TransferListener(it::accept) }".to_owned());
    }
    let call = format!("operations.{}({})", property(operation.name), given.join(", "));
    let (returned, body) = match &operation.returns {
        Some(shape) => (kind(shape)?, format!("begun {{ {call} }}")),
        None => ("Void?".to_owned(), format!("begun {{\n        {call}\n        null\n    }}")),
    };
    let overloads = if operation.progress || operation.fields.iter().any(is_optional) {
        "    @JvmOverloads\n"
    } else {
        ""
    };
    Ok(format!(
        "    /** As [Operations.{name}]. */\n{overloads}    public fun {method}{}: CompletableFuture<{returned}> = {body}\n",
        bracketed(&with_progress(operation, true, "Consumer<TransferProgress>")?),
        name = camel(operation.name),
        method = property(operation.name),
    ))
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
                "    /**\n     * Looks it up by `mediaId`.\n     *\n     * More: * /.\n     *\n     * @param mediaId What it is.\n     * @param in What it is.\n     * @param json What it is. JSON text.\n     * @param progress Is told",
            ),
            (
                0,
                "    public suspend fun lookUp(\n        mediaId: String,\n        `in`: List<String>? = null,\n        json: String? = null,\n        progress: TransferListener? = null,\n    ): List<Whole> = notHere(\"look_up\")\n",
            ),
            (0, "writer.field(\"in\", `in`) { value -> list(value) { item -> text(item) } }\n"),
            (0, "{ answer -> answer.list { item -> readWhole(item) } },\n            progress,\n"),
            (
                0,
                "    public suspend fun compare(content: Content, part: Part): Unit = notHere(\"compare\")\n",
            ),
            (0, "writer.field(\"content\", content) { value -> content(value) }\n"),
            (0, "writer.field(\"part\", part) { value -> record(value::write) }\n"),
            (
                1,
                "    internal fun write(json: JsonWriter) {\n        json.field(\"id\", id) { value -> text(value) }\n",
            ),
            (
                2,
                "    \"compare\" -> client.compare(content = Content.fromJson(args.json(\"content\") ?: \"null\"), part = givenPart(args.part(\"part\") ?: Args(JsonObject(emptyMap())))).let { JsonNull }\n",
            ),
            (
                2,
                "private fun givenPart(args: Args): Part = Part.build {\n    id = args.optional(\"id\").orEmpty()\n",
            ),
            (0, "    public suspend fun end(): Unit = notHere(\"end\")\n"),
            (0, "    @JvmOverloads\n    public fun lookUp("),
            (
                0,
                "    public fun end(): CompletableFuture<Void?> = begun {\n        operations.end()\n        null\n    }\n",
            ),
            (1, "    public val `in`: Boolean? = builder.`in`\n"),
            (
                1,
                "     * What it is.\n     * JSON text.\n     */\n    public val components: String? = builder.components\n",
            ),
            (1, "        public var part: Part = Part.build {}\n"),
            (1, "    other = answer.member(\"other\")?.let { value -> readPart(value) }\n"),
            (1, "            java.util.Arrays.equals(data, other.data)"),
            (1, "data.contentHashCode())"),
            (1, "data=${data.size} bytes"),
            (2, "    \"base64\" to base64(data),\n"),
            (
                1,
                "    grid = answer.member(\"grid\").list { item -> item.list { items -> items.number() } }\n",
            ),
            (
                2,
                "    \"look_up\" -> JsonArray(client.lookUp(mediaId = args.optional(\"media_id\").orEmpty(), `in` = args.texts(\"in\"), json = args.json(\"json\")).map { item -> item.toJson() })\n",
            ),
            (2, "    \"end\" -> client.end().let { JsonNull }\n    \"plain\" -> raw(client.plain())\n"),
            (2, "    \"components\" to components?.let { value -> raw(value) },\n"),
        ] {
            assert!(files[file].text.contains(lines), "{lines}\n\n{}", files[file].text);
        }
    }
}
