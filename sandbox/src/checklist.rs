//! What was checked of a request, written down where each check is made.

use std::borrow::Cow;

use serde::Serialize;

use super::errors::GraphError;

/// What held, in order, and what did not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Checklist {
    #[serde(rename = "checks")]
    held: Vec<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Cow<'static, str>>,
}

impl Checklist {
    /// Writes down what a check found, and hands that on.
    pub(super) fn note<T>(
        &mut self,
        what: impl Into<Cow<'static, str>>,
        found: Result<T, GraphError>,
    ) -> Result<T, GraphError> {
        match found {
            Ok(_) => self.held.push(what.into()),
            Err(_) => self.refuse(what),
        }
        found
    }

    /// Writes down why a request is refused. The first reason stays: a check may be made of others.
    pub(super) fn refuse(&mut self, why: impl Into<Cow<'static, str>>) {
        if self.refused.is_none() {
            self.refused = Some(why.into());
        }
    }
}
