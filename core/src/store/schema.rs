//! Table definitions and schema versions.

use super::migrate::Migration;

pub(super) const NAMESPACE: &str = "core";

/// Times are microseconds since the epoch. `unread_count` is counted, never dated, so that no two clocks are compared:
/// a conversation's `received` counts what came in, a send's `received_before` is what that was when the send began,
/// and `answered` is the largest `received_before` of a send that counted; the rest is unread.
pub(super) const MIGRATIONS: &[Migration] = &[TABLES, TOKENS, SENDERS, HANDLED];

/// What tells a send from every other before it has an id that its caller knows.
const TOKENS: Migration =
    Migration { version: 2, statements: &["ALTER TABLE wamid_sends ADD COLUMN token TEXT"] };

/// Whose a send is, where a program sends for many. Those that are there already are nobody's.
const SENDERS: Migration = Migration {
    version: 3,
    statements: &[
        "ALTER TABLE wamid_sends ADD COLUMN sent_by BIGINT",
        "CREATE INDEX wamid_sends_sender ON wamid_sends (sent_by, created_at, id) WHERE sent_by IS NOT NULL",
    ],
};

/// Which events a handler has taken. `wamid_received` has those that came, taken or not.
const HANDLED: Migration = Migration {
    version: 4,
    statements: &["CREATE TABLE wamid_handled (
            phone_number_id TEXT NOT NULL,
            event_id TEXT NOT NULL,
            handled_at BIGINT NOT NULL,
            PRIMARY KEY (phone_number_id, event_id))"],
};

const TABLES: Migration = Migration {
    version: 1,
    statements: &[
        "CREATE TABLE wamid_conversations (
            id {id},
            phone_number_id TEXT NOT NULL,
            phone_number TEXT NOT NULL,
            label BIGINT,
            received BIGINT NOT NULL DEFAULT 0,
            answered BIGINT NOT NULL DEFAULT 0,
            last_message_at BIGINT,
            UNIQUE (phone_number_id, phone_number))",
        "CREATE INDEX wamid_conversations_recent
            ON wamid_conversations (phone_number_id, last_message_at, id)",
        // Further names of a contact: its user id, and numbers that Meta corrected.
        "CREATE TABLE wamid_aliases (
            phone_number_id TEXT NOT NULL,
            alias TEXT NOT NULL,
            conversation_id BIGINT NOT NULL REFERENCES wamid_conversations (id),
            PRIMARY KEY (phone_number_id, alias))",
        "CREATE INDEX wamid_aliases_conversation ON wamid_aliases (conversation_id)",
        // status: 0 sending, 1 sent, 2 delivered, 3 read, 4 failed; it only grows. A row of 0 past its deadline is
        // unknown.
        "CREATE TABLE wamid_sends (
            id {id},
            phone_number_id TEXT NOT NULL,
            conversation_id BIGINT NOT NULL REFERENCES wamid_conversations (id),
            recipient TEXT NOT NULL,
            operation TEXT NOT NULL,
            reference TEXT,
            status BIGINT NOT NULL DEFAULT 0,
            other_status TEXT,
            message_id TEXT,
            code BIGINT,
            received_before BIGINT NOT NULL,
            deadline BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)",
        "CREATE INDEX wamid_sends_recent ON wamid_sends (phone_number_id, created_at, id)",
        "CREATE INDEX wamid_sends_message ON wamid_sends (message_id) WHERE message_id IS NOT NULL",
        "CREATE INDEX wamid_sends_reference ON wamid_sends (reference) WHERE reference IS NOT NULL",
        "CREATE INDEX wamid_sends_conversation ON wamid_sends (conversation_id)",
        "CREATE INDEX wamid_sends_open ON wamid_sends (phone_number_id, deadline) WHERE status = 0",
        // What came in, so that a redelivery is known.
        "CREATE TABLE wamid_received (
            phone_number_id TEXT NOT NULL,
            message_id TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            PRIMARY KEY (phone_number_id, message_id))",
    ],
};
