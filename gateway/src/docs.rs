//! `/openapi.json`, and `/docs`: a page that shows it. Everything the page needs is in the binary.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::openapi;

/// The page talks to the gateway alone; the browser holds it to that.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

const INDEX: &str = include_str!("../page/index.html");
const INITIALIZER: &str = include_str!("../page/swagger-initializer.js");
/// Files of Swagger UI, packed by gzip.
const SWAGGER_UI: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/swagger_ui.rs"));

/// The two addresses, beside a messaging API under `prefix`.
pub(super) fn router(prefix: &str) -> Router {
    // It is made of names and numbers, which can always be written.
    let json: Arc<str> = openapi::document(prefix).to_json().unwrap_or_default().into();
    Router::new()
        .route("/openapi.json", get(document))
        // Not permanent: browsers would remember it.
        .route("/docs", get(|| std::future::ready(Redirect::temporary("docs/"))))
        .route("/docs/", get(|| std::future::ready(asset("index.html"))))
        .route("/docs/{file}", get(|Path(file): Path<String>| std::future::ready(asset(&file))))
        .with_state(json)
}

async fn document(State(json): State<Arc<str>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    std::future::ready((kind, json.to_string()).into_response()).await
}

fn asset(file: &str) -> Response {
    let mut response = match (file, SWAGGER_UI.iter().find(|(name, _)| *name == file)) {
        ("index.html", _) => INDEX.into_response(),
        ("swagger-initializer.js", _) => INITIALIZER.into_response(),
        // Every browser takes it packed.
        (_, Some((_, packed))) => ([(header::CONTENT_ENCODING, "gzip")], *packed).into_response(),
        (_, None) => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(type_of(file)));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn type_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "image/png",
    }
}

#[cfg(test)]
mod tests {
    use super::SWAGGER_UI;

    #[test]
    fn the_page_takes_little_of_the_binary() {
        let size: usize = SWAGGER_UI.iter().map(|(_, packed)| packed.len()).sum();
        assert!(size < 600_000, "{size} bytes");
    }
}
