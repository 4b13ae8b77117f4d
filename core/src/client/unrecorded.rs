//! A build without a store: nothing is written down.

use std::convert::Infallible;
use std::future::ready;

use tokio::time::Instant;

use super::Client;
use super::send::Prepared;
use crate::delivery::Receipt;
use crate::delivery::Written;
use crate::error::Error;

/// Nobody can claim a send where nothing is written down.
pub(super) type Keeping<'a> = Option<&'a Infallible>;

pub(super) enum Begun {
    Ours(Unrecorded),
    #[expect(dead_code, reason = "the build with a store has it")]
    Others,
}

/// The record that there is none of.
pub(super) struct Unrecorded;

impl Unrecorded {
    pub(super) fn under(self, _: &Client, _: Keeping<'_>, _: &Written) -> Self {
        self
    }

    pub(super) fn end(self, _: &Result<Receipt, Error>) -> impl Future<Output = ()> {
        ready(())
    }
}

impl Client {
    pub(super) fn record_begin(
        &self,
        _: &Prepared<'_>,
        _: Keeping<'_>,
        _: Instant,
    ) -> impl Future<Output = Result<Begun, Error>> {
        ready(Ok(Begun::Ours(Unrecorded)))
    }
}
