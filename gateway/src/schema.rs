//! The gateway's own tables, beside the core's in the same database.

use wamid::{Error, Migration, Store};

const MIGRATIONS: &[Migration] =
    &[FIRST, WITH_THE_RECORD, WITH_THE_SEND, WITH_THE_BUSINESS, WITH_THE_LIMITS, WITH_EVENTS];

const FIRST: Migration = Migration {
    version: 1,
    statements: &[
        "CREATE TABLE gateway_keys (id {id}, name TEXT NOT NULL, prefix TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, \
         created_at BIGINT NOT NULL, last_used_at BIGINT, revoked_at BIGINT)",
        "CREATE INDEX gateway_keys_prefix ON gateway_keys (prefix)",
        "CREATE TABLE gateway_accounts (id {id}, name TEXT NOT NULL, phone_number_id TEXT NOT NULL UNIQUE, \
         access_token {bytes} NOT NULL, app_secret {bytes}, verify_token {bytes}, is_default BIGINT NOT NULL, \
         created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)",
        "CREATE TABLE gateway_secrets (name TEXT NOT NULL PRIMARY KEY, value {bytes} NOT NULL)",
        "CREATE TABLE gateway_idempotency (key_id BIGINT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, \
         deadline BIGINT NOT NULL, created_at BIGINT NOT NULL, status BIGINT, answer {bytes}, \
         PRIMARY KEY (key_id, key))",
        "CREATE INDEX gateway_idempotency_age ON gateway_idempotency (created_at)",
    ],
};

/// Keys are written together with the record of their send, whose rows are a JSON text. An answer that was kept as bytes is
/// forgotten: what became of its message counts as unknown, and nothing is sent for its key.
const WITH_THE_RECORD: Migration = Migration {
    version: 2,
    statements: &[
        "ALTER TABLE gateway_idempotency DROP COLUMN answer",
        "ALTER TABLE gateway_idempotency ADD COLUMN body TEXT",
        "ALTER TABLE gateway_idempotency ADD COLUMN owner TEXT",
    ],
};

/// A key knows its send, which a webhook may settle, and whether it was given back with an answer.
const WITH_THE_SEND: Migration = Migration {
    version: 3,
    statements: &[
        "ALTER TABLE gateway_idempotency ADD COLUMN reference TEXT",
        "ALTER TABLE gateway_idempotency ADD COLUMN refused BIGINT",
    ],
};

/// An account knows the WhatsApp Business Account that owns its templates.
const WITH_THE_BUSINESS: Migration = Migration {
    version: 4,
    statements: &["ALTER TABLE gateway_accounts ADD COLUMN business_account_id TEXT"],
};

/// A key has limits: what it may do, its accounts and templates (lists with commas), its rate (`10/min`), its end. Keys of before
/// have none, and keep all rights.
const WITH_THE_LIMITS: Migration = Migration {
    version: 5,
    statements: &[
        "ALTER TABLE gateway_keys ADD COLUMN allowed TEXT",
        "ALTER TABLE gateway_keys ADD COLUMN accounts TEXT",
        "ALTER TABLE gateway_keys ADD COLUMN templates TEXT",
        "ALTER TABLE gateway_keys ADD COLUMN rate TEXT",
        "ALTER TABLE gateway_keys ADD COLUMN expires_at BIGINT",
    ],
};

/// Events that wait to be passed on, and whose turn it is: a sender has a row as long as it has events that wait. What was given up
/// has no body any more.
const WITH_EVENTS: Migration = Migration {
    version: 6,
    statements: &[
        "ALTER TABLE gateway_accounts ADD COLUMN forward_url TEXT",
        "ALTER TABLE gateway_accounts ADD COLUMN forward_secret {bytes}",
        "CREATE TABLE gateway_events (id {id}, number TEXT NOT NULL, sender TEXT NOT NULL, kind TEXT NOT NULL, body TEXT, \
         received_at BIGINT NOT NULL, given_up_at BIGINT, problem TEXT)",
        "CREATE INDEX gateway_events_next ON gateway_events (sender, id) WHERE given_up_at IS NULL",
        "CREATE INDEX gateway_events_waiting ON gateway_events (received_at) WHERE given_up_at IS NULL",
        "CREATE INDEX gateway_events_given_up ON gateway_events (given_up_at) WHERE given_up_at IS NOT NULL",
        "CREATE TABLE gateway_event_senders (sender TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL, arrived BIGINT NOT NULL, \
         attempts BIGINT NOT NULL DEFAULT 0, next_at BIGINT NOT NULL, leased_until BIGINT NOT NULL DEFAULT 0, owner TEXT, \
         problem TEXT)",
        "CREATE INDEX gateway_event_senders_due ON gateway_event_senders (number, next_at)",
    ],
};

/// A text as every database takes it: PostgreSQL refuses U+0000.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Brings the store to the gateway's tables.
pub(super) async fn migrate(store: &Store) -> Result<(), Error> {
    store.migrate("gateway", MIGRATIONS).await
}
