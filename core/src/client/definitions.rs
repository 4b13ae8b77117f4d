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
/// How long nothing is asked again after an answer that could not be had, or after one that was asked for before its time: each
/// message of a bulk would wait for another one.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(30);
/// How old an answer is at least that is asked for anew before it refuses a message.
const FRESH: Duration = Duration::from_secs(5);
/// How long a send waits for the answer, at most.
const PATIENCE: Duration = Duration::from_secs(10);
/// Meta's codes for a message that does not fit its template: what is kept of it may be old.
const MISFIT_CODES: [i64; 4] = [132_000, 132_001, 132_012, 132_018];

/// What Meta said of the templates that were sent.
pub(super) struct Definitions {
    /// Where Meta lists them.
    list: Url,
    kept: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    until: Instant,
    /// When it was last asked for before its time, or in vain.
    renewed: Option<Instant>,
    found: Arc<OnceCell<Found>>,
}

struct Found {
    at: Instant,
    /// A template in all its languages; none where Meta did not say.
    definitions: Vec<Definition>,
}

impl Found {
    fn check(&self, template: &Template) -> Result<(), Error> {
        let language = template.language_or_default()?;
        match self.definitions.iter().find(|definition| definition.is_in(&language)) {
            Some(definition) => template.check_against(definition),
            None => Ok(()),
        }
    }
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
    fn place(&self, name: &str) -> Arc<OnceCell<Found>> {
        let (mut kept, now) = (self.kept(), Instant::now());
        if let Some(known) = kept.get(name).filter(|known| known.until > now) {
            return known.found.clone();
        }
        kept.retain(|_, known| known.until > now);
        let found = Arc::default();
        kept.insert(name.to_owned(), Kept { until: now + KEPT, renewed: None, found: Arc::clone(&found) });
        found
    }

    /// Makes room for a new answer where the one that is kept has this age, unless that was done lately.
    fn renew(&self, name: &str, age: Duration) {
        let now = Instant::now();
        if let Some(known) = self.kept().get_mut(name)
            // One that is asked for at the moment is new enough.
            && known.found.get().is_some_and(|found| now.saturating_duration_since(found.at) >= age)
            && known.renewed.is_none_or(|renewed| now.saturating_duration_since(renewed) >= RENEWAL_INTERVAL)
        {
            *known = Kept { until: now + KEPT, renewed: Some(now), found: Arc::default() };
        }
    }

    /// Has a template that Meta says is another one asked for anew.
    pub(super) fn refused(&self, message: &Message, error: &Error) {
        if let Content::Template(template) = &message.content
            && error.code().is_some_and(|code| MISFIT_CODES.contains(&code))
        {
            self.renew(&template.template_name, Duration::ZERO);
        }
    }

    /// Holds a message to its template.
    async fn check(&self, delivery: &Delivery, template: &Template, deadline: Instant) -> Result<(), Error> {
        let name = &template.template_name;
        let place = self.find(delivery, name, deadline).await;
        let Some(Err(misfit)) = place.get().map(|found| found.check(template)) else { return Ok(()) };
        // The template may have changed since, or been approved.
        self.renew(name, FRESH);
        let renewed = self.find(delivery, name, deadline).await;
        if Arc::ptr_eq(&place, &renewed) {
            return Err(misfit);
        }
        renewed.get().map_or(Ok(()), |found| found.check(template))
    }

    /// Asks for a template where that was not done lately. Nothing is found where the answer is not there at the deadline.
    async fn find(&self, delivery: &Delivery, name: &str, deadline: Instant) -> Arc<OnceCell<Found>> {
        let place = self.place(name);
        let ask = async {
            let asked = timeout_at(deadline, self.ask(delivery, name, deadline)).await;
            let definitions = asked
                .unwrap_or_else(|_| Err(Error::new(ErrorKind::Timeout, "Meta did not say in time.")))
                .unwrap_or_else(|error| {
                    tracing::warn!(
                        kind = error.kind().as_str(),
                        code = error.code(),
                        "a template could not be looked up"
                    );
                    if let Some(known) = self.kept().get_mut(name) {
                        let now = Instant::now();
                        known.until = known.until.min(now + RENEWAL_INTERVAL);
                        known.renewed = Some(now);
                    }
                    Vec::new()
                });
            Found { at: Instant::now(), definitions }
        };
        // Another message may be asking, which has more time than this one.
        timeout_at(deadline, place.get_or_init(|| ask)).await.ok();
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
            let page: Page<Box<RawValue>> = serde_json::from_slice(&answer.body).map_err(|error| {
                Error::new(
                    ErrorKind::UnexpectedResponse,
                    format!("The answer is no list of templates ({error})."),
                )
            })?;
            let all = pages.read(page)?;
            let all = all.iter().filter_map(|listed| serde_json::from_str::<Listed<'_>>(listed.get()).ok());
            // Meta looks for what the name is a part of. What cannot be read is left to Meta.
            found.extend(
                all.filter(|listed| listed.name == name).filter_map(|listed| listed.definition().ok()),
            );
        }
        Ok(found)
    }
}

/// What a message is held to, of a template as Meta lists it.
#[derive(Deserialize)]
struct Listed<'a> {
    name: String,
    language: String,
    status: String,
    #[serde(default)]
    category: String,
    parameter_format: Option<String>,
    #[serde(borrow)]
    components: Option<&'a RawValue>,
}

impl Listed<'_> {
    fn definition(&self) -> Result<Definition, Error> {
        let terms = Terms {
            name: &self.name,
            language: &self.language,
            status: &self.status,
            category: &self.category,
            parameter_format: self.parameter_format.as_deref(),
        };
        Definition::read(terms, &self.components.map_or_else(Json::null, Json::from_raw))
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
        // The message itself has time left when Meta does not answer.
        let left = |end: Instant| end.saturating_duration_since(Instant::now()) / 2;
        let patience = PATIENCE.min(left(self.delivery().deadline()));
        let patience = until.map_or(patience, |until| patience.min(left(until)));
        let deadline = Instant::now() + patience;
        let check = pin!(caught(definitions.check(self.delivery(), template, deadline)));
        unless_stopped(stop, check).await.unwrap_or_else(|| Err(not_begun()))
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

    fn answered(definitions: &Definitions) -> Arc<OnceCell<Found>> {
        let place = definitions.place("order_update");
        place.set(Found { at: Instant::now(), definitions: Vec::new() }).ok();
        place
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_message_makes_its_template_forgotten_once_in_30_seconds() {
        let definitions = definitions();
        let message = Message::new("919876543210", Template::new("order_update"));
        let refused = |code| Error::new(ErrorKind::Rejected, "no").with_code(Some(code), None);
        let mut last = answered(&definitions);
        for code in [131_026, 132_007, 132_015] {
            definitions.refused(&message, &refused(code));
            assert!(Arc::ptr_eq(&last, &answered(&definitions)), "{code}");
        }
        for code in MISFIT_CODES {
            definitions.refused(&message, &refused(code));
            let next = answered(&definitions);
            assert!(!Arc::ptr_eq(&last, &next), "{code}");
            advance(Duration::from_secs(29)).await;
            definitions.refused(&message, &refused(code));
            assert!(Arc::ptr_eq(&next, &answered(&definitions)), "{code}");
            advance(Duration::from_secs(1)).await;
            last = next;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_asked_for_or_was_found_just_now_is_not_asked_for_anew() {
        let definitions = definitions();
        let asked = definitions.place("order_update");
        definitions.renew("order_update", Duration::ZERO);
        assert!(Arc::ptr_eq(&asked, &answered(&definitions)));
        advance(Duration::from_secs(4)).await;
        definitions.renew("order_update", FRESH);
        assert!(Arc::ptr_eq(&asked, &definitions.place("order_update")));
        advance(Duration::from_secs(1)).await;
        definitions.renew("order_update", FRESH);
        assert!(!Arc::ptr_eq(&asked, &definitions.place("order_update")));
    }
}
