//! What a key may do besides sending: mark messages as read, hand files through, list the templates of an account.

use std::io::Write as _;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::time::{Instant, timeout_at};
use wamid::{Client, Error, MediaContent};

use super::answer::{Failure, WrittenAnswer};
use super::clock::{MARGIN, in_time};
use super::endpoints::QueryKey;
use super::keys::KnownKey;
use super::rights::{KeyLimits, Right};
use super::{ANSWER_WITHIN, Shared};

/// The largest file that Meta takes.
const MOST_FILE: u64 = 100 << 20;

/// The longest MIME type.
const MOST_TYPE: usize = 255;

/// A message to mark as read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    message_id: String,
    #[serde(default)]
    typing: bool,
    account_id: Option<i64>,
}

pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let (head, body) = request.into_parts();
    let key =
        in_time(Instant::now(), async { shared.check(&head.headers, &query, &[Right::Read]).await }).await?;
    let body = shared.body(&shared.sends, &head.headers, body).await?;
    let read: Read = serde_json::from_slice(&body)
        .map_err(|error| Failure::argument("body", &format!("cannot be read: {error}")))?;
    asked_in_time(Instant::now(), async {
        let client = shared.client(&key, read.account_id).await?;
        client.mark_read(read.message_id).typing(read.typing).await?;
        Ok(success())
    })
    .await
}

pub(super) async fn templates(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    asked_in_time(Instant::now(), async {
        let (key, client) = shared.asked_by(&headers, &query, Right::Templates).await?;
        let mut asked = client.templates();
        if let Some(name) = query.get("name") {
            asked = asked.name(name.as_str());
        }
        if let Some(language) = query.get("language") {
            asked = asked.language(language.as_str());
        }
        if let Some(status) = query.get("status") {
            asked = asked.status(status.as_str());
        }
        if let Some(category) = query.get("category") {
            asked = asked.category(category.as_str());
        }
        let limit = whole("limit", &query)?;
        // Of all that there are a key may know only some: then the limit is for those.
        if let Some(limit) = limit.filter(|limit| *limit < 1 || key.limits.templates.is_none()) {
            asked = asked.limit(limit);
        }
        let known = asked.await?.into_iter().filter(|template| key.limits.knows_template(&template.name));
        let most = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or_default());
        let found: Vec<wamid::Json> = known.take(most).map(|template| template.raw).collect();
        Ok(Json(json!({ "templates": found })))
    })
    .await
}

pub(super) async fn media_info(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    asked_in_time(Instant::now(), async {
        let info = shared.asked_by(&headers, &query, Right::Media).await?.1.media_info(file(id)?).await?;
        Ok(Json(json!({ "result": info.raw })))
    })
    .await
}

pub(super) async fn delete_media(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    asked_in_time(Instant::now(), async {
        shared.asked_by(&headers, &query, Right::Media).await?.1.delete_media(file(id)?).await?;
        Ok(success())
    })
    .await
}

/// Hands a file's content through as it comes in. Where it turns out to be another one than Meta said, the answer breaks off.
pub(super) async fn media_content(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(query): Query<QueryKey>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let content = asked_in_time(Instant::now(), async {
        Ok(shared.asked_by(&headers, &query, Right::Media).await?.1.open_media(&file(id)?, MOST_FILE).await?)
    })
    .await?;
    let kind = HeaderValue::from_str(&content.info.mime_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let length = content.info.file_size;
    let mut response = Response::new(Body::from_stream(pieces(content)));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    // A browser must not take it for a page of this site.
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}

fn pieces(content: MediaContent) -> impl stream::Stream<Item = Result<axum::body::Bytes, Error>> {
    stream::try_unfold(content, |mut content| async move {
        Ok(content.piece().await?.map(|piece| (piece, content)))
    })
}

/// Takes a file to the disk as it comes in, and then to Meta: its length, which Meta wants first, is known only then.
pub(super) async fn upload_media(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<QueryKey>,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let (head, body) = request.into_parts();
    let (key, client) = in_time(Instant::now(), shared.asked_by(&head.headers, &query, Right::Media)).await?;
    let request = Request::from_parts(head, body);
    let _slot = shared
        .uploads
        .slot(key.id)
        .await
        .map_err(|_| Failure::Broken("the gateway is stopping".to_owned()))?;
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| Failure::argument("file", &format!("cannot be read: {error}")))?;
    let (mut file, mut mime_type) = (None, None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("type") => mime_type = Some(short(field).await?),
            Some("file") if file.is_none() => file = Some(Taken::of(field).await?),
            _ => {}
        }
    }
    let Taken { on_disk, filename, content_type } =
        file.ok_or_else(|| Failure::argument("file", "is missing"))?;
    let path = on_disk.path().to_string_lossy().into_owned();
    let mut upload = client.upload_media().file(path).filename(filename);
    // A form of a page sends a field that nobody filled in as an empty one.
    if let Some(mime_type) = [mime_type, content_type].into_iter().flatten().find(|given| !given.is_empty()) {
        upload = upload.mime_type(mime_type);
    }
    let id = upload.await?;
    Ok(Json(json!({ "result": { "id": id } })))
}

/// A field that holds a MIME type.
async fn short(mut field: Field<'_>) -> Result<String, Failure> {
    let mut text = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        text.extend_from_slice(&piece);
        if text.len() > MOST_TYPE {
            return Err(Failure::argument("type", "must be a MIME type of at most 255 bytes"));
        }
    }
    String::from_utf8(text).map_err(|_| Failure::argument("type", "must be a MIME type"))
}

/// A file of a form, on the disk until it is dropped.
struct Taken {
    on_disk: NamedTempFile,
    filename: String,
    content_type: Option<String>,
}

impl Taken {
    async fn of(mut field: Field<'_>) -> Result<Self, Failure> {
        let filename = field.file_name().unwrap_or("file").to_owned();
        let content_type = field.content_type().map(str::to_owned);
        let mut on_disk = apart(NamedTempFile::new).await?;
        let mut length = 0;
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            length += piece.len() as u64;
            if length > MOST_FILE {
                return Err(Failure::TooLarge);
            }
            on_disk = apart(move || on_disk.write_all(&piece).map(|()| on_disk)).await?;
        }
        Ok(Self { on_disk, filename, content_type })
    }
}

/// Does what may wait for the disk where that holds nobody up.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Error::store("keep a file", error).into()),
        Err(_) => Err(Failure::Broken("the gateway is stopping".to_owned())),
    }
}

fn broken(error: axum::extract::multipart::MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::TooLarge
    } else {
        Failure::Broken(error.to_string())
    }
}

/// The id of a file. Whatever else Meta has under an id, a key must not be able to reach.
fn file(id: String) -> Result<String, Failure> {
    if !id.is_empty() && id.len() <= 30 && id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(id);
    }
    Err(Failure::argument("id", "must be the id of a file, which is digits alone"))
}

/// Whose number or account is meant: the default account's where none is named.
fn account(query: &QueryKey) -> Result<Option<i64>, Failure> {
    whole("account_id", query)
}

fn whole(name: &str, query: &QueryKey) -> Result<Option<i64>, Failure> {
    let Some(number) = query.get(name) else { return Ok(None) };
    number.parse().map(Some).map_err(|_| Failure::argument(name, "must be a whole number"))
}

/// Gives up what Meta does not answer in the time of a request.
async fn asked_in_time<T>(
    came: Instant,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let until = came + ANSWER_WITHIN.saturating_sub(MARGIN);
    timeout_at(until, work).await.unwrap_or_else(|_| Err(Failure::Written(WrittenAnswer::late())))
}

fn success() -> Json<Value> {
    Json(json!({ "result": { "success": true } }))
}

impl Shared {
    /// The key of a request without a body, and the client that it asks for.
    async fn asked_by(
        &self,
        headers: &HeaderMap,
        query: &QueryKey,
        right: Right,
    ) -> Result<(KnownKey, Client), Failure> {
        let key = self.check(headers, query, &[right]).await?;
        let client = self.client(&key, account(query)?).await?;
        Ok((key, client))
    }

    /// The client of an account that the key may use. Without an id it is the key's only account, or the default one.
    pub(super) async fn client(&self, key: &KnownKey, account_id: Option<i64>) -> Result<Client, Failure> {
        let asked = account_id.or(key.limits.only_account());
        if let Some(id) = asked {
            // Whether there is such an account is nobody's business who may not use it.
            key.limits.account(id, true)?;
        }
        match (self.accounts.client(asked).await?, account_id, asked) {
            (Some((id, client)), ..) => key.limits.account(id, false).map(|()| client),
            (None, Some(_), _) => Err(Failure::argument("account_id", "is no account of this gateway")),
            (None, None, Some(id)) => Err(KeyLimits::account_is_gone(id)),
            (None, None, None) => Err(Failure::NoAccount),
        }
    }
}
