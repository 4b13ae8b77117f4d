//! `/openapi.json`, and `/docs`: a page that shows it. Everything the page needs is in the binary.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use utoipa_swagger_ui::Config;

use super::openapi;

/// The page talks to the gateway alone; the browser holds it to that.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

#[derive(Clone)]
struct Docs {
    json: Arc<str>,
    page: Arc<Config<'static>>,
}

/// The two addresses, beside a messaging API under `prefix`.
pub(super) fn router(prefix: &str) -> Router {
    // It is made of names and numbers, which can always be written.
    let json = openapi::document(prefix).to_json().unwrap_or_default();
    // Relative, so that it also works behind a proxy that mounts the gateway elsewhere.
    let page = Config::new(["../openapi.json"])
        .use_base_layout()
        .validator_url("none")
        .doc_expansion("list")
        .default_models_expand_depth(0)
        .try_it_out_enabled(false);
    Router::new()
        .route("/openapi.json", get(document))
        // Not permanent: browsers would remember it.
        .route("/docs", get(|| std::future::ready(Redirect::temporary("docs/"))))
        .route("/docs/", get(index))
        .route("/docs/{file}", get(file))
        .with_state(Docs { json: json.into(), page: Arc::new(page) })
}

async fn document(State(docs): State<Docs>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    std::future::ready((kind, docs.json.to_string()).into_response()).await
}

async fn index(State(docs): State<Docs>) -> Response {
    std::future::ready(asset("index.html", docs.page)).await
}

async fn file(State(docs): State<Docs>, Path(file): Path<String>) -> Response {
    std::future::ready(asset(&file, docs.page)).await
}

fn asset(file: &str, page: Arc<Config<'static>>) -> Response {
    match utoipa_swagger_ui::serve(file, page) {
        Ok(Some(asset)) => {
            let headers = [
                (header::CONTENT_TYPE, asset.content_type),
                (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            ];
            (headers, asset.bytes.into_owned()).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a file of the documentation cannot be served");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
