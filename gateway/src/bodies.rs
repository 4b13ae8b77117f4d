//! Limits the memory that all request bodies use together.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Shared;
use super::answer::Failure;
use super::limits::Overloaded;

/// What memory is counted in.
const UNIT: usize = 1 << 10;

/// The memory for bodies of one kind of request. It is taken as bytes arrive: who only says that much will come takes none.
/// Where there is none left, a request is turned away; nobody waits for memory while holding some.
#[derive(Debug)]
pub(super) struct BodyMemory {
    memory: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    most: usize,
}

/// A body, with its memory until it is dropped.
#[derive(Debug)]
pub(super) struct HeldBody {
    bytes: Vec<u8>,
    memory: Option<OwnedSemaphorePermit>,
}

impl Deref for HeldBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Shared {
    /// Reads a body as [`BodyMemory::read`] does, and counts it where it is turned away.
    pub(super) async fn body(
        &self,
        of: &BodyMemory,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<HeldBody, Failure> {
        let held = of.read(headers, body).await;
        if matches!(held, Err(Failure::Full(_))) {
            self.metrics.shed();
        }
        held
    }
}

impl BodyMemory {
    /// Bodies of at most `most` bytes each and `memory` bytes together, `at_once` of which may be on their way.
    pub(super) fn new(most: usize, memory: usize, at_once: usize) -> Self {
        Self {
            memory: Arc::new(Semaphore::new(memory / UNIT)),
            turns: Arc::new(Semaphore::new(at_once)),
            most,
        }
    }

    /// How long the body will be, where the head says so and it is not too long.
    pub(super) fn declared(&self, headers: &HeaderMap) -> Result<Option<usize>, Failure> {
        let declared =
            headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if declared.is_some_and(|declared| declared > self.most) {
            return Err(Failure::TooLarge);
        }
        Ok(declared)
    }

    /// Reads a body. Not a byte of it is asked for before the head has shown that it may come.
    async fn read(&self, headers: &HeaderMap, mut body: Body) -> Result<HeldBody, Failure> {
        let declared = self.declared(headers)?;
        let _turn = self.turns.try_acquire().map_err(|_| Overloaded::Full)?;
        let mut held = HeldBody { bytes: Vec::new(), memory: None };
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Failure::Broken(error.to_string()))?;
            let Ok(data) = frame.into_data() else { continue };
            let needed = held.bytes.len().saturating_add(data.len());
            if needed > self.most {
                return Err(Failure::TooLarge);
            }
            self.grow(&mut held, needed, declared.unwrap_or(self.most))?;
            held.bytes.extend_from_slice(&data);
        }
        Ok(held)
    }

    /// Takes memory for `needed` bytes, doubling up to `whole`, so that a body is moved a few times only.
    fn grow(&self, held: &mut HeldBody, needed: usize, whole: usize) -> Result<(), Overloaded> {
        let units = |bytes: usize| u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
        let has = held.memory.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        if needed <= has.saturating_mul(UNIT) {
            return Ok(());
        }
        let wanted = needed.saturating_mul(2).min(whole).max(needed);
        let more = units(wanted).saturating_sub(u32::try_from(has).unwrap_or(u32::MAX));
        let permit = Arc::clone(&self.memory).try_acquire_many_owned(more).map_err(|_| Overloaded::Full)?;
        match &mut held.memory {
            Some(memory) => memory.merge(permit),
            None => held.memory = Some(permit),
        }
        held.bytes.reserve_exact(wanted.saturating_sub(held.bytes.len()));
        Ok(())
    }
}
