//! The members of Meta's body that stand around a content, and are the SDK's to write.

/// Whether it is such a member.
pub(super) fn has(name: &str) -> bool {
    matches!(
        name,
        "messaging_product"
            | "recipient_type"
            | "to"
            | "recipient"
            | "type"
            | "context"
            | "biz_opaque_callback_data"
            | "status"
            | "typing_indicator"
    )
}
