//! The phone page and what it asks for: `/_sandbox/phone/…`.

mod files;
mod guarded;
mod media;
mod queries;
mod ranges;
mod stream;
mod table;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};

use super::state::Shared;

pub(super) use self::guarded::guarded;

/// Where the page is.
pub(super) const HOME: &str = "/_sandbox/phone/";

/// The routes, each of them guarded.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/_sandbox/phone", get(files::home))
        .route("/_sandbox/phone/", get(files::index))
        .route("/_sandbox/phone/{*file}", get(files::file))
        .route("/_sandbox/phone/state", get(queries::state))
        .route("/_sandbox/phone/chats/{phone}", get(queries::chat).post(queries::act))
        .route("/_sandbox/phone/wire/{id}", get(queries::wire))
        .route("/_sandbox/phone/events", get(stream::events))
        .route("/_sandbox/phone/files", post(media::upload))
        .route("/_sandbox/phone/files/{id}", get(media::content))
        .route_layer(middleware::from_fn(guarded))
}
