use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::declare::{operation, result};
use super::host::{Ask, check_id, json, success};
use super::media::text_of;
use crate::client::Client;
use crate::client::pages::{Page, Pages};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::transport::{Answer, FailedAttempt};

result! {
    /// A template as Meta keeps it.
    TemplateInfo {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The language it is in, such as `en_US`.
        language: String,
        /// Whether it can be sent: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`; new ones come without notice.
        status: String,
        /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
        category: String,
        /// Whether its variables are counted (`POSITIONAL`) or have names (`NAMED`).
        parameter_format: Option<String>,
        /// Its header, body, footer and buttons, in Meta's form.
        components: Json,
        /// Meta's rating, such as `GREEN`.
        quality: Option<String>,
        /// Why it was rejected.
        rejected_reason: Option<String>,
        /// All that the host answered of it, as JSON.
        raw: Json,
    }
}

result! {
    /// A template that was just made.
    CreatedTemplate {
        /// Its id.
        id: String,
        /// Whether it can be sent already.
        status: String,
        /// Its category, which Meta may have changed.
        category: String,
    }
}

operation! {
    /// Lists the templates of the business account.
    ///
    /// `name` and `status` are asked of Meta, and all four filters hold for the answer. Pages are followed. A gateway is asked for no more
    /// than the filters and `limit` leave.
    /// (Meta: "message templates" reference.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// for template in client.templates().status("APPROVED").await? {
    ///     println!("{} {}", template.name, template.language);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ListTemplates, templates -> Vec<TemplateInfo> {
        optional {
            /// Only those of exactly this name.
            name: String,
            /// Only those in this language, such as `en_US`.
            language: String,
            /// Only those of this status, such as `APPROVED`.
            status: String,
            /// Only those of this category, such as `UTILITY`.
            category: String,
            /// At most so many, above 0. Default: all.
            limit: i64,
        }
    }
}

operation! {
    /// Makes a template, which Meta then reviews.
    ///
    /// (Meta: "message templates" reference, create.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let definition = wamid::Json::parse("definition", r#"{"name": "order_update", "language": "en_US",
    ///     "category": "UTILITY", "components": [{"type": "BODY", "text": "Your order is on its way."}]}"#)?;
    /// println!("{}", client.create_template(definition).await?.status);
    /// # Ok(())
    /// # }
    /// ```
    CreateTemplate, create_template -> CreatedTemplate {
        required {
            /// Meta's JSON for a template: `name`, `language`, `category`, `components` …
            definition: Json,
        }
    }
}

operation! {
    /// Changes a template that is approved, rejected or paused. Its components are replaced as a whole.
    ///
    /// (Meta: "message templates" reference, edit.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let definition = wamid::Json::parse("definition", r#"{"category": "UTILITY"}"#)?;
    /// client.edit_template("594425479261596", definition).await?;
    /// # Ok(())
    /// # }
    /// ```
    EditTemplate, edit_template -> () {
        required {
            /// The template's id.
            template_id: String,
            /// Meta's JSON for the change.
            definition: Json,
        }
    }
}

operation! {
    /// Deletes a template: in all languages, or only the one of that id. Its name is blocked for 30 days.
    ///
    /// (Meta: "message templates" reference, delete.)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.delete_template("order_update").await?;
    /// # Ok(())
    /// # }
    /// ```
    DeleteTemplate, delete_template -> () {
        required {
            /// The template's name.
            name: String,
        }
        optional {
            /// The id of the one language that is deleted.
            template_id: String,
        }
    }
}

impl ListTemplates {
    async fn on(self, client: &Client) -> Result<Vec<TemplateInfo>, Error> {
        if self.limit.is_some_and(|limit| limit < 1) {
            return Err(Error::invalid("limit", "must be above 0"));
        }
        let limit = self.limit.map(|limit| limit.to_string());
        // What Meta's page has no parameter for it might refuse. A gateway answers all at once, and no more than it has to.
        let (mut address, asked) = if client.asks_gateway() {
            let address = client.gateway_api("templates", "templates", "templates/").await?;
            let further = [("language", &self.language), ("category", &self.category), ("limit", &limit)];
            (address, further.to_vec())
        } else {
            let account = client.business_account("templates")?;
            (client.graph("templates", &[account, "message_templates"])?, Vec::new())
        };
        for (name, value) in [("name", &self.name), ("status", &self.status)].into_iter().chain(asked) {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                address.query_pairs_mut().append_pair(name, value);
            }
        }
        let wanted = |Entry(info): &Entry| {
            let Ok(info) = read(info.get()) else { return true };
            let fits = |asked: &Option<String>, found: &str| {
                asked
                    .as_deref()
                    .filter(|asked| !asked.is_empty())
                    .is_none_or(|asked| asked.eq_ignore_ascii_case(found))
            };
            fits(&self.name, &info.name)
                && fits(&self.language, &info.language)
                && fits(&self.status, &info.status)
                && fits(&self.category, &info.category)
        };
        let limit = self.limit.and_then(|limit| usize::try_from(limit).ok());
        let found: Vec<Entry> = pages(client, address, limit, wanted).await?;
        found
            .iter()
            .map(|Entry(info)| {
                read(info.get()).map_err(|error| {
                    Error::new(ErrorKind::UnexpectedResponse, format!("A template cannot be read: {error}."))
                })
            })
            .collect()
    }
}

impl CreateTemplate {
    async fn on(self, client: &Client) -> Result<CreatedTemplate, Error> {
        let account = client.business_account("create_template")?;
        let address = client.graph("create_template", &[account, "message_templates"])?;
        let body = Some(self.definition.as_str().as_bytes().to_vec());
        client.asked(Ask::change(Method::POST, address, body).once(), created).await
    }
}

impl EditTemplate {
    async fn on(self, client: &Client) -> Result<(), Error> {
        check_id("template_id", &self.template_id)?;
        let address = client.graph("edit_template", &[&self.template_id])?;
        let body = Some(self.definition.as_str().as_bytes().to_vec());
        client.asked(Ask::change(Method::POST, address, body), success).await
    }
}

impl DeleteTemplate {
    async fn on(self, client: &Client) -> Result<(), Error> {
        let account = client.business_account("delete_template")?;
        let mut address = client.graph("delete_template", &[account, "message_templates"])?;
        if let Some(id) = self.template_id.as_deref().filter(|id| !id.is_empty()) {
            address.query_pairs_mut().append_pair("hsm_id", id);
        }
        address.query_pairs_mut().append_pair("name", &self.name);
        client.asked(Ask::change(Method::DELETE, address, None), success).await
    }
}

fn created(answer: &Answer, text: &str) -> Result<CreatedTemplate, FailedAttempt> {
    #[derive(Deserialize)]
    struct Created {
        id: Value,
        status: String,
        category: String,
    }
    let Created { id, status, category } = json(answer, text, "new template")?;
    Ok(CreatedTemplate { id: text_of(&id), status, category })
}

/// A template as Meta lists it.
fn read(text: &str) -> Result<TemplateInfo, serde_json::Error> {
    #[derive(Deserialize)]
    struct Fields<'a> {
        id: Value,
        name: String,
        language: String,
        status: String,
        category: String,
        parameter_format: Option<String>,
        #[serde(borrow)]
        components: Option<&'a RawValue>,
        quality_score: Option<Quality>,
        rejected_reason: Option<String>,
    }
    #[derive(Deserialize)]
    struct Quality {
        score: Option<String>,
    }
    let entry: Fields<'_> = serde_json::from_str(text)?;
    Ok(TemplateInfo {
        id: text_of(&entry.id),
        name: entry.name,
        language: entry.language,
        status: entry.status,
        category: entry.category,
        parameter_format: entry.parameter_format,
        components: entry.components.map_or_else(|| Json::known("[]"), Json::from_raw),
        quality: entry.quality_score.and_then(|quality| quality.score),
        // Meta says NONE of what was not rejected.
        rejected_reason: entry.rejected_reason.filter(|reason| !reason.is_empty() && reason != "NONE"),
        raw: Json::known(text),
    })
}

/// A template of a list, as its text.
#[derive(Deserialize)]
struct Entry(Box<RawValue>);

/// The entries of all pages that are wanted, at most `limit`.
pub(super) async fn pages<T: DeserializeOwned>(
    client: &Client,
    first: Url,
    limit: Option<usize>,
    wanted: impl Fn(&T) -> bool,
) -> Result<Vec<T>, Error> {
    let (mut pages, mut found) = (Pages::new(first), Vec::new());
    while let Some(address) = pages.next()? {
        let page: Page<T> =
            client.asked(Ask::get(address), |answer, text| json(answer, text, "list")).await?;
        found.extend(pages.read(page)?.into_iter().filter(&wanted));
        if let Some(limit) = limit.filter(|limit| found.len() >= *limit) {
            found.truncate(limit);
            break;
        }
    }
    Ok(found)
}
