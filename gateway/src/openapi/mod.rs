//! `/openapi.json`: the messaging API, described for machines.

pub(super) mod business;
mod contents;
mod schemas;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem,
    PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
};

use self::schemas as s;

const JSON: &str = "application/json";
const KEY: &str = "api_key";

/// The description of a gateway whose messaging API is mounted under `prefix`, such as `/whatsapp`.
pub(super) fn document(prefix: &str) -> OpenApi {
    let at = |path: &str| format!("{prefix}/{path}/");
    let post = |name, summary, body| PathItem::new(HttpMethod::Post, send(name, summary, body));
    let get = |operation: OperationBuilder| PathItem::new(HttpMethod::Get, operation);
    let mut webhook = PathItem::new(HttpMethod::Post, receive());
    webhook.get = Some(subscribe());
    let paths = PathsBuilder::new()
        .path(
            at("api/send-message"),
            post("send_message", "Send a text to any phone number", Ref::from_schema_name("SendMessage")),
        )
        .path(
            at("api/send-location"),
            post("send_location", "Send a pin on the map", Ref::from_schema_name("SendLocation")),
        )
        .path(
            at("api/send-template"),
            post("send_template", "Send an approved template", Ref::from_schema_name("SendTemplate")),
        )
        .path(at("api/send"), post("send", "Send a message of any kind", Ref::from_schema_name("Send")))
        .path(at("api/chats"), get(read("chats", "List the 50 most recent conversations", "Chats")))
        .path(at("api"), get(read("root", "Say who answers here, and what it knows", "Root")))
        .path(at("webhook"), webhook);
    let paths = business::paths(paths, at)
        .path("/healthz", get(probe("healthz", "Say that the process lives")))
        .path(
            "/readyz",
            get(probe("readyz", "Say whether the store answers").response("503", plain("Not ready."))),
        )
        .build();
    let components = ComponentsBuilder::new()
        .schema_from::<s::SendMessage>()
        .schema_from::<s::SendLocation>()
        .schema_from::<s::SendTemplate>()
        .schema("Send", contents::message(s::phone()))
        .schema_from::<s::Common>()
        .schema_from::<s::Sent>()
        .schema_from::<s::Read>()
        .schema_from::<s::Done>()
        .schema_from::<s::Uploaded>()
        .schema_from::<s::DoneAnswer>()
        .schema_from::<s::MediaAnswer>()
        .schema_from::<s::UploadAnswer>()
        .schema_from::<s::TemplatesAnswer>()
        .schema_from::<s::SendsAnswer>()
        .schema_from::<s::SendRecord>()
        .schema_from::<s::Chats>()
        .schema_from::<s::Conversation>()
        .schema_from::<s::Root>()
        .schema_from::<s::Limits>()
        .schema_from::<s::Failed>()
        .schema_from::<s::Taken>()
        .security_scheme(
            KEY,
            SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
                "X-API-Key",
                "A key that `wamid key create` printed.",
            ))),
        )
        .build();
    let info = InfoBuilder::new()
        .title("wamid gateway")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Sends WhatsApp messages through Meta's Cloud API. Each path also answers without its trailing slash. \
             Unknown members of a body are ignored, except at api/send/.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    let tags = ["messaging", "webhook", "health"].map(|name| TagBuilder::new().name(name).build());
    OpenApiBuilder::new().info(info).tags(Some(tags)).paths(paths).components(Some(components)).build()
}

fn needs_key(operation: OperationBuilder) -> OperationBuilder {
    operation
        .tag("messaging")
        .security(SecurityRequirement::new(KEY, Vec::<String>::new()))
        .response("401", failed("The key is missing, wrong or revoked."))
        .response(
            "403",
            failed(
                "The key is limited, and this is beyond its limits, or its time is over. Nothing was sent.",
            ),
        )
}

fn send(name: &str, summary: &str, body: Ref) -> Operation {
    let body = RequestBodyBuilder::new()
        .content(JSON, ContentBuilder::new().schema(Some(body)).build())
        .required(Some(Required::True))
        .build();
    // ASCII with something visible: HTTP drops white space around it.
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(r"^[\t -~]*[!-~][\t -~]*$"))
        .max_length(Some(255))
        .build();
    let idempotency = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The same key with the same arguments sends once: the second request gets the first one's answer.",
        ))
        .schema(Some(text))
        .build();
    needs_key(operation(name, summary))
        .parameter(idempotency)
        .request_body(Some(body))
        .response("200", answered("The host took the message.", "Sent"))
        .response(
            "400",
            failed("An argument breaks a rule, or the host refused the message. Nothing was sent."),
        )
        .response("408", failed("The body did not come in time. Nothing was sent."))
        .response("413", failed("The body is over 64 KiB. Nothing was sent."))
        .response("422", failed("The idempotency key came with other arguments before. Nothing was sent."))
        .response("429", failed_later("Too fast, for this gateway or for Meta. Nothing was sent."))
        .response(
            "502",
            failed("Meta failed, or could not be reached; maybe_sent says what became of the message."),
        )
        .response("503", failed_later("The gateway is full or has no store. Nothing was sent."))
        .response("504", failed("Meta did not answer in time; maybe_sent says what became of the message."))
        .build()
}

fn read(name: &str, summary: &str, schema: &str) -> OperationBuilder {
    needs_key(operation(name, summary))
        .response("200", answered("The answer.", schema))
        .response("429", failed_later("Too fast."))
        .response("503", failed_later("The store does not answer."))
}

fn subscribe() -> Operation {
    let query = |name: &str| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Query)
            .required(Required::True)
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
            .build()
    };
    let challenge = ObjectBuilder::new().schema_type(Type::String).build();
    let echoed = ResponseBuilder::new()
        .description("The challenge.")
        .content("text/plain; charset=utf-8", ContentBuilder::new().schema(Some(challenge)).build());
    operation("webhook_subscribe", "Answer Meta's subscription check")
        .tag("webhook")
        .parameter(query("hub.mode"))
        .parameter(query("hub.verify_token"))
        .parameter(query("hub.challenge"))
        .response("200", echoed)
        .response("403", failed("Another verify token."))
        .response("503", failed("The store does not answer; Meta asks again."))
        .build()
}

fn receive() -> Operation {
    let any = ObjectBuilder::new().schema_type(Type::Object).build();
    let body = RequestBodyBuilder::new()
        .content(JSON, ContentBuilder::new().schema(Some(any)).build())
        .required(Some(Required::True))
        .build();
    let signature = ParameterBuilder::new()
        .name("X-Hub-Signature-256")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build();
    operation("webhook_receive", "Take what Meta tells")
        .tag("webhook")
        .parameter(signature)
        .request_body(Some(body))
        .response("200", answered("Recorded.", "Taken"))
        .response("400", failed("Not a webhook of Meta."))
        .response("401", failed("No account's app secret made this signature of this body."))
        .response("413", failed("The body is over 3 MiB."))
        .response(
            "503",
            failed_later("The gateway is full or its store does not answer; Meta sends it again."),
        )
        .build()
}

fn probe(name: &str, summary: &str) -> OperationBuilder {
    operation(name, summary).tag("health").response("200", answered("Yes.", "Taken"))
}

fn operation(name: &str, summary: &str) -> OperationBuilder {
    OperationBuilder::new().operation_id(Some(name)).summary(Some(summary))
}

fn answered(description: &str, schema: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    ResponseBuilder::new().description(description).content(JSON, content).build()
}

fn failed(description: &str) -> RefOr<Response> {
    answered(description, "Failed").into()
}

fn failed_later(description: &str) -> RefOr<Response> {
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).build();
    let header = HeaderBuilder::new().schema(seconds).description(Some("Seconds to wait.")).build();
    let mut response = answered(description, "Failed");
    response.headers.insert("Retry-After".to_owned(), header);
    response.into()
}

fn plain(description: &str) -> RefOr<Response> {
    ResponseBuilder::new().description(description).build().into()
}
