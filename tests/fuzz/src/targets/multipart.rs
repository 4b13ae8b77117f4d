//! Files and the forms they travel in. Any form is answered as Meta answers; a file that the SDK uploads comes back byte for byte.
//!
//! Input: a letter, then a form as it stands in a body (`f`), or the content of a file (any other), which the SDK makes a form of.

use serde_json::Value;
use wamid::{Error, ErrorKind};

use crate::Target;
use crate::meta::{ask, call, path};

pub(super) const TARGET: Target = Target { name: "multipart", run, seeds };

fn run(data: &[u8]) {
    match data.split_first() {
        Some((b'f', form)) => any_form(form),
        Some((first, content)) => a_file(*first, content),
        None => {}
    }
}

fn any_form(form: &[u8]) {
    // The boundary is what the form begins with.
    let boundary = form.strip_prefix(b"--").and_then(|rest| rest.split(|byte| *byte == b'\r').next());
    let boundary = boundary.filter(|text| text.iter().all(|byte| byte.is_ascii_graphic())).unwrap_or(b"B");
    let kind = [b"multipart/form-data; boundary=", boundary].concat();
    let answer = ask("POST", &path("media"), &[("content-type", &kind)], form.to_owned());
    if !answer.status.is_success() {
        return answer.assert_is_graph_error();
    }
    let body = answer.json();
    let Some(id) = body["id"].as_str() else { panic!("{body}") };
    let info = ask("GET", &format!("/v26.0/{id}"), &[], Vec::new()).json();
    let size = info["file_size"].as_str().and_then(|size| size.parse::<u64>().ok()).unwrap_or_default();
    assert!(size > 0 && size < form.len() as u64, "{info}");
    let content = ask("GET", path_of(&info), &[], Vec::new());
    assert_eq!(content.body.len() as u64, size, "{info}");
    assert!(
        form.windows(content.body.len()).any(|part| part == content.body),
        "{info}: not what the form has"
    );
    ask("DELETE", &format!("/v26.0/{id}"), &[], Vec::new());
}

fn path_of(info: &Value) -> &str {
    let url = info["url"].as_str().unwrap_or_default();
    url.splitn(4, '/').nth(3).map_or("", |path| &url[url.len() - path.len() - 1..])
}

fn a_file(first: u8, content: &[u8]) {
    let types = ["text/plain", "image/png", "application/pdf; x=\"--\"", "audio/ogg", "image/webp"];
    let names = ["a.txt", "b\".txt", "täg\u{1f600}.txt", "line\r\n--break", " ", "a;b=c.pdf"];
    let mime_type = types[usize::from(first) % types.len()];
    let name = names[usize::from(first / 8) % names.len()];
    let sent = content.to_owned();
    let result: Result<Vec<u8>, Error> = call(async move |client| {
        let id = client.upload_media().data(sent).mime_type(mime_type).filename(name).await?;
        let file = client.download_media(&id).await?;
        client.delete_media(&id).await?;
        Ok(file.data.as_ref().to_vec())
    });
    match result {
        Ok(back) => assert!(back == content, "{mime_type} {name:?}: another file came back"),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{mime_type} {name:?}: {error:?}");
            assert!(
                content.is_empty() || error.field() == Some("filename") || error.field() == Some("mime_type"),
                "{error:?}"
            );
        }
    }
}

fn seeds() -> Vec<String> {
    let part = |head: &str, content: &str| {
        format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    let file = |kind: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: {kind}\r\n\r\nHello\r\n"
        )
    };
    let product = part("name=\"messaging_product\"", "whatsapp");
    vec![
        format!("f{product}{}{}--B--\r\n", part("name=\"type\"", "text/plain"), file("text/plain")),
        format!("f{}{product}--B--\r\n", file("image/png")),
        format!("f{product}--B--"),
        "aHello\r\n--B--\r\n".to_owned(),
        "b\r\n--".to_owned(),
        "h\0\u{7f}".to_owned(),
        "pHello".to_owned(),
        "xHello".to_owned(),
    ]
}
