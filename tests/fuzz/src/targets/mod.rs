//! The targets, a file each.

mod answer;
mod button;
mod content;
mod digest;
mod language;
mod multipart;
mod original;
mod parameter;
mod phone;
mod range;
mod retry_after;
mod sandbox_body;
mod sandbox_content;
mod store;
mod webhook;

use super::Target;

/// All of them.
pub const TARGETS: &[Target] = &[
    phone::TARGET,
    language::TARGET,
    parameter::TARGET,
    button::TARGET,
    content::TARGET,
    answer::TARGET,
    original::TARGET,
    retry_after::TARGET,
    webhook::TARGET,
    store::TARGET,
    digest::TARGET,
    multipart::TARGET,
    range::TARGET,
    sandbox_body::TARGET,
    sandbox_content::TARGET,
];
