//! What goes in and comes out, as `/openapi.json` describes it. A test holds it against real answers.
#![expect(dead_code, reason = "described, never built: bodies are read more generously than one type could")]

use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

/// A text message.
#[derive(ToSchema)]
#[schema(example = json!({"phone": "919876543210", "message": "Hello from the API"}))]
pub(super) struct SendMessage {
    #[schema(schema_with = phone)]
    phone: Value,
    /// The text, 1 to 4096 characters.
    #[schema(min_length = 1, max_length = 4096)]
    message: String,
    /// Whether the first link in the text gets a preview.
    preview_url: Option<bool>,
    #[serde(flatten)]
    common: Common,
}

/// A pin on the map.
#[derive(ToSchema)]
#[schema(example = json!({
    "phone": "919876543210", "latitude": 28.6139, "longitude": 77.2090, "name": "Our Office",
    "address": "Connaught Place, New Delhi"
}))]
pub(super) struct SendLocation {
    #[schema(schema_with = phone)]
    phone: Value,
    #[schema(schema_with = latitude)]
    latitude: Value,
    #[schema(schema_with = longitude)]
    longitude: Value,
    /// The title of the card.
    #[schema(max_length = 1000)]
    name: Option<String>,
    /// The line below it.
    #[schema(max_length = 1000)]
    address: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// An approved template.
#[derive(ToSchema)]
#[schema(example = json!({
    "phone": "919876543210", "template_name": "order_update", "language": "en",
    "body_params": ["Priya", "42"]
}))]
pub(super) struct SendTemplate {
    #[schema(schema_with = phone)]
    phone: Value,
    /// The template's exact name.
    #[schema(pattern = "^[a-z0-9_]+$", max_length = 512)]
    template_name: String,
    /// The template's language, such as `en`, `hi` or `en_US`; `en` when absent.
    #[schema(pattern = "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$")]
    language: Option<String>,
    /// What goes into the header's placeholders: texts, or Meta's parameter objects for media and the like.
    header_params: Option<Vec<Value>>,
    /// What goes into `{{1}}`, `{{2}}` … of the body, in that order.
    body_params: Option<Vec<Value>>,
    /// Objects with `sub_type` (`quick_reply` when absent), `index` and what it needs: `text`, `payload`, `coupon_code`,
    /// `flow_token` …
    buttons: Option<Vec<Value>>,
    /// Meta's `components`, in place of `header_params`, `body_params` and `buttons`.
    components: Option<Vec<Value>>,
    #[serde(flatten)]
    common: Common,
}

/// What every send takes.
#[derive(ToSchema)]
pub(super) struct Common {
    /// The account to send from; the default account when absent.
    account_id: Option<i64>,
    /// The id of the message that this one answers, `wamid.…`.
    #[schema(min_length = 1)]
    reply_to: Option<String>,
    /// A text of the caller's own, which comes back with status webhooks.
    #[schema(min_length = 1, max_length = 512)]
    reference: Option<String>,
}

/// The host took the message.
#[derive(ToSchema)]
#[schema(example = json!({
    "status": "sent",
    "result": {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "919876543210", "wa_id": "919876543210"}],
        "messages": [{"id": "wamid.HBgMOTE5ODc2NTQzMjEw"}]
    }
}))]
pub(super) struct Sent {
    /// Always `sent`.
    status: String,
    /// Meta's answer, untouched.
    #[schema(value_type = Object)]
    result: Value,
}

/// The 50 most recent conversations, the newest first.
#[derive(ToSchema)]
pub(super) struct Chats {
    conversations: Vec<Conversation>,
}

/// A message of a customer's that is marked as read.
#[derive(ToSchema)]
#[schema(example = json!({"message_id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQz", "typing": true}))]
pub(super) struct Read {
    /// The message's id, as its webhook has it.
    #[schema(min_length = 1, pattern = r"^wamid\.")]
    message_id: String,
    /// Whether the customer sees that an answer is being written.
    typing: Option<bool>,
    /// The account that it came to; the default one when absent.
    account_id: Option<i64>,
}

/// Something that was done.
#[derive(ToSchema)]
pub(super) struct DoneAnswer {
    result: Done,
}

/// Meta's answer to a change.
#[derive(ToSchema)]
pub(super) struct Done {
    success: bool,
}

/// What Meta says of a file.
#[derive(ToSchema)]
pub(super) struct MediaAnswer {
    #[schema(value_type = Object)]
    result: Value,
}

/// A file that was uploaded.
#[derive(ToSchema)]
pub(super) struct UploadAnswer {
    result: Uploaded,
}

/// Meta's answer to an upload.
#[derive(ToSchema)]
pub(super) struct Uploaded {
    /// The file's id.
    id: String,
}

/// The templates of an account, each as Meta has it.
#[derive(ToSchema)]
pub(super) struct TemplatesAnswer {
    #[schema(value_type = Vec<Object>)]
    templates: Vec<Value>,
}

/// What is on record of sends.
#[derive(ToSchema)]
pub(super) struct SendsAnswer {
    sends: Vec<SendRecord>,
}

/// What is on record of a send.
#[derive(ToSchema)]
#[schema(example = json!({
    "reference": "order-42", "message_id": "wamid.HBgMOTE5ODc2NTQzMjEw", "recipient": "919876543210", "operation": "text",
    "status": "delivered", "code": null, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:02Z"
}))]
pub(super) struct SendRecord {
    /// Its reference.
    #[schema(required)]
    reference: Option<String>,
    /// The message's id, once it is known.
    #[schema(required)]
    message_id: Option<String>,
    /// Whom it went to.
    recipient: String,
    /// The type of its content, such as `text` or `image`.
    operation: String,
    /// `sending`, `unknown` (it may have gone out), `sent`, `delivered`, `read` or `failed`; new ones may come.
    status: String,
    /// Why it failed, by Meta's error code.
    #[schema(required)]
    code: Option<i64>,
    /// When it was written down, before it went out.
    #[schema(format = DateTime)]
    created_at: String,
    /// When something of it last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

/// A conversation with one contact.
#[derive(ToSchema)]
#[schema(example = json!({
    "id": 1, "phone_number": "919876543210", "label": null, "unread_count": 3,
    "last_message_at": "2026-11-22T10:00:00Z"
}))]
pub(super) struct Conversation {
    /// Its id on this gateway.
    id: i64,
    /// The contact's number, or its user id where Meta gives no number.
    phone_number: String,
    /// The id of the label that someone gave it.
    #[schema(required)]
    label: Option<i64>,
    /// How many messages came in since the last one that went out.
    unread_count: i64,
    /// When the last message came in or went out.
    #[schema(required, format = DateTime)]
    last_message_at: Option<String>,
}

/// Who answers here, and what it knows beyond the original API.
#[derive(ToSchema)]
#[schema(example = json!({"gateway": "wamid", "version": "0.1.0", "extensions": ["reference", "reply_to"]}))]
pub(super) struct Root {
    /// Always `wamid`.
    gateway: String,
    version: String,
    extensions: Vec<String>,
    /// What the key may do, where that is not everything. An absent limit is null.
    limits: Option<Limits>,
}

/// What an API key is limited to.
#[derive(ToSchema)]
#[schema(example = json!({
    "allow": ["send_template"], "accounts": [1], "templates": ["order_update"], "rate": "10/min", "expires_at": null
}))]
pub(super) struct Limits {
    /// What it may do: `send` (every kind), `send_template` (no other kind), `chats`, `media`, `read`, `templates`, `sends`.
    allow: Option<Vec<String>>,
    /// The accounts that it may use. Where there is only one, a request that names none goes there.
    accounts: Option<Vec<i64>>,
    /// The names of the templates that it may send.
    templates: Option<Vec<String>>,
    /// How many requests it may make in which time.
    #[schema(pattern = "^[0-9]+/(s|min|h|d)$")]
    rate: Option<String>,
    /// From when on it is refused.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// What went wrong. `maybe_sent` is the field to read first: true means that the message may have gone out.
#[derive(ToSchema)]
#[schema(example = json!({
    "error": "phone is missing", "kind": "invalid_input", "field": "phone", "retryable": false, "maybe_sent": false
}))]
pub(super) struct Failed {
    /// A sentence for people.
    error: String,
    /// `invalid_input`, `authentication`, `rate_limited`, `rejected`, `server`, `timeout`, `connection`,
    /// `unexpected_response`, `unsupported` or `store`; new ones may come.
    kind: String,
    /// Whether the message may have gone out although this is an error.
    maybe_sent: bool,
    /// Whether the same request may succeed later.
    retryable: bool,
    /// The argument that breaks a rule.
    field: Option<String>,
    /// Seconds to wait before the next attempt.
    retry_after: Option<f64>,
    /// The HTTP status that Meta answered.
    status: Option<u16>,
    /// Meta's error code.
    code: Option<i64>,
    /// Meta's error subcode.
    subcode: Option<i64>,
    /// Meta's title of the error.
    title: Option<String>,
    /// Meta's details.
    details: Option<String>,
    /// Meta's id of the request, for its support.
    trace_id: Option<String>,
    /// The send's reference.
    reference: Option<String>,
    /// How many attempts were made.
    attempts: Option<u32>,
}

/// A webhook was taken.
#[derive(ToSchema)]
pub(super) struct Taken {
    /// `ok`.
    status: String,
}

/// A number in digits, also as a JSON number.
pub(super) fn phone() -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).format(Some(custom("phone"))).build();
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1_000_000_i64))
        .maximum(Some(999_999_999_999_999_i64))
        .build();
    AnyOfBuilder::new()
        .item(text)
        .item(number)
        .description(Some(
            "The recipient with country code and without `+`, such as `919876543210`; or a user id.",
        ))
        .into()
}

fn latitude() -> RefOr<Schema> {
    degrees(90)
}

fn longitude() -> RefOr<Schema> {
    degrees(180)
}

/// Decimal degrees, also as a text.
fn degrees(most: i64) -> RefOr<Schema> {
    let number =
        ObjectBuilder::new().schema_type(Type::Number).minimum(Some(-most)).maximum(Some(most)).build();
    let text = ObjectBuilder::new().schema_type(Type::String).format(Some(custom("decimal"))).build();
    AnyOfBuilder::new().item(number).item(text).description(Some("Decimal degrees.")).into()
}

/// A format of our own: it tells people and generators what a text looks like, and restricts nothing.
fn custom(name: &str) -> SchemaFormat {
    SchemaFormat::Custom(name.to_owned())
}
