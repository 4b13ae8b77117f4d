//! How a send reaches its host: its turn, the attempts and the waits between them, what each answer means, and what is on record of it.

mod counting;
pub(crate) mod extensions;
pub(crate) mod judge;
mod limits;
pub(crate) mod pace;
pub(crate) mod panics;
mod receipt;
pub(crate) mod retry;
pub(crate) mod stop;
mod written;

#[doc(hidden)]
pub use self::counting::counting_retries;
pub(crate) use self::counting::note_retry;
pub(crate) use self::limits::Limits;
pub use self::receipt::Receipt;
pub(crate) use self::written::Written;
