//! The phone page of a sandbox: where it is, and opening it in a browser.

use wamid_sandbox::Sandbox;

use super::output::complain;

/// Opens it in a browser. Where there is none, the page can still be opened by hand.
pub(super) fn open_page(sandbox: &Sandbox) {
    let page = sandbox.phone_page();
    if let Err(error) = open::that_detached(&page) {
        complain(&format!("No browser could be opened ({error}). Open {page} yourself."));
    }
}

/// Where it is, as a line to print.
pub(super) fn line(sandbox: &Sandbox) -> String {
    format!("The customers' phones: {}", sandbox.phone_page())
}
