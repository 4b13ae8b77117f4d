//! wamid.
fn main() {}
