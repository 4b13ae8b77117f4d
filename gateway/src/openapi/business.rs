//! What a key may do besides sending, as `/openapi.json` describes it.

use utoipa::openapi::path::{HttpMethod, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, PathItem, PathsBuilder, Ref, Required, ResponseBuilder, Schema};

use wamid::{SendStatus, media_types};

use super::{JSON, answered, failed, failed_later, needs_key, operation};

/// Adds the paths of this module. `at` makes a path of the messaging API whole.
pub(super) fn paths(paths: PathsBuilder, at: impl Fn(&str) -> String) -> PathsBuilder {
    let mut media =
        PathItem::new(HttpMethod::Get, about("media_info", "Look a file up", "MediaAnswer").parameter(id()));
    media.delete = Some(about("delete_media", "Delete a file", "DoneAnswer").parameter(id()).build());
    let content = ResponseBuilder::new().description("The file, under its own type.");
    let content = needs_key(operation("media_content", "Fetch a file's content"))
        .parameter(id())
        .parameter(account())
        .response("200", content)
        .response("400", failed("There is no such file, or it is longer than 100 MiB."))
        .response("429", failed_later("Too fast."))
        .response("502", failed("Meta failed, or could not be reached."))
        .response("503", failed_later("The store does not answer."))
        .response("504", failed("Meta did not answer in time."));
    paths
        .path(at("api/read"), PathItem::new(HttpMethod::Post, read()))
        .path(at("api/media"), PathItem::new(HttpMethod::Post, upload()))
        .path(at("api/media/{id}"), media)
        .path(at("api/media/{id}/content"), PathItem::new(HttpMethod::Get, content))
        .path(
            at("api/templates"),
            PathItem::new(
                HttpMethod::Get,
                about("templates", "List the templates of an account", "TemplatesAnswer")
                    .parameter(filter("name", "Only those of exactly this name."))
                    .parameter(filter("language", "Only those in this language, such as en_US."))
                    .parameter(filter("status", "Only those of this status, such as APPROVED."))
                    .parameter(filter("category", "Only those of this category, such as UTILITY."))
                    .parameter(limit()),
            ),
        )
        .path(at("api/sends"), PathItem::new(HttpMethod::Get, sends()))
}

/// The most sends that fit an answer that every client reads, of at most 1 MiB: a reference may have 512 characters, and in JSON a character
/// may take 6 bytes.
pub(crate) const MOST_SENDS: u32 = 250;

fn sends() -> utoipa::openapi::path::OperationBuilder {
    let status = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(SendStatus::ALL.map(SendStatus::as_str)));
    let limit = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1_i64))
        .maximum(Some(i64::from(MOST_SENDS)))
        .default(Some(50.into()));
    needs_key(operation("sends", "List what was sent with this key, the newest first"))
        .parameter(filter("reference", "Only those with this reference."))
        .parameter(filter("message_id", "Only the one that became this message."))
        .parameter(filter("status", "Only those of this status.").schema(Some(status)))
        .parameter(filter("limit", "At most so many.").schema(Some(limit)))
        .response("200", answered("The answer.", "SendsAnswer"))
        .response("400", failed("An argument breaks a rule."))
        .response("429", failed_later("Too fast."))
        .response("503", failed_later("The store does not answer."))
}

fn about(name: &str, summary: &str, schema: &str) -> utoipa::openapi::path::OperationBuilder {
    needs_key(operation(name, summary))
        .parameter(account())
        .response("200", answered("The answer.", schema))
        .response("400", failed("An argument breaks a rule, or Meta refused it."))
        .response("429", failed_later("Too fast, for this gateway or for Meta."))
        .response("502", failed("Meta failed, or could not be reached."))
        .response("503", failed_later("The store does not answer."))
        .response("504", failed("Meta did not answer in time."))
}

fn read() -> utoipa::openapi::path::OperationBuilder {
    let body = RequestBodyBuilder::new()
        .content(JSON, ContentBuilder::new().schema(Some(Ref::from_schema_name("Read"))).build())
        .required(Some(Required::True))
        .build();
    needs_key(operation("read", "Mark a customer's message as read"))
        .request_body(Some(body))
        .response("200", answered("It is marked.", "DoneAnswer"))
        .response("400", failed("An argument breaks a rule, or Meta refused it."))
        .response("408", failed("The body did not come in time."))
        .response("413", failed("The body is over 64 KiB."))
        .response("429", failed_later("Too fast, for this gateway or for Meta."))
        .response("502", failed("Meta failed, or could not be reached."))
        .response("503", failed_later("The gateway is full or has no store."))
        .response("504", failed("Meta did not answer in time."))
}

fn upload() -> utoipa::openapi::path::OperationBuilder {
    // A form of a page sends a field that nobody filled in as an empty one. The one with parameters is how Meta writes a voice message.
    let types = media_types().chain(["audio/ogg; codecs=opus", ""]);
    let binary = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(
            "Its MIME type. When absent or empty, that of the part `file`; without one, by its name or its first bytes.",
        ))
        .enum_values(Some(types));
    let form: Schema =
        ObjectBuilder::new().property("file", binary).property("type", text).required("file").into();
    let body = RequestBodyBuilder::new()
        .content("multipart/form-data", ContentBuilder::new().schema(Some(form)).build())
        .required(Some(Required::True))
        .build();
    about("upload_media", "Upload a file, to be sent by its id", "UploadAnswer")
        .request_body(Some(body))
        .response("408", failed("The body did not come in time."))
        .response("413", failed("The file is over 100 MiB."))
}

fn id() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The file's id."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{1,30}$"))))
}

fn account() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("account_id")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some("The account that is asked; the default one when absent."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::Integer)))
}

fn limit() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("limit")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some("At most so many; all of them when absent."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1))))
}

fn filter(name: &str, description: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
}
