//! Handles one send: checks it, simulates a failure if one is set, records it, answers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::answers::{self, ConnectionFault, message_id};
use super::arrival::{self, Arrived};
use super::chats::{Entry, EntryError};
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
    size: usize,
    id: String,
    body: Arc<Value>,
}

impl Call {
    pub(super) fn new(shared: Arc<Shared>, [version, number]: [String; 2], body: Value, size: usize) -> Self {
        Self { shared, version, number, size, id: message_id(), body: Arc::new(body) }
    }

    pub(super) async fn answer(&self) -> Response {
        let checked = checks::check(&self.body, &self.shared.templates());
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
        let ok = |body: Body| answers::graph_bytes(StatusCode::OK, &self.version, body);
        match scenario {
            Scenario::BrokenJson => ok(r#"{"messaging_product":"whatsapp","contacts":[{"input":"#.into()),
            Scenario::CutOff => answers::cut_off(&self.version, receipt),
            Scenario::Empty => ok(Body::empty()),
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
        answers::graph(StatusCode::OK, &self.version, body)
    }

    fn accept(&self, message: &Accepted, status: Option<&str>) -> Response {
        self.take(Outcome::Accepted, None);
        self.json(&answers::receipt(message, &self.id, status))
    }

    /// Takes a message: records it and has it reported.
    fn take(&self, outcome: Outcome, failure: Option<&GraphError>) {
        let entry = self.record(outcome, None);
        self.shared.report(&entry, failure);
    }

    fn refuse(&self, error: &GraphError) -> Response {
        let outcome = Outcome::Refused { status: error.status.as_u16(), code: Some(error.code) };
        self.record(outcome, Some(EntryError::from(error)));
        answers::error(&self.version, error)
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
        let arrived = Arrived { id: &self.id, number: &self.number, body: &self.body, size: self.size };
        arrival::record(&self.shared, &arrived, outcome, error)
    }
}
