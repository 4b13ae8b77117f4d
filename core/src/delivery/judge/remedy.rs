//! What to do about each failure, in a sentence.
//!
//! After Meta's "WhatsApp Cloud API error codes" and the reference pages of its operations.

use crate::error::ErrorKind;

/// The sentence for a Graph code; an unlisted one gets its kind's.
pub(super) fn of_code(code: i64, kind: ErrorKind) -> &'static str {
    known(code).unwrap_or(match kind {
        ErrorKind::Server => "Meta does not say what failed.",
        _ => "Look the code up in Meta's error reference before you send it again.",
    })
}

fn known(code: i64) -> Option<&'static str> {
    match code {
        130_000..=132_999 => of_message(code),
        133_000..=147_999 => of_account(code),
        _ => of_graph(code),
    }
}

/// Codes of the Graph API itself, and older ones.
fn of_graph(code: i64) -> Option<&'static str> {
    Some(match code {
        104 => "Send an access token; none arrived.",
        0 | 190 => "Make a new access token; this one is wrong, expired or revoked.",
        3 => "Give the app the capability in Meta's app dashboard.",
        10 | 200..=299 => {
            "Give the token the whatsapp_business_messaging permission for this business account."
        }
        1 => "Meta does not say what failed.",
        2 => "Meta's service is unavailable; try again later.",
        4 => "The app has made too many calls; wait before the next one.",
        33 => "The phone number was deleted, or the phone_number_id is wrong.",
        100 => "A parameter is missing or wrong; without details it is most likely the phone_number_id.",
        368 => "The account is restricted for a breach of policy; appeal in WhatsApp Manager.",
        613 => "Too many calls to this recipient or number; wait before the next one.",
        1026 => "The recipient's app cannot show this kind of message; send another kind, such as a text.",
        80_007 => "The business account has made too many calls; wait before the next one.",
        200_005..=200_007 => {
            "Template analytics are not on, or not there for this template; turn them on for the business account first."
        }
        2_593_107 | 2_593_108 => {
            "The phone's data can be asked for once, within 24 hours of onboarding; onboard the number again."
        }
        2_593_109 => "The business did not agree to share its phone's history; go on without it.",
        _ => return None,
    })
}

/// Codes of sends and templates: 130000 to 132999.
fn of_message(code: i64) -> Option<&'static str> {
    Some(match code {
        130_403 => "The business has blocked this user; unblock the user first.",
        130_429 => "The number's throughput is used up; send more slowly (max_per_second).",
        130_472 => "Meta held it back for an experiment; it may go out to others.",
        130_497 => "The account may not send to recipients in this country.",
        131_000 => "Meta does not say what failed.",
        131_005 => {
            "Give the token access to this phone number and the whatsapp_business_messaging permission."
        }
        131_008 => "A parameter is missing; the details name it.",
        131_009 => "A parameter is wrong; the details name it.",
        131_016 => "Meta's service is overloaded; try again later.",
        131_020 | 131_041 | 131_059 | 131_201..=131_215 => {
            "It is about a group: look at its id, its participants and the rates of group calls; the details say which."
        }
        131_021 => "The recipient is the number that sends; send to another number.",
        131_026 => {
            "The message cannot be delivered: the recipient may not be on WhatsApp, have an old version, or not have \
             accepted the terms."
        }
        131_030 => {
            "The recipient is not on the list of a test number's allowed recipients; add it there. The list may hold the \
             other spelling of the number (Argentina 549... as 54..., Mexico 521... as 52...): send to the number as it \
             stands there. It never holds user ids."
        }
        131_031 => "The account is restricted for a breach of policy; appeal in WhatsApp Manager.",
        131_037 => "The number's display name is not approved; have it approved in WhatsApp Manager.",
        131_042 => {
            "Something is wrong with the business account's payment method; look in Meta's billing hub."
        }
        131_045 => "The number's certificate is not valid: register the phone number on the Cloud API again.",
        131_047 => "More than 24 hours since the recipient's last message; send a template instead.",
        131_048 => {
            "Too many recipients blocked or reported the number; pause it and look at its quality rating in WhatsApp \
             Manager."
        }
        131_049 => {
            "Meta held it back to protect its users; do not send it to this recipient within 24 hours."
        }
        131_050 => "The recipient opted out of marketing messages; do not send them.",
        131_051 => "This type of message is not supported.",
        131_052 => {
            "Meta could not fetch the media: its link must answer quickly with the file itself, of a supported type and \
             size."
        }
        131_053 => {
            "Meta could not take the media: look at its type, size and encoding, and that the name and the type agree."
        }
        131_055 => {
            "This kind of message is not sent here: the marketing endpoint takes marketing templates alone."
        }
        131_056 => "Too many messages to this recipient; send it at most one every 6 seconds.",
        131_057 => "The account is in maintenance mode; try again later.",
        131_060 => {
            "The incoming message is not available to the Cloud API; ask the customer to send it again."
        }
        131_062 => "This template needs a phone number; send it to the recipient's number, not to a user id.",
        131_063 => {
            "The business account has switched marketing messages off on the Cloud API; send them through the Marketing \
             Messages API, or switch them on."
        }
        131_064 => "The template classification limit is reached; look at the template in WhatsApp Manager.",
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
        _ => return None,
    })
}

/// Codes of numbers, payments, calls, flows, block lists and names: 133000 to 147999.
fn of_account(code: i64) -> Option<&'static str> {
    Some(match code {
        133_000 => "An earlier deregistration did not end; deregister the phone number again.",
        133_004 => "Meta's registration server is unavailable; try again later.",
        133_005 => "The PIN of two-step verification is wrong; set a new one in WhatsApp Manager.",
        133_006 => "Verify the phone number before you register it.",
        133_008 => "Too many wrong PINs; wait as long as the details say.",
        133_009 => "The PIN was entered too fast; wait as long as the details say.",
        133_010 => "Register the phone number on the Cloud API first.",
        133_015 => "The phone number was deleted a short time ago; wait 5 minutes before you register it.",
        133_016 => "The phone number was registered or deregistered too often; wait 72 hours.",
        134_011 => {
            "The business has not accepted the terms of WhatsApp payments; accept them in WhatsApp Manager."
        }
        134_100 => "The marketing endpoint takes marketing templates alone; send others through messages.",
        134_101 => "The template is not yet ready for the marketing endpoint; try again after 10 minutes.",
        134_102 => {
            "The template cannot be used on the marketing endpoint; look at its status and category in WhatsApp Manager."
        }
        135_000 => {
            "Meta does not say what is wrong; most often it is a parameter of the message: compare its type with Meta's page."
        }
        136_024 => "No code can be sent to this number; it may be verified already.",
        137_000 => {
            "The recipient's identity has changed: ask whether it is still the same person, then send with the new \
             identity key hash."
        }
        138_000 => "Calls are off for this phone number; turn them on in its settings.",
        138_006 => "The recipient has not permitted calls; ask for the permission first.",
        138_009 => {
            "The recipient was asked for the permission to call too often; wait until the recipient writes."
        }
        138_001..=138_018 => {
            "It is about a call: the details say whether its settings, state or permission are wrong."
        }
        139_000..=139_004 => {
            "It is about a flow: look at its status, health and endpoint in WhatsApp Manager."
        }
        139_100 => "Not all users were blocked or unblocked; the answer names those that failed.",
        139_101 => "The block list is full; unblock users first.",
        139_102 => "The block list changed while it was read; read it again from its beginning.",
        139_103 => "Meta's block list failed; try again later.",
        147_001..=147_005 => {
            "It is about the business's user name: choose one of 3 to 35 of a-z, 0-9, . and _ that is free."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::fs::read_to_string;
    use std::path::Path;

    use super::*;

    /// The codes that Meta's pages name, as far as they are about a number, a message or a template.
    fn listed() -> Vec<i64> {
        let mut codes = vec![
            0, 1, 2, 3, 4, 10, 33, 100, 104, 190, 200, 210, 299, 368, 613, 1026, 80_007, 130_403, 130_429,
            130_472, 130_497, 131_000, 131_005, 131_008, 131_009, 131_016, 131_020, 131_021, 131_026,
            131_030, 131_031, 131_037, 131_041, 131_042, 131_045, 131_047, 131_048, 131_049, 131_050,
            131_051, 131_052, 131_053, 131_055, 131_056, 131_057, 131_059, 131_060, 131_062, 131_063,
            131_064, 132_000, 132_001, 132_005, 132_007, 132_012, 132_015, 132_016, 132_018, 132_068,
            132_069, 133_000, 133_004, 133_005, 133_006, 133_008, 133_009, 133_010, 133_015, 133_016,
            134_011, 134_100, 134_101, 134_102, 135_000, 136_024, 137_000, 138_000, 139_100, 139_101,
            139_102, 139_103,
        ];
        let ranges =
            [131_201..=131_215, 138_001..=138_018, 139_000..=139_004, 147_001..=147_005, 200_005..=200_007];
        codes.extend(ranges.into_iter().flatten());
        codes.extend(2_593_107..=2_593_109);
        codes
    }

    /// Runs of six digits that begin as codes do, and what lies between two of them that a dash joins.
    fn named_in(page: &str) -> Vec<i64> {
        let mut codes: Vec<i64> = Vec::new();
        let mut joined = false;
        for piece in page.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
            let code = digits.parse().ok().filter(|code| {
                digits.len() == 6 && (130_000..=139_999).contains(code) || (147_000..=147_999).contains(code)
            });
            if let Some(code) = code {
                if let Some(first) = codes.last().copied().filter(|_| joined) {
                    codes.extend(first + 1..code);
                }
                codes.push(code);
            }
            joined = code.is_some() && piece.ends_with('\u{2013}');
        }
        codes
    }

    #[test]
    fn every_listed_code_has_a_remedy_of_its_own() {
        for code in listed() {
            let remedy = known(code);
            assert!(remedy.is_some_and(|text| text.is_ascii() && text.ends_with('.')), "{code}: {remedy:?}");
        }
        assert_eq!(of_code(131_999, ErrorKind::Server), "Meta does not say what failed.");
        assert!(of_code(131_999, ErrorKind::Rejected).starts_with("Look the code up"));
    }

    #[test]
    fn every_code_of_the_reference_pages_has_a_remedy() {
        assert_eq!(
            named_in("131201\u{2013}131203, 131021 x 138000-138002"),
            [131_201, 131_202, 131_203, 131_021, 138_000, 138_002]
        );
        let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference");
        for page in ["graph-api.md", "messages.md"] {
            match read_to_string(pages.join(page)) {
                Ok(text) => {
                    let codes = named_in(&text);
                    assert!(codes.len() > 20, "{page}: {codes:?}");
                    let without: Vec<i64> = codes.into_iter().filter(|code| known(*code).is_none()).collect();
                    assert!(without.is_empty(), "{page}: no remedy for {without:?}");
                }
                Err(error) => {
                    eprintln!("skipped: {page} is not here ({error}); the list above is held instead")
                }
            }
        }
    }

    #[test]
    fn a_test_number_is_told_of_the_other_spelling() {
        let remedy = of_code(131_030, ErrorKind::Rejected);
        for part in ["54...", "52...", "user ids"] {
            assert!(remedy.contains(part), "{remedy}");
        }
    }
}
