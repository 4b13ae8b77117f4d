//! Meta's error codes, with the HTTP status and the words each comes with.
//!
//! Statuses are Meta's published ones. Where its sources disagree: 4 and 80007 are 429, as in Meta's OpenAPI
//! description; 130429, 131048 and 131056 are 400, as the error page says today and as callers report them
//! (older copies of that page said 429). A client that goes by `error.code` does not notice either way.

/// A line of Meta's table. Empty details: Meta sends no `error_data` with it.
#[derive(Debug)]
pub(super) struct KnownCode {
    pub(super) code: u32,
    pub(super) status: u16,
    pub(super) title: &'static str,
    pub(super) details: &'static str,
}

const fn known(code: u32, status: u16, title: &'static str, details: &'static str) -> KnownCode {
    KnownCode { code, status, title, details }
}

/// Every code with a text of its own.
pub(super) static CODES: &[KnownCode] = &[
    known(0, 401, "We were unable to authenticate the app user", ""),
    known(1, 500, "An unknown error occurred", ""),
    known(2, 503, "An unexpected error has occurred. Please retry your request later.", ""),
    known(3, 500, "Application does not have the capability to make this API call.", ""),
    known(4, 429, "Application request limit reached", ""),
    known(10, 403, "Application does not have permission for this action", ""),
    known(33, 400, "Parameter value is not valid", "The business phone number has been deleted."),
    known(
        100,
        400,
        "Invalid parameter",
        "The request included one or more unsupported or misspelled parameters.",
    ),
    known(190, 401, "Error validating access token: Session has expired.", ""),
    known(
        200,
        403,
        "You do not have the necessary permissions required to send messages on behalf of this WhatsApp Business \
         Account",
        "",
    ),
    known(
        299,
        403,
        "You do not have the necessary permissions required to send messages on behalf of this WhatsApp Business \
         Account",
        "",
    ),
    known(368, 403, "The action attempted has been deemed abusive or is otherwise disallowed", ""),
    known(2500, 400, "Unknown path components", ""),
    known(
        2635,
        400,
        "You are calling a deprecated version of the API. Please update to the latest version.",
        "",
    ),
    known(
        80007,
        429,
        "Business request limit reached for WhatsApp Business Account",
        "The WhatsApp Business Account has reached its rate limit.",
    ),
    known(
        130_403,
        400,
        "User is blocked",
        "Message failed to send because this business account has blocked the recipient.",
    ),
    known(
        130_429,
        400,
        "Rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number in a short period \
         of time",
    ),
    known(
        130_472,
        400,
        "User's number is part of an experiment",
        "Failed to send message because this user's phone number is part of an experiment",
    ),
    known(
        130_497,
        403,
        "Business account is restricted from messaging users in this country",
        "Message failed to send because the business account is restricted from messaging users in this country.",
    ),
    known(131_000, 500, "Something went wrong", "Message failed to send due to an unknown error."),
    known(
        131_005,
        403,
        "Access denied",
        "Permission is either not granted or has been removed for one or more of the endpoints.",
    ),
    known(131_008, 400, "Required parameter is missing", "The request is missing a required parameter."),
    known(131_009, 400, "Parameter value is not valid", "One or more parameter values are invalid."),
    known(131_016, 500, "Service unavailable", "A service is temporarily unavailable."),
    known(131_021, 400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    known(
        131_026,
        400,
        "Message undeliverable",
        "Message failed to send because the recipient is not on WhatsApp, runs an old client, or has not accepted \
         the terms.",
    ),
    known(
        131_030,
        400,
        "Recipient phone number not in allowed list",
        "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
    ),
    known(
        131_031,
        403,
        "Business Account locked",
        "The account is restricted or disabled for a policy violation.",
    ),
    known(
        131_037,
        400,
        "Display name approval needed",
        "Message failed to send because the display name of this phone number is not approved.",
    ),
    known(
        131_042,
        400,
        "Business eligibility payment issue",
        "Message failed to send because of a problem with your payment method.",
    ),
    known(
        131_045,
        400,
        "Incorrect certificate",
        "Message failed to send because of a phone number registration error.",
    ),
    known(
        131_047,
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this \
         number.",
    ),
    known(
        131_048,
        400,
        "Spam rate limit hit",
        "Message failed to send because there are restrictions on how many messages can be sent from this phone \
         number, as previous messages were blocked or flagged as spam.",
    ),
    known(
        131_049,
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    known(
        131_050,
        400,
        "User has stopped marketing messages",
        "Unable to deliver the message: this user has chosen to stop receiving marketing messages from you.",
    ),
    known(131_051, 400, "Unsupported message type", "Message type is currently not supported."),
    known(131_052, 400, "Media download error", "Unable to download the media sent by the user."),
    known(131_053, 400, "Media upload error", "Unable to upload the media used in the message."),
    known(
        131_055,
        400,
        "Method not allowed",
        "Message failed to send: this endpoint takes marketing templates only.",
    ),
    known(
        131_056,
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number to the same phone \
         number in a short period of time.",
    ),
    known(
        131_057,
        500,
        "Account in maintenance mode",
        "The WhatsApp Business Account is in maintenance mode.",
    ),
    known(131_060, 400, "This message is unavailable", "The message is currently not available."),
    known(
        131_062,
        400,
        "Business-scoped user id recipients are not supported for this message",
        "Message failed to send: authentication templates of this kind need the recipient's phone number.",
    ),
    known(
        131_063,
        400,
        "Marketing templates are not sent through this API",
        "Message failed to send because this account sends marketing templates through the Marketing Messages API.",
    ),
    known(
        131_064,
        400,
        "Template classification limit reached",
        "Message failed to send because the account reached its limit for templates of this classification.",
    ),
    known(
        132_000,
        400,
        "Number of parameters does not match the expected number of params",
        "body: number of localizable_params (1) does not match the expected number of params (2)",
    ),
    known(
        132_001,
        404,
        "Template name does not exist in the translation",
        "template name (unknown_template) does not exist in en",
    ),
    known(132_005, 400, "Translated text too long", "body: the translated text is too long."),
    known(
        132_007,
        400,
        "Template format character policy violated",
        "The template content violates a WhatsApp policy.",
    ),
    known(
        132_012,
        400,
        "Parameter format does not match format in the created template",
        "header: Format mismatch, expected TEXT, received UNKNOWN",
    ),
    known(132_015, 400, "Template is paused", "Template is paused due to low quality, so it cannot be sent."),
    known(
        132_016,
        400,
        "Template is disabled",
        "Template was paused too many times and is disabled for good.",
    ),
    known(
        132_018,
        400,
        "There is an issue with the parameters in your template",
        "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
    ),
    known(132_068, 400, "Flow is blocked", "Flow is in blocked state."),
    known(
        132_069,
        400,
        "Flow is throttled",
        "Flow is throttled: 10 messages of it were already sent in the last hour.",
    ),
    known(
        133_010,
        400,
        "Account not registered",
        "The phone number is not registered on the WhatsApp Business Platform.",
    ),
    known(
        134_011,
        400,
        "WhatsApp Pay terms of service are not accepted",
        "Message failed to send because the business has not accepted the terms of service of WhatsApp Pay.",
    ),
    known(
        134_101,
        400,
        "Template is being synced",
        "Message failed to send because the template is not ready yet. Try again in 10 minutes.",
    ),
    known(
        135_000,
        400,
        "Generic user error",
        "Message failed to send because of an error in the parameters.",
    ),
    known(
        137_000,
        400,
        "Recipient identity key hash mismatch",
        "Message failed to send because recipient_identity_key_hash is not the recipient's current one.",
    ),
    known(138_000, 400, "Calling is not enabled", "Calling is not enabled for this phone number."),
    known(138_006, 400, "No call permission", "The recipient has not given permission to be called."),
    known(
        138_009,
        400,
        "Too many call permission requests",
        "The limit of requests to this recipient is reached.",
    ),
];
