//! What Meta keeps for a business besides its messages: files, templates, Flows, products, blocked users, the profile.

mod commerce;
mod encryption;
mod files;
mod flows;
mod media;
mod multipart;
mod profile;
mod read;
mod templates;
mod uploads;
mod users;

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use http::{Method, StatusCode, Uri};
use serde_json::{Map, Value, json};

use super::answers::{self, ACCOUNT_ID, APP_ID};
use super::errors::GraphError;
use super::graph::{check_access, check_number, check_token, check_version, read as read_body, read_at_most};
use super::state::Shared;

pub(super) use self::commerce::{CATALOG_ID, all_products, price_of};
use self::files::Files;
pub(super) use self::files::{File, keep as keep_file};
use self::flows::Flows;
pub(super) use self::media::check_file;
pub(super) use self::read::mark as mark_read;
pub(super) use self::templates::{Known, Templates};
pub(super) use self::uploads::{SESSION, take as take_upload};

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) files: Files,
    flows: Flows,
    public_key: Option<String>,
    uploads: uploads::Uploads,
    profile: Map<String, Value>,
    blocked: Vec<Value>,
}

impl Account {
    /// The JSON of the Flow of that id or name, where it has one.
    pub(super) fn flow_json(&self, flow: &str) -> Option<Arc<Value>> {
        self.flows.json(flow)
    }

    /// Whether the business blocked that customer.
    pub(super) fn has_blocked(&self, phone: &str) -> bool {
        users::has(&self.blocked, phone)
    }
}

type Fields = std::collections::HashMap<String, String>;

/// A body of an upload: the largest file that Meta takes, and what stands around it.
pub(super) const MOST_UPLOAD: usize = 101 * 1024 * 1024;

/// `/{version}/{id}/{what}`: all that has a path of its own below a number or an account.
pub(super) async fn below(
    State(shared): State<Arc<Shared>>,
    Path((version, id, what)): Path<(String, String, String)>,
    Query(query): Query<Fields>,
    request: Request,
) -> Response {
    let method = request.method().clone();
    let checked = check_version(&version, request.uri().path())
        .and_then(|()| check_access(&shared, &request))
        .and_then(|()| owner(&shared, &method, &id, &what));
    if let Err(error) = checked {
        return answers::error(&shared.random, &version, &error);
    }
    let host =
        request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let content_type =
        request.headers().get("content-type").and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    let bytes = if what == "media" {
        read_at_most(request.into_body(), MOST_UPLOAD).await
    } else {
        read_body(request.into_body()).await
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return answers::error(&shared.random, &version, &error),
    };
    let (content_type, address) = (content_type.as_deref(), format!("http://{host}/{version}/{id}/{what}"));
    let answered = match (what.as_str(), method) {
        ("media", Method::POST) => media::upload(&shared, &query, content_type, &bytes),
        ("uploads", Method::POST) => uploads::begin(&shared, &query),
        ("message_templates", Method::GET) => Ok(shared.templates().list(&query, &address)),
        ("products", Method::GET) => commerce::products(&query, &address),
        ("flows", Method::GET) => Ok(shared.account().flows.list()),
        ("flows", Method::POST) => flows::create(&shared, content_type, &bytes),
        ("assets", Method::POST) => flows::upload(&shared, &id, content_type, &bytes),
        ("publish" | "deprecate", Method::POST) => flows::change_status(&shared, &id, &what),
        ("whatsapp_business_encryption", Method::GET) => Ok(encryption::show(&shared)),
        ("whatsapp_business_encryption", Method::POST) => {
            flows::form_or_object(content_type, &bytes).and_then(|body| encryption::change(&shared, &body))
        }
        ("message_templates", Method::POST) => {
            object(&bytes).and_then(|body| shared.templates().create(&shared.random, body))
        }
        ("message_templates", Method::DELETE) => shared.templates().delete(&query),
        ("block_users", Method::GET) => Ok(users::list(&shared)),
        ("block_users", Method::POST) => object(&bytes).and_then(|body| users::block(&shared, &body)),
        ("block_users", Method::DELETE) => object(&bytes).and_then(|body| users::unblock(&shared, &body)),
        ("whatsapp_business_profile", Method::GET) => profile::show(&shared, &query),
        ("whatsapp_business_profile", Method::POST) => {
            object(&bytes).and_then(|body| profile::change(&shared, body))
        }
        (_, method) => Err(GraphError::unknown_object(method.as_str(), &id)),
    };
    answer(&shared, &version, answered)
}

/// `GET`, `POST`, `DELETE /{version}/{id}` of what is no phone number: a file, a template or a Flow.
pub(super) async fn object_of(shared: &Shared, version: &str, id: &str, request: Request) -> Response {
    let method = request.method().clone();
    let host =
        request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let bytes = match read_body(request.into_body()).await {
        Ok(bytes) => bytes,
        Err(error) => return answers::error(&shared.random, version, &error),
    };
    if let Some(number) = query.split('&').find_map(|pair| pair.strip_prefix("phone_number_id="))
        && !shared.sends_from(number)
    {
        return answers::error(&shared.random, version, &GraphError::unknown_object(method.as_str(), id));
    }
    let unknown = || GraphError::unknown_object(method.as_str(), id);
    let answered = match method {
        Method::GET => {
            let media = shared.account().files.describe(&shared.random, id, &host);
            match media.or_else(|| shared.templates().one(id)) {
                Some(found) => Ok(found),
                None => shared.account().flows.show(id, &query_of(&query)).unwrap_or_else(|| Err(unknown())),
            }
        }
        Method::DELETE => {
            let mut account = shared.account();
            if account.files.remove(id) {
                Ok(done())
            } else {
                account.flows.delete(id).unwrap_or_else(|| Err(unknown()))
            }
        }
        Method::POST => object(&bytes).and_then(|body| {
            let changed = shared.account().flows.edit(id, &body);
            changed.or_else(|| shared.templates().edit(id, body)).unwrap_or_else(|| Err(unknown()))
        }),
        _ => Err(unknown()),
    };
    answer(shared, version, answered)
}

/// `GET /_media/{key}`: the content of a file, for whoever has the token.
pub(super) async fn content(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    if check_token(&shared, request.headers()).is_err() {
        return answers::text(StatusCode::UNAUTHORIZED, "");
    }
    match shared.account().files.fetch(&key) {
        Some(file) => answers::file(&file.mime_type, file.bytes),
        None => answers::text(StatusCode::NOT_FOUND, ""),
    }
}

fn answer(shared: &Shared, version: &str, answered: Result<Value, GraphError>) -> Response {
    match answered {
        // Where some of many failed, Meta lists all of them beside its error.
        Ok(body) if body.get("error").is_some() => {
            answers::graph(&shared.random, StatusCode::BAD_REQUEST, version, &body)
        }
        Ok(body) => answers::graph(&shared.random, StatusCode::OK, version, &body),
        Err(error) => answers::error(&shared.random, version, &error),
    }
}

/// Templates and Flows belong to the account, products to a catalog, uploads of sessions to the app, all else to a number.
fn owner(shared: &Shared, method: &Method, id: &str, what: &str) -> Result<(), GraphError> {
    match what {
        "message_templates" | "flows" if id == ACCOUNT_ID => Ok(()),
        "products" if id == CATALOG_ID => Ok(()),
        "uploads" if id == APP_ID => Ok(()),
        "assets" | "publish" | "deprecate" if shared.account().flows.has(id) => Ok(()),
        "media" | "block_users" | "whatsapp_business_profile" | "whatsapp_business_encryption" => {
            check_number(shared, method.as_str(), id)
        }
        _ => Err(GraphError::unknown_object(method.as_str(), id)),
    }
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, GraphError> {
    serde_json::from_slice(bytes).map_err(|_| GraphError {
        message: "Invalid JSON in request body".into(),
        details: None,
        ..GraphError::of_code(100)
    })
}

fn product(body: &Map<String, Value>) -> Result<(), GraphError> {
    match body.get("messaging_product").and_then(Value::as_str) {
        Some("whatsapp") => Ok(()),
        _ => Err(GraphError::parameter("The parameter messaging_product is required.")),
    }
}

/// The text of that name, where there is one that is not empty.
fn text_of(body: &Map<String, Value>, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An object's fields of these names, in their order.
fn fields_of(object: &Map<String, Value>, names: &[&str]) -> Value {
    object
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect::<Map<_, _>>()
        .into()
}

/// The pairs of a query, or of a form that is written as one.
fn query_of(text: &str) -> Fields {
    let uri: Uri = format!("/?{text}").parse().unwrap_or_default();
    Query::try_from_uri(&uri).map(|Query(fields)| fields).unwrap_or_default()
}

fn done() -> Value {
    json!({ "success": true })
}
