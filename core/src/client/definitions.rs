//! The templates that sends are held to (the option `check_templates`): each is fetched once, and kept for a while.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::Client;
use super::pages::{Page, Pages};
use super::runtime::on_tokio;
use crate::delivery::Delivery;
use crate::delivery::judge::refusal;
use crate::delivery::panics::{caught, caught_now};
use crate::delivery::stop::{Stop, not_begun, unless_stopped};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::message::{Content, Message, Template};
use crate::template::{Definition, Terms};
use crate::transport::{Endpoint, HostKind};

/// How long what Meta said of a template is taken for true.
const KEPT: Duration = Duration::from_secs(600);
/// How long nothing is asked again after an answer that could not be had: each message of a bulk would wait for another one.
const SPARED: Duration = Duration::from_secs(30);
/// How long a send waits for the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Meta's codes for a message that does not fit its template: what is kept of it may be old.
const MISFITS: [i64; 4] = [132_000, 132_001, 132_012, 132_018];

/// What Meta said of the templates that were sent.
pub(super) struct Definitions {
    /// Where Meta lists them.
    list: Url,
    kept: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    until: Instant,
    /// A template in all its languages; none where Meta did not say.
    found: Arc<OnceCell<Vec<Definition>>>,
}

impl Definitions {
    /// Those of a business account, below Graph's address with its version.
    pub(super) fn of(mut graph: Url, account: &str) -> Self {
        if let Ok(mut path) = graph.path_segments_mut() {
            path.pop_if_empty().extend([account, "message_templates"]);
        }
        Self { list: graph, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of what is known of a template. Whoever comes while it is asked for waits for the same answer.
    fn place(&self, name: &str) -> Arc<OnceCell<Vec<Definition>>> {
        let (mut kept, now) = (self.kept(), Instant::now());
        if let Some(known) = kept.get(name).filter(|known| known.until > now) {
            return known.found.clone();
        }
        kept.retain(|_, known| known.until > now);
        let found = Arc::default();
        kept.insert(name.to_owned(), Kept { until: now + KEPT, found: Arc::clone(&found) });
        found
    }

    /// Forgets a template that Meta says is another one.
    pub(super) fn refused(&self, message: &Message, error: &Error) {
        if let Content::Template(template) = &message.content
            && error.code().is_some_and(|code| MISFITS.contains(&code))
        {
            self.kept().remove(&template.template_name);
        }
    }

    /// Asks after a template where that was not done lately.
    async fn find(
        &self,
        delivery: &Delivery,
        name: &str,
        until: Option<Instant>,
    ) -> Arc<OnceCell<Vec<Definition>>> {
        let place = self.place(name);
        let deadline = Instant::now() + PATIENCE;
        let deadline = until.map_or(deadline, |until| until.min(deadline));
        let ask = async {
            let asked = timeout_at(deadline, self.ask(delivery, name, deadline)).await;
            asked
                .unwrap_or_else(|_| Err(Error::new(ErrorKind::Timeout, "Meta did not say in time.")))
                .unwrap_or_else(|error| {
                    tracing::warn!(
                        kind = error.kind().as_str(),
                        code = error.code(),
                        "a template could not be looked up"
                    );
                    if let Some(known) = self.kept().get_mut(name) {
                        known.until = known.until.min(Instant::now() + SPARED);
                    }
                    Vec::new()
                })
        };
        place.get_or_init(|| ask).await;
        place
    }

    async fn ask(
        &self,
        delivery: &Delivery,
        name: &str,
        deadline: Instant,
    ) -> Result<Vec<Definition>, Error> {
        let mut address = self.list.clone();
        address.query_pairs_mut().append_pair("name", name);
        let (mut pages, mut found) = (Pages::new(address), Vec::new());
        while let Some(address) = pages.next()? {
            let answer = delivery.read_once(&Endpoint::new(address, "graph_url")?, deadline).await?;
            if let Some(failed) = refusal(HostKind::Cloud, &answer) {
                return Err(failed.error);
            }
            let page: Page<Listed> = serde_json::from_slice(&answer.body).map_err(|error| {
                Error::new(
                    ErrorKind::UnexpectedResponse,
                    format!("The answer is no list of templates ({error})."),
                )
            })?;
            let all = pages.read(page)?.into_iter();
            // Meta looks for what the name is a part of.
            found.extend(all.filter(|listed| listed.name == name).filter_map(|listed| listed.definition()));
        }
        Ok(found)
    }
}

#[derive(Deserialize)]
struct Listed {
    name: String,
    language: String,
    status: String,
    #[serde(default)]
    category: String,
    parameter_format: Option<String>,
    components: Option<Box<RawValue>>,
}

impl Listed {
    /// None where it is made of nothing that can be read.
    fn definition(&self) -> Option<Definition> {
        let terms = Terms {
            name: &self.name,
            language: &self.language,
            status: &self.status,
            category: &self.category,
            parameter_format: self.parameter_format.as_deref(),
        };
        let components = self.components.as_deref().map_or_else(Json::null, Json::from_raw);
        Definition::read(terms, &components).ok()
    }
}

impl Client {
    /// Holds a template message to its template, once all else of it has been held to the rules. Whatever fails here, nothing was sent.
    pub(super) async fn check_first(
        &self,
        definitions: &Definitions,
        message: &Message,
        template: &Template,
        stop: Option<&Stop>,
        until: Option<Instant>,
    ) -> Result<(), Error> {
        on_tokio()?;
        caught_now(|| self.prepare(message).map(drop))?;
        let name = &template.template_name;
        let find = pin!(caught(async { Ok(definitions.find(self.delivery(), name, until).await) }));
        let place = unless_stopped(stop, find).await.unwrap_or_else(|| Err(not_begun()))?;
        let language = template.language_or_default()?;
        match place.get().into_iter().flatten().find(|definition| definition.is_in(&language)) {
            Some(definition) => caught_now(|| template.check_against(definition)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn definitions() -> Definitions {
        Definitions::of(Url::parse("https://graph.facebook.com/v26.0").unwrap(), "2077")
    }

    #[tokio::test(start_paused = true)]
    async fn a_template_is_kept_for_ten_minutes() {
        let definitions = definitions();
        assert_eq!(definitions.list.as_str(), "https://graph.facebook.com/v26.0/2077/message_templates");
        let first = definitions.place("order_update");
        advance(Duration::from_secs(599)).await;
        assert!(Arc::ptr_eq(&first, &definitions.place("order_update")));
        assert!(!Arc::ptr_eq(&first, &definitions.place("another")));
        advance(Duration::from_secs(2)).await;
        assert!(!Arc::ptr_eq(&first, &definitions.place("order_update")));
        // What is old makes room for what comes.
        advance(Duration::from_secs(601)).await;
        definitions.place("a_third");
        assert_eq!(definitions.kept().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_message_makes_its_template_forgotten() {
        let definitions = definitions();
        let message = Message::new("919876543210", Template::new("order_update"));
        let refused = |code| Error::new(ErrorKind::Rejected, "no").with_code(Some(code), None);
        let first = definitions.place("order_update");
        for code in [131_026, 132_007, 132_015] {
            definitions.refused(&message, &refused(code));
            assert!(Arc::ptr_eq(&first, &definitions.place("order_update")), "{code}");
        }
        let mut last = first;
        for code in MISFITS {
            definitions.refused(&message, &refused(code));
            let next = definitions.place("order_update");
            assert!(!Arc::ptr_eq(&last, &next), "{code}");
            last = next;
        }
    }
}
