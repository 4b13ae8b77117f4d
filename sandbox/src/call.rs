//! Handles one send: checks it, simulates a failure if one is set, records it, answers.

use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};

use super::answers::{self, ConnectionFault, Written};
use super::arrival::{self, Arrived};
use super::chats::{Answer, Entry, EntryError, Request, Side, Wire, body_without_token, without_token};
use super::checklist::Checklist;
use super::checks::{self, Accepted};
use super::errors::GraphError;
use super::magic::{Scenario, scenario_of};
use super::record::Outcome;
use super::state::Shared;

/// One send that got as far as a JSON body.
pub(super) struct Call {
    shared: Arc<Shared>,
    version: String,
    number: String,
    id: String,
    body: Arc<Value>,
    request: Request,
    checks: Checklist,
}

impl Call {
    /// `checks` is what was checked of the request so far.
    pub(super) fn new(
        shared: Arc<Shared>,
        [version, number]: [String; 2],
        body: Value,
        request: Request,
        checks: Checklist,
    ) -> Self {
        let id = shared.random.message_id(Side::Business);
        Self { shared, version, number, id, body: Arc::new(body), request, checks }
    }

    pub(super) async fn answer(mut self) -> Response {
        let response = self.respond().await;
        let answer = answer_of(&response, &self.shared.access_token);
        self.shared.log().answered(&self.id, answer);
        response
    }

    async fn respond(&mut self) -> Response {
        let checked = checks::check(&self.body, &self.shared.templates(), &mut self.checks);
        match checked {
            Ok(message) => {
                let armed = self.shared.armed().take().map(|failure| failure.scenario());
                match armed.or_else(|| scenario_of(message.recipient.key())) {
                    Some(scenario) => self.perform(scenario, &message).await,
                    None => self.accept(&message, None),
                }
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Plays a magic recipient or an armed failure.
    async fn perform(&self, scenario: Scenario, message: &Accepted) -> Response {
        let receipt = |status| answers::receipt(message, &self.id, status);
        match scenario {
            Scenario::First(times, failure) => {
                if !self.shared.armed().fails_first(message.recipient.key(), times) {
                    return self.accept(message, None);
                }
                match failure {
                    Scenario::Code(code) => self.refuse(&GraphError::of_code(*code)),
                    _ => self.turn_away(answers::too_many()),
                }
            }
            Scenario::Code(code) => self.refuse(&GraphError::of_code(code)),
            Scenario::TokenEcho => self.refuse(&GraphError {
                message: format!("Malformed access token {}", self.shared.access_token),
                ..GraphError::of_code(190)
            }),
            Scenario::UnknownCodeOn500 => self.refuse(&GraphError {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                ..GraphError::of_code(135_999)
            }),
            Scenario::ErrorIn200 => {
                self.refuse(&GraphError { status: StatusCode::OK, ..GraphError::of_code(131_026) })
            }
            Scenario::TooMany => self.turn_away(answers::too_many()),
            Scenario::Redirect => self.turn_away(answers::login_page()),
            Scenario::ServerPage => self.turn_away(answers::server_page()),
            Scenario::Reset => answers::wire(ConnectionFault::Reset),
            Scenario::Slow => {
                self.take(Outcome::Accepted, None);
                tokio::time::sleep(Duration::from_secs(2)).await;
                self.json(&receipt(None))
            }
            Scenario::NoAnswer => {
                self.take(Outcome::AcceptedUnanswered, None);
                tokio::time::sleep(Duration::from_secs(120)).await;
                answers::wire(ConnectionFault::Close)
            }
            Scenario::Status(status) => self.accept(message, Some(status)),
            Scenario::NoWaId => {
                let mut body = receipt(None);
                if let Some(contact) = body["contacts"][0].as_object_mut() {
                    contact.remove("wa_id");
                }
                self.take(Outcome::Accepted, None);
                self.json(&body)
            }
            Scenario::FailedLater(code) => {
                self.take(Outcome::Accepted, Some(&GraphError::of_code(code)));
                self.json(&receipt(None))
            }
            Scenario::Lost
            | Scenario::BrokenJson
            | Scenario::CutOff
            | Scenario::Empty
            | Scenario::BadGateway
            | Scenario::TooBig
            | Scenario::WrongShape => {
                self.take(Outcome::AcceptedUnanswered, None);
                self.unreadable(scenario, &receipt(None))
            }
        }
    }

    /// An answer that cannot be read as the receipt it should be.
    fn unreadable(&self, scenario: Scenario, receipt: &Value) -> Response {
        let ok = |body: &'static str| {
            answers::graph_bytes(&self.shared.random, StatusCode::OK, &self.version, body)
        };
        match scenario {
            Scenario::BrokenJson => ok(r#"{"messaging_product":"whatsapp","contacts":[{"input":"#),
            Scenario::CutOff => answers::cut_off(&self.shared.random, &self.version, receipt),
            Scenario::Empty => ok(""),
            Scenario::BadGateway => answers::bad_gateway(),
            Scenario::TooBig => {
                let mut receipt = receipt.clone();
                receipt["padding"] = json!("x".repeat(1024 * 1024));
                self.json(&receipt)
            }
            Scenario::WrongShape => self.json(&json!({ "success": true })),
            _ => answers::wire(ConnectionFault::Close),
        }
    }

    fn json(&self, body: &Value) -> Response {
        answers::graph(&self.shared.random, StatusCode::OK, &self.version, body)
    }

    fn accept(&self, message: &Accepted, status: Option<&str>) -> Response {
        self.take(Outcome::Accepted, None);
        self.json(&answers::receipt(message, &self.id, status))
    }

    /// Takes a message: records it and has it reported.
    fn take(&self, outcome: Outcome, failure: Option<&GraphError>) {
        let entry = self.record(outcome, failure.map(EntryError::from));
        self.shared.report(&entry);
    }

    fn refuse(&self, error: &GraphError) -> Response {
        let outcome = Outcome::Refused { status: error.status.as_u16(), code: Some(error.code) };
        let mut shown = EntryError::from(error);
        let title = without_token(&shown.title, &self.shared.access_token);
        shown.title = title.unwrap_or(shown.title);
        self.record(outcome, Some(shown));
        answers::error(&self.shared.random, &self.version, error)
    }

    /// Refuses without a Graph error.
    fn turn_away(&self, answer: Response) -> Response {
        let status = answer.status();
        let title = format!("HTTP {status}, without a Graph error");
        let error = EntryError { code: None, title, details: String::new() };
        self.record(Outcome::Refused { status: status.as_u16(), code: None }, Some(error));
        answer
    }

    fn record(&self, outcome: Outcome, error: Option<EntryError>) -> Entry {
        let mut checks = self.checks.clone();
        if !outcome.is_accepted() {
            // All checks held where nothing is written down yet.
            checks.refuse("the sandbox plays a failure: of this number, or one that was armed");
        }
        let wire = Wire { request: Some(self.request.clone()), checks, ..Wire::default() };
        let size = self.request.body.len();
        let arrived = Arrived { id: &self.id, number: &self.number, body: &self.body, size, wire };
        arrival::record(&self.shared, arrived, outcome, error)
    }
}

/// The most bytes of an answer that the log keeps.
const MOST_ANSWER: usize = 64 * 1024;

/// What goes back over the wire, without the token, and of a long body the beginning.
fn answer_of(response: &Response, token: &str) -> Answer {
    match response.extensions().get::<ConnectionFault>() {
        Some(ConnectionFault::Close) => Answer::Broken { fault: "closed" },
        Some(ConnectionFault::Reset) => Answer::Broken { fault: "reset" },
        None => Answer::Written {
            status: response.status().as_u16(),
            headers: response.headers().into(),
            body: response.extensions().get().map(|Written(body)| kept(body, token)).unwrap_or_default(),
        },
    }
}

fn kept(body: &Bytes, token: &str) -> Bytes {
    let whole = body.len();
    let body = body_without_token(body, token);
    match body.get(..MOST_ANSWER) {
        Some(beginning) if body.len() > MOST_ANSWER => {
            let mut cut = beginning.to_vec();
            cut.extend(format!("… ({whole} bytes in all)").bytes());
            cut.into()
        }
        _ => body,
    }
}
