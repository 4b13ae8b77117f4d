//! Which conversation a name belongs to. A conversation is one contact of one business number.
//!
//! A contact has several names: a number, a user id, and the number that a caller wrote where Meta corrected it. The
//! conversation is under the number, or under the user id while no number is known; its other names are aliases.

use sqlx::AnyConnection;

use super::value::text;

/// A conversation of that name, if there is one; one under that very name goes before an alias.
pub(super) async fn find(tx: &mut AnyConnection, business: &str, name: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT id FROM (
            SELECT id, 0 AS by_alias FROM wamid_conversations WHERE phone_number_id = $1 AND phone_number = $2
            UNION ALL
            SELECT conversation_id, 1 FROM wamid_aliases WHERE phone_number_id = $1 AND alias = $2
        ) AS named ORDER BY by_alias LIMIT 1",
    )
    .bind(text(business))
    .bind(text(name))
    .fetch_optional(tx)
    .await
}

/// The conversation of a recipient as the caller wrote it.
pub(super) async fn of_recipient(
    tx: &mut AnyConnection,
    business: &str,
    recipient: &str,
) -> sqlx::Result<i64> {
    match find(tx, business, recipient).await? {
        Some(id) => Ok(id),
        None => under(tx, business, recipient).await,
    }
}

/// The conversation of a contact as Meta names it, by number, by user id or by both.
pub(super) async fn of_contact(
    tx: &mut AnyConnection,
    business: &str,
    number: Option<&str>,
    user_id: Option<&str>,
) -> sqlx::Result<Option<i64>> {
    match (number, user_id) {
        (None, None) => Ok(None),
        (Some(number), None) => under(tx, business, number).await.map(Some),
        (None, Some(user_id)) => of_recipient(tx, business, user_id).await.map(Some),
        // One name, whichever way it is called: there is nothing to bring together.
        (Some(number), Some(user_id)) if number == user_id => {
            of_recipient(tx, business, user_id).await.map(Some)
        }
        (Some(number), Some(user_id)) => {
            // What went on under the user id goes on under the number.
            let nameless = nameless(tx, business, user_id).await?;
            if let Some((nameless, _)) = nameless {
                match exactly(tx, business, number).await? {
                    // It is that one already.
                    Some(numbered) if numbered == nameless => {}
                    Some(numbered) => merge(tx, nameless, numbered).await?,
                    None => rename(tx, nameless, number).await?,
                }
            }
            let id = under(tx, business, number).await?;
            let was_under = nameless.map(|(_, name)| name).filter(|name| name != user_id);
            for user_id in was_under.as_deref().into_iter().chain([user_id]) {
                alias(tx, business, user_id, id).await?;
            }
            Ok(Some(id))
        }
    }
}

/// Meta has said who `recipient` is. What was begun under that name alone goes on under the contact's.
pub(super) async fn confirm(
    tx: &mut AnyConnection,
    business: &str,
    recipient: &str,
    begun: i64,
    number: Option<&str>,
    user_id: Option<&str>,
) -> sqlx::Result<i64> {
    let known: Option<String>;
    let number = match (number, user_id) {
        // A number that was sent to is the contact's, unless Meta says another.
        (None, Some(_)) => {
            known = sqlx::query_scalar("SELECT phone_number FROM wamid_conversations WHERE id = $1")
                .bind(begun)
                .fetch_optional(&mut *tx)
                .await?;
            known.as_deref().filter(|name| is_number(name))
        }
        (Some(number), _) => {
            known = Some(goes_on_under(tx, business, number).await?);
            known.as_deref()
        }
        (None, None) => None,
    };
    let Some(id) = of_contact(tx, business, number, user_id).await? else {
        return Ok(begun);
    };
    if id != begun {
        // Somebody who wrote from the number that the caller used is a contact of their own.
        let silent: Option<i64> =
            sqlx::query_scalar("SELECT id FROM wamid_conversations WHERE id = $1 AND received = 0")
                .bind(begun)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(silent) = silent {
            merge(tx, silent, id).await?;
        }
        if exactly(tx, business, recipient).await?.is_none() {
            alias(tx, business, recipient, id).await?;
        }
    }
    Ok(id)
}

/// What its conversation is under.
pub(super) async fn name(tx: &mut AnyConnection, id: i64) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT phone_number FROM wamid_conversations WHERE id = $1")
        .bind(id)
        .fetch_one(tx)
        .await
}

/// A contact that has a conversation, named by both its names: now it has both. One that has none gets none.
pub(super) async fn introduce(
    tx: &mut AnyConnection,
    business: &str,
    number: Option<&str>,
    user_id: Option<&str>,
) -> sqlx::Result<()> {
    if let (Some(number), Some(user_id)) = (number, user_id) {
        let number = &goes_on_under(tx, business, number).await?;
        if exactly(tx, business, number).await?.is_some() || exactly(tx, business, user_id).await?.is_some() {
            of_contact(tx, business, Some(number), Some(user_id)).await?;
        }
    }
    Ok(())
}

/// The number that a conversation of this number goes on under: Meta tells what became of a message by the number that it was sent
/// to, also when the contact has moved since.
async fn goes_on_under(tx: &mut AnyConnection, business: &str, number: &str) -> sqlx::Result<String> {
    let goes_on = match find(tx, business, number).await? {
        Some(id) => Some(name(tx, id).await?).filter(|name| is_number(name)),
        None => None,
    };
    Ok(goes_on.unwrap_or_else(|| number.to_owned()))
}

pub(super) fn is_number(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// The conversation of that user id while no number of it is known; also one that goes on under a later user id.
async fn nameless(
    tx: &mut AnyConnection,
    business: &str,
    user_id: &str,
) -> sqlx::Result<Option<(i64, String)>> {
    sqlx::query_as(
        "SELECT id, phone_number FROM wamid_conversations
         WHERE id IN (
            SELECT id FROM wamid_conversations WHERE phone_number_id = $1 AND phone_number = $2
            UNION ALL
            SELECT conversation_id FROM wamid_aliases WHERE phone_number_id = $1 AND alias = $2)
         AND SUBSTR(phone_number, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
         ORDER BY CASE WHEN phone_number = $2 THEN 0 ELSE 1 END LIMIT 1",
    )
    .bind(text(business))
    .bind(text(user_id))
    .fetch_optional(tx)
    .await
}

pub(super) async fn exactly(tx: &mut AnyConnection, business: &str, name: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("SELECT id FROM wamid_conversations WHERE phone_number_id = $1 AND phone_number = $2")
        .bind(text(business))
        .bind(text(name))
        .fetch_optional(tx)
        .await
}

/// The conversation under that very name, made where there is none. One statement, so that two at once make one.
pub(super) async fn under(tx: &mut AnyConnection, business: &str, name: &str) -> sqlx::Result<i64> {
    if let Some(id) = exactly(tx, business, name).await? {
        return Ok(id);
    }
    sqlx::query_scalar(
        "INSERT INTO wamid_conversations (phone_number_id, phone_number) VALUES ($1, $2)
         ON CONFLICT (phone_number_id, phone_number) DO UPDATE SET phone_number = excluded.phone_number
         RETURNING id",
    )
    .bind(text(business))
    .bind(text(name))
    .fetch_one(tx)
    .await
}

pub(super) async fn alias(tx: &mut AnyConnection, business: &str, name: &str, id: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO wamid_aliases (phone_number_id, alias, conversation_id) VALUES ($1, $2, $3)
         ON CONFLICT (phone_number_id, alias) DO UPDATE SET conversation_id = excluded.conversation_id
         WHERE wamid_aliases.conversation_id <> excluded.conversation_id",
    )
    .bind(text(business))
    .bind(text(name))
    .bind(id)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn rename(tx: &mut AnyConnection, id: i64, number: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE wamid_conversations SET phone_number = $2 WHERE id = $1")
        .bind(id)
        .bind(text(number))
        .execute(tx)
        .await?;
    Ok(())
}

/// Two conversations turn out to be one contact's: `from` goes on as `into`, and what was unread in either stays so.
pub(super) async fn merge(tx: &mut AnyConnection, from: i64, into: i64) -> sqlx::Result<()> {
    // The send whose answer brings them together counts in its own before.
    sqlx::query(
        "UPDATE wamid_conversations SET answered = (SELECT MAX(received_before) FROM wamid_sends
            WHERE conversation_id = wamid_conversations.id AND status IN (1, 2, 3))
         WHERE id IN ($1, $2) AND answered < (SELECT MAX(received_before) FROM wamid_sends
            WHERE conversation_id = wamid_conversations.id AND status IN (1, 2, 3))",
    )
    .bind(from)
    .bind(into)
    .execute(&mut *tx)
    .await?;
    for (moved, other) in [(from, into), (into, from)] {
        // What a send had before it, in the counts of both together.
        sqlx::query(
            "UPDATE wamid_sends SET received_before = received_before
                + (SELECT answered FROM wamid_conversations WHERE id = $2)
             WHERE conversation_id = $1",
        )
        .bind(moved)
        .bind(other)
        .execute(&mut *tx)
        .await?;
    }
    for statement in [
        "UPDATE wamid_conversations SET
            received = received + (SELECT received FROM wamid_conversations WHERE id = $1),
            answered = answered + (SELECT answered FROM wamid_conversations WHERE id = $1),
            label = COALESCE(label, (SELECT label FROM wamid_conversations WHERE id = $1)),
            last_message_at = (SELECT MAX(last_message_at) FROM wamid_conversations WHERE id IN ($1, $2))
         WHERE id = $2",
        "UPDATE wamid_sends SET conversation_id = $2 WHERE conversation_id = $1",
        "UPDATE wamid_aliases SET conversation_id = $2 WHERE conversation_id = $1",
    ] {
        sqlx::query(statement).bind(from).bind(into).execute(&mut *tx).await?;
    }
    sqlx::query("DELETE FROM wamid_conversations WHERE id = $1").bind(from).execute(tx).await?;
    Ok(())
}
