//! Texts as they come: Kotlin's can hold half a character, which must be an error that names its argument.

/// UTF-8 bytes that the core has yet to look at. It has this name because the languages show it: as their own `String`.
#[derive(Debug, Clone, PartialEq)]
pub struct String(Vec<u8>);

uniffi::custom_type!(String, Vec<u8>, {
    try_lift: |bytes| Ok(String(bytes)),
    lower: |text| text.0,
});

/// What the modules around call it: there it stands beside Rust's own.
pub type Text = String;

impl Text {
    /// The text, held against what any text must be; `field` names it.
    pub(crate) fn read(self, field: &str) -> Result<std::string::String, wamid::Error> {
        wamid::unicode(field, self.0)
    }

    /// The same where it was given.
    pub(crate) fn optional(
        text: Option<Self>,
        field: &str,
    ) -> Result<Option<std::string::String>, wamid::Error> {
        text.map(|text| text.read(field)).transpose()
    }
}
