//! What the page of each kind says.

use wamid::ErrorKind;

pub(super) struct Kind {
    pub(super) kind: ErrorKind,
    /// Its class in Python and Node.
    pub(super) class: &'static str,
    /// Whether such an error may have `maybe_sent`.
    pub(super) may_be_sent: bool,
    pub(super) when: &'static str,
    pub(super) remedy: &'static str,
}

pub(super) const KINDS: [Kind; 10] = [
    Kind {
        kind: ErrorKind::InvalidInput,
        class: "InvalidInputError",
        may_be_sent: false,
        when: "An argument or an option breaks a rule of the SDK, or a file cannot be sent. Nothing was sent: the rule is looked at before any request.",
        remedy: "Correct the argument. `field` names it, by its path in the content: `buttons[1].title`. The same call fails again.",
    },
    Kind {
        kind: ErrorKind::Authentication,
        class: "AuthenticationError",
        may_be_sent: false,
        when: "The token or the API key was refused, or lacks a permission: 401, the page of Django's CSRF protection, and the codes below (also 104 and \
               every other code from 200 to 299). Nothing was sent.",
        remedy: "Get a new token or key, or the permission. Every other call of this client fails in the same way until then, so stop sending and tell \
                 somebody.",
    },
    Kind {
        kind: ErrorKind::RateLimited,
        class: "RateLimitError",
        may_be_sent: false,
        when: "The host wants fewer requests for a while: 429, and the codes below. Nothing was sent.",
        remedy: "Wait for `retry_after` seconds where the error has it, then make the same call. The client has waited and tried again by itself already, \
                 as often as `max_retries` says. Where it happens often, set `max_per_second`. An error that is not `retryable` does not pass by \
                 itself: check the quality of the number, or the template.",
    },
    Kind {
        kind: ErrorKind::Rejected,
        class: "RejectedError",
        may_be_sent: false,
        when: "The host understood the request and refused it: every code without another kind, and every 4xx. Nothing was sent.",
        remedy: "Read `code` and `details`; the error's message ends with what to do. 131047 says that the customer has not written for 24 hours: send a \
                 template. 131026 says that this customer cannot be reached.",
    },
    Kind {
        kind: ErrorKind::Server,
        class: "ServerError",
        may_be_sent: true,
        when: "The host failed: 5xx, and the codes below. After 1, 131000 and a 5xx without a known code nobody can tell whether the message went out.",
        remedy: "Where `maybe_sent` is true, look before you send again: `sends(reference=…)`, or wait for the status webhook ([Delivery](../delivery.md)). \
                 Where `retryable` is true, make the same call later.",
    },
    Kind {
        kind: ErrorKind::Timeout,
        class: "RequestTimeoutError",
        may_be_sent: true,
        when: "`timeout` (one attempt) or `total_timeout` (the whole call) is over. If the request had been written by then, the outcome is unknown; \
               if the call still waited for a connection, nothing was sent, and the error is `retryable`.",
        remedy: "Where `maybe_sent` is true, look before you send again: `sends(reference=…)`, or wait for the status webhook ([Delivery](../delivery.md)). \
                 Else make the same call later, with fewer calls at once.",
    },
    Kind {
        kind: ErrorKind::Connection,
        class: "ConnectionFailedError",
        may_be_sent: true,
        when: "There was no connection (name, network, certificate, proxy), and then nothing was sent; or it was lost after the request had begun, and then \
               the outcome is unknown.",
        remedy: "Where `maybe_sent` is true, look before you send again: `sends(reference=…)`, or wait for the status webhook ([Delivery](../delivery.md)). \
                 Else check the URL, the network and the proxy.",
    },
    Kind {
        kind: ErrorKind::UnexpectedResponse,
        class: "UnexpectedResponseError",
        may_be_sent: true,
        when: "The answer is none of this host's: no JSON, another shape, a redirect, more than 1 MiB. After a 2xx that cannot be read the outcome is \
               unknown. A panic inside wamid has this kind, too.",
        remedy: "Check the URL, and the proxies between. A redirect names where it leads to. Where `maybe_sent` is true, look before you send again.",
    },
    Kind {
        kind: ErrorKind::Unsupported,
        class: "UnsupportedError",
        may_be_sent: false,
        when: "This host, or this build, cannot do it: chats on a cloud client without a store, an argument that an older gateway would ignore. \
               Nothing was sent.",
        remedy: "The message says what can do it.",
    },
    Kind {
        kind: ErrorKind::Store,
        class: "StoreError",
        may_be_sent: false,
        when: "The store cannot be opened, read or written. A send whose beginning cannot be recorded is not made: nothing was sent.",
        remedy: "Check the path, the disk and the rights, or the database. The same call may be made again afterwards.",
    },
];
