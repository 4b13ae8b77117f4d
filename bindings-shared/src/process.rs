//! Values that must not cross a `fork`.
//!
//! After a fork the child has the parent's memory but none of its threads, and shares its sockets and its epoll
//! instance. So a child makes its own, and never drops what it inherited: dropping a socket there would deregister the
//! parent's.

use std::mem;
use std::process;
use std::sync::{Mutex, PoisonError};

/// Which process this is. To ask is a system call, so a call asks once and hands the answer down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process(u32);

impl Process {
    /// This one.
    pub fn this() -> Self {
        Self(process::id())
    }
}

/// A value of one process; a child that inherits it can only forget it.
#[derive(Debug)]
pub struct OfProcess<T> {
    process: Process,
    value: Option<T>,
}

impl<T> OfProcess<T> {
    /// A value of that process.
    pub fn new(process: Process, value: T) -> Self {
        Self { process, value: Some(value) }
    }

    /// The value, unless this is another process.
    pub fn get(&self, this: Process) -> Option<&T> {
        self.value.as_ref().filter(|_| self.process == this)
    }

    /// Takes the value out, unless this is another process.
    pub fn take(&mut self, this: Process) -> Option<T> {
        if self.process == this { self.value.take() } else { None }
    }
}

impl<T> Drop for OfProcess<T> {
    fn drop(&mut self) {
        if self.value.is_some() && self.process != Process::this() {
            mem::forget(self.value.take());
        }
    }
}

/// A value that every process makes for itself, when it first wants it.
///
/// The lock is taken only by threads that hold the interpreter's, and given back before they let go of it. A `fork` from
/// Python happens under that lock too, so no child ever inherits this one locked.
#[derive(Debug)]
pub struct PerProcess<T>(Mutex<Option<OfProcess<T>>>);

impl<T> Default for PerProcess<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> PerProcess<T> {
    /// No value yet.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// A value of this process.
    pub fn with(value: T) -> Self {
        Self(Mutex::new(Some(OfProcess::new(Process::this(), value))))
    }

    /// This process's value; `make` makes it where there is none yet.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub fn get_or_make<E>(&self, this: Process, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = slot.as_ref().and_then(|value| value.get(this)) {
            return Ok(value.clone());
        }
        let value = make()?;
        *slot = Some(OfProcess::new(this, value.clone()));
        Ok(value)
    }

    /// This process's value, if there is one.
    pub fn get(&self) -> Option<T> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slot.as_ref().and_then(|value| value.get(Process::this())).cloned()
    }

    /// Takes this process's value out; the next use makes another.
    pub fn take(&self) -> Option<T> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slot.take().and_then(|mut value| value.take(Process::this()))
    }
}
