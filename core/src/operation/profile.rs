use http::Method;
use serde::Deserialize;

use super::declare::{operation, result};
use super::host::{Ask, json, kept, success};
use crate::client::Client;
use crate::error::Error;
use crate::json::{Json, Writer};
use crate::media::{Bytes, Upload};
use crate::message::declare;
use crate::transport::{Answer, FailedAttempt};

const FIELDS: &str = "about,address,description,email,profile_picture_url,websites,vertical";

result! {
    /// What customers see of the business.
    BusinessProfile {
        /// The line under the name.
        about: Option<String>,
        /// The address.
        address: Option<String>,
        /// What the business does.
        description: Option<String>,
        /// The email address.
        email: Option<String>,
        /// Where the picture is.
        profile_picture_url: Option<String>,
        /// The web sites, at most two.
        websites: Vec<String>,
        /// The industry, such as `RETAIL`; new ones come without notice.
        vertical: Option<String>,
        /// All that Meta answered, as JSON.
        raw: Json,
    }
}

operation! {
    /// Reads the profile that customers see of the business number.
    ///
    /// (Meta: "business profiles".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// println!("{}", client.profile().await?.about.unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    ReadProfile, profile -> BusinessProfile {}
}

declare! {
    /// A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more.
    record ProfilePhoto {
        one of {
            /// The path of a file.
            file: String,
            /// The content itself.
            data: Bytes,
        }
        optional {
            /// Its MIME type. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

operation! {
    /// Changes the profile that customers see of the business number. An absent field stays as it is. An empty text clears a field.
    ///
    /// (Meta: "business profiles".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.update_profile().about("Open until eight").websites(["https://example.com".to_owned()]).await?;
    /// # Ok(())
    /// # }
    /// ```
    UpdateProfile, update_profile -> () {
        optional {
            /// The line under the name, at most 139 characters.
            about: String [maybe_blank ..=139],
            /// The address, at most 256 characters.
            address: String [maybe_blank ..=256],
            /// What the business does, at most 512 characters.
            description: String [maybe_blank ..=512],
            /// The email address, at most 128 characters.
            email: String [maybe_blank ..=128],
            /// The web sites, at most two.
            websites: Vec<String> [..=2],
            /// The industry, such as `RETAIL`.
            vertical: String [maybe_blank ..=128],
            /// The picture. It is uploaded first, to the app, so the client needs the option `app_id`.
            photo: ProfilePhoto,
        }
    }
}

impl ReadProfile {
    async fn on(self, client: &Client) -> Result<BusinessProfile, Error> {
        let mut address = address(client, "profile")?;
        address.query_pairs_mut().append_pair("fields", FIELDS);
        client.asked(Ask::get(address), profile).await
    }
}

impl UpdateProfile {
    async fn on(self, client: &Client) -> Result<(), Error> {
        let address = address(client, "update_profile")?;
        let picture = match &self.photo {
            Some(photo) => Some(photo.uploaded(client).await?),
            None => None,
        };
        let mut out = Writer::with_capacity(1024);
        out.json(r#"{"messaging_product":"whatsapp""#);
        for (name, text) in [
            (r#","about":"#, &self.about),
            (r#","address":"#, &self.address),
            (r#","description":"#, &self.description),
            (r#","email":"#, &self.email),
            (r#","vertical":"#, &self.vertical),
            (r#","profile_picture_handle":"#, &picture),
        ] {
            out.optional_text(name, text.as_deref());
        }
        if let Some(websites) = &self.websites {
            out.json(r#","websites":"#);
            out.list(websites, |out, website| out.text(website));
        }
        out.json("}");
        client.asked(Ask::change(Method::POST, address, Some(out.finish()?)), success).await
    }
}

impl ProfilePhoto {
    /// What Meta knows it by, once it is there.
    async fn uploaded(&self, client: &Client) -> Result<String, Error> {
        client.app("update_profile")?;
        let mime_type = self.mime_type.as_deref();
        let upload = async {
            let upload = match (&self.file, &self.data) {
                (Some(file), _) => Upload::of_file(file, mime_type, None, Some("image")).await?,
                (None, data) => {
                    Upload::of_data(data.clone().unwrap_or_default().0, mime_type, None, Some("image"))?
                }
            };
            client.upload_to_app("update_profile", &upload).await
        };
        upload.await.map_err(|error| error.about_a_file("photo."))
    }
}

fn address(client: &Client, operation: &'static str) -> Result<url::Url, Error> {
    client.graph(operation, &[client.phone_number(operation)?, "whatsapp_business_profile"])
}

/// Meta's pages have the profile flat in a list, and below `business_profile`.
#[derive(Deserialize)]
struct Answered {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    business_profile: Option<Fields>,
    #[serde(flatten)]
    flat: Fields,
}

#[derive(Deserialize, Default)]
struct Fields {
    about: Option<String>,
    address: Option<String>,
    description: Option<String>,
    email: Option<String>,
    profile_picture_url: Option<String>,
    websites: Option<Vec<String>>,
    vertical: Option<String>,
}

fn profile(answer: &Answer, text: &str) -> Result<BusinessProfile, FailedAttempt> {
    let answered: Answered = json(answer, text, "business profile")?;
    let entry = answered.data.into_iter().next();
    let fields = entry.map(|entry| entry.business_profile.unwrap_or(entry.flat)).unwrap_or_default();
    Ok(BusinessProfile {
        about: fields.about,
        address: fields.address,
        description: fields.description,
        email: fields.email,
        profile_picture_url: fields.profile_picture_url,
        websites: fields.websites.unwrap_or_default(),
        vertical: fields.vertical,
        raw: kept(answer, text)?,
    })
}
