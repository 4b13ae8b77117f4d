//! What to do about each failure, in a sentence.
//!
//! After Meta's "WhatsApp Cloud API error codes".

use crate::error::ErrorKind;

/// The sentence for a Graph code; an unlisted one gets its kind's.
pub(super) fn of_code(code: i64, kind: ErrorKind) -> &'static str {
    match code {
        104 => "Send an access token; none arrived.",
        0 | 190 => "Make a new access token; this one is wrong, expired or revoked.",
        3 => "Give the app the capability in Meta's app dashboard.",
        10 | 200..=299 => {
            "Give the token the whatsapp_business_messaging permission for this business account."
        }
        131_005 => {
            "Give the token access to this phone number and the whatsapp_business_messaging permission."
        }
        1 | 131_000 => "Meta does not say what failed.",
        2 => "Meta's service is unavailable; try again later.",
        131_016 => "Meta's service is overloaded; try again later.",
        131_057 => "The account is in maintenance mode; try again later.",
        4 => "The app has made too many calls; wait before the next one.",
        80_007 => "The business account has made too many calls; wait before the next one.",
        130_429 => "The number's throughput is used up; send more slowly (max_per_second).",
        131_056 => "Too many messages to this recipient; send it at most one every 6 seconds.",
        131_048 => {
            "Too many recipients blocked or reported the number; pause it and look at its quality rating in WhatsApp \
             Manager."
        }
        131_064 => "The template classification limit is reached; look at the template in WhatsApp Manager.",
        131_049 => {
            "Meta held it back to protect its users; do not send it to this recipient within 24 hours."
        }
        131_026 => {
            "The message cannot be delivered: the recipient may not be on WhatsApp, have an old version, or not have \
             accepted the terms."
        }
        131_047 => "More than 24 hours since the recipient's last message; send a template instead.",
        131_050 => "The recipient opted out of marketing messages; do not send them.",
        131_051 => "This type of message is not supported.",
        131_008 => "A parameter is missing; the details name it.",
        131_009 => "A parameter is wrong; the details name it.",
        100 => "A parameter is missing or wrong; without details it is most likely the phone_number_id.",
        33 => "The phone number was deleted, or the phone_number_id is wrong.",
        130_472 => "Meta held it back for an experiment; it may go out to others.",
        131_030 => "The recipient is not on the list of a test number's allowed recipients; add it there.",
        131_042 => {
            "Something is wrong with the business account's payment method; look in Meta's billing hub."
        }
        131_031 | 368 => "The account is restricted for a breach of policy; appeal in WhatsApp Manager.",
        130_497 => "The account may not send to recipients in this country.",
        132_000 => "The number of parameters does not match the template's variables.",
        132_001 => "There is no approved template of this name in this language.",
        132_005 => "The filled-in text is too long; shorten the parameters.",
        132_007 => "The template breaks a policy of WhatsApp; change it.",
        132_012 => "A parameter's format does not match the template's.",
        132_015 => "The template is paused for low quality; improve it, and send another meanwhile.",
        132_016 => "The template was paused too often and is disabled for good; make a new one.",
        132_018 => "A parameter's text is not allowed: no line breaks, tabs or more than 4 spaces in a row.",
        132_068 => "The flow is blocked; correct it.",
        132_069 => "The flow is throttled: 10 messages were sent with it in the last hour.",
        133_010 => "Register the phone number on the Cloud API first.",
        _ => match kind {
            ErrorKind::Server => "Meta does not say what failed.",
            _ => "Look the code up in Meta's error reference before you send it again.",
        },
    }
}
