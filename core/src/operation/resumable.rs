//! Meta's resumable upload, for what belongs to an app and not to a number: the picture of a profile.
//! (Meta: "resumable upload API".)

use http::Method;
use serde::Deserialize;
use url::Url;

use super::host::{Ask, json};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::media::Upload;
use crate::transport::{Answer, Endpoint, Request};

/// An upload that may begin.
#[derive(Deserialize)]
struct Session {
    id: String,
}

#[derive(Deserialize)]
struct Uploaded {
    h: String,
}

impl Client {
    /// The id of the app of a cloud client.
    pub(super) fn app(&self, operation: &'static str) -> Result<&str, Error> {
        self.phone_number(operation)?;
        self.app_id().ok_or_else(|| {
            Error::unsupported(
                Some("app_id"),
                format!(
                    "{operation} uploads this file to the app at Meta, and this client does not know the app's id: give the \
                     option app_id, or set WAMID_APP_ID."
                ),
            )
        })
    }

    /// Uploads a file that has been checked, and gives what it is known by. What breaks off is begun again with a new session: Meta has
    /// a part of the file then, and would take only what follows it.
    pub(super) async fn upload_to_app(
        &self,
        operation: &'static str,
        upload: &Upload,
    ) -> Result<String, Error> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let session = self.session(operation, upload).await?;
            let address = Endpoint::new(self.below_session(operation, &session)?, "graph_url")?;
            let body = upload.stream()?;
            let request = Request::change(Method::POST, &address, body).upload_session();
            let uploaded = self.answered(request, &[], |answer, text| {
                json::<Uploaded>(answer, text, "answer to an upload").map(|uploaded| uploaded.h)
            });
            match uploaded.await {
                Ok(handle) => return Ok(handle),
                Err(error) => self.begin_again(error, attempts).await?,
            }
        }
    }

    async fn session(&self, operation: &'static str, upload: &Upload) -> Result<String, Error> {
        let mut address = self.graph(operation, &[self.app(operation)?, "uploads"])?;
        address
            .query_pairs_mut()
            .append_pair("file_name", &upload.filename)
            .append_pair("file_length", &upload.source.length().to_string())
            .append_pair("file_type", &upload.mime_type);
        let read =
            |answer: &Answer, text: &str| json(answer, text, "upload session").map(|Session { id }| id);
        self.asked(Ask::change(Method::POST, address, None), read).await
    }

    /// The address of a session, whose id may have a query in it.
    fn below_session(&self, operation: &'static str, session: &str) -> Result<Url, Error> {
        let (id, query) = session.split_once('?').map_or((session, None), |(id, query)| (id, Some(query)));
        if !id.starts_with("upload:") {
            let why = "The host's answer names no upload that could be gone on with.";
            return Err(Error::new(ErrorKind::UnexpectedResponse, why));
        }
        let mut address = self.graph(operation, &[id])?;
        address.set_query(query);
        Ok(address)
    }
}
