//! The native module of the Python package `wamid`: conversions between Python and the crate `wamid`, and nothing else.
//!
//! What users see is the package beside it (`python/wamid`), which is small and written by hand.

mod bulk;
mod call;
mod calling;
mod client;
mod completions;
mod error;
mod event;
mod event_class;
mod functions;
mod interpreter;
mod log;
mod options;
mod phone;
mod place;
mod receiver;
mod record;
mod result;
mod runtime;
mod sandbox;
mod send;
mod text;
mod value;
mod wait;

use pyo3::prelude::*;

/// What `wamid` is made of. Not to be imported by users: it may change at any time.
#[pymodule]
mod _wamid {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::bulk::{NativeBulk, NativeStop};
    #[pymodule_export]
    use super::client::NativeClient;
    #[pymodule_export]
    use super::completions::Completions;
    #[pymodule_export]
    use super::functions::{build_template_components, parse_webhook, unraisable, verify_webhook, version};
    #[pymodule_export]
    use super::phone::{NativePhone, PhoneMessage};
    #[pymodule_export]
    use super::receiver::{NativeDelivery, NativeReceiver};
    #[pymodule_export]
    use super::result::{Conversation, Progress, Receipt, TransferProgress, unheard};
    #[pymodule_export]
    use super::sandbox::{NativeSandbox, RecordedMessage, magic_recipients};
    #[pymodule_export]
    use super::send::{Send, check_content, content_json};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::interpreter::claim(module.py())?;
        // The classes of events.
        super::event::add_to(module)
    }
}
