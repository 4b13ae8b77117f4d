//! A form, as some of Meta's paths take one in place of JSON.

use bytes::Bytes as Content;
use http::header::HeaderValue;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::json::Json;
use crate::media::Bytes;
use crate::transport::Body;

/// A field of a form.
struct Field {
    name: String,
    /// The name and the MIME type of a file.
    file: Option<(String, String)>,
    content: Content,
}

/// The body of a form: an object whose members are texts, numbers, booleans, and files: objects with `data`, `filename` and
/// `mime_type`.
pub(super) fn body(form: &Json) -> Result<Body, Error> {
    let members: Map<String, Value> =
        serde_json::from_str(form.as_str()).map_err(|_| Error::invalid("form", "must be an object"))?;
    let mut fields = Vec::with_capacity(members.len());
    for (name, value) in members {
        let path = format!("form.{name}");
        if !fits_in_quotes(&name) {
            return Err(Error::invalid(path, "must have no quotes and no control characters in its name"));
        }
        let (file, content) = match value {
            Value::Null => continue,
            Value::String(text) => (None, text.into()),
            Value::Number(number) => (None, number.to_string().into()),
            Value::Bool(boolean) => (None, boolean.to_string().into()),
            Value::Object(members) => file(members, &path)?,
            Value::Array(_) => return Err(Error::invalid(path, RULE)),
        };
        fields.push(Field { name, file, content });
    }
    let boundary = boundary(&fields);
    let mime_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        .map_err(|_| Error::invalid("form", "has no boundary"))?;
    Ok(Body::Held { mime_type, content: written(&fields, &boundary).into() })
}

const RULE: &str = "must be a text, a number, a boolean, or a file with data, filename and mime_type";

type File = (Option<(String, String)>, Content);

fn file(mut members: Map<String, Value>, path: &str) -> Result<File, Error> {
    let mut text = |name: &str| match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::invalid(format!("{path}.{name}"), "must be a text")),
    };
    let (data, filename, mime_type) = (text("data")?, text("filename")?, text("mime_type")?);
    if let Some(unknown) = members.keys().next() {
        return Err(Error::invalid(format!("{path}.{unknown}"), "is unknown"));
    }
    let data = data.ok_or_else(|| Error::invalid(path, RULE))?;
    let data =
        Bytes::from_base64(&data).ok_or_else(|| Error::invalid(format!("{path}.data"), "must be base64"))?;
    let filename = filename.unwrap_or_else(|| "file".to_owned());
    if !fits_in_quotes(&filename) {
        let rule = "must have no quotes and no control characters";
        return Err(Error::invalid(format!("{path}.filename"), rule));
    }
    let mime_type = mime_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    if mime_type.parse::<HeaderValue>().is_err() {
        return Err(Error::invalid(
            format!("{path}.mime_type"),
            "must be a MIME type such as application/json",
        ));
    }
    Ok((Some((filename, mime_type)), data.0))
}

/// Whether it can stand between the quotes of a header as it is.
fn fits_in_quotes(text: &str) -> bool {
    !text.chars().any(|letter| letter == '"' || letter == '\\' || letter.is_control())
}

/// A text that no content has in it.
fn boundary(fields: &[Field]) -> String {
    loop {
        let boundary = format!("wamid-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let is_in = |field: &Field| field.content.windows(boundary.len()).any(|at| at == boundary.as_bytes());
        if !fields.iter().any(is_in) {
            return boundary;
        }
    }
}

fn written(fields: &[Field], boundary: &str) -> Vec<u8> {
    let length: usize = fields.iter().map(|field| field.content.len() + 256).sum();
    let mut out = Vec::with_capacity(length + 64);
    for Field { name, file, content } in fields {
        let head = match file {
            None => format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"),
            Some((filename, mime_type)) => format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
                 Content-Type: {mime_type}\r\n\r\n"
            ),
        };
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(content);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    out
}
