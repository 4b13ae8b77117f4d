// Written by `cargo xtask generate` from the declarations in core/src/webhook.
import type { Json } from './parameters';
import type { Fields } from './told';

/** One thing that a webhook tells, told apart by `event`. */
export type WebhookEvent = MessageEvent | EchoEvent | StatusEvent | OtherEvent;

/** A file of a message. */
export interface EventMedia {
  /** Its id, under which Meta keeps it for 7 days. */
  id?: string;
  /** Its type, such as `image/jpeg`. */
  mimeType?: string;
  /** Its SHA-256 in base64, as webhooks have it. */
  sha256?: string;
  /** What was written below it. */
  caption?: string;
  /** A document's name. */
  filename?: string;
  /** Whether it is a voice note. */
  voice?: boolean;
  /** Whether a sticker moves. */
  animated?: boolean;
  /** Where it can be fetched for five minutes, with the access token. */
  url?: string;
}

/** An earlier message as the sender wants it now. */
export interface Edit {
  /** The id of the message that is changed. */
  messageId: string;
  /** Its new text, or the new caption of its file. */
  text?: string;
  /** Its file. */
  media?: EventMedia;
}

/** An earlier message that the sender took back. */
export interface Revoke {
  /** The id of the message that is gone. */
  messageId: string;
}

/** Why a message failed after Meta had taken it. */
export interface StatusError {
  /** The Graph API's code, such as 131026. */
  code: number;
  /** A short title. */
  title?: string;
  /** What happened. */
  message?: string;
  /** What Meta says of the cause. */
  details?: string;
}

/**
 * Somebody wrote to the business.
 *
 * To answer, send to `address`: it is the sender exactly as Meta named it.
 */
export interface MessageEvent {
  event: 'message';
  /** The message's id. */
  id: string;
  /**
   * The sender's number, digits only; absent where Meta gives only a user id.
   *
   * Do not send to it: a client with a default country code takes ten bare digits for a national number, and the
   * message reaches a stranger. Send to `address`.
   */
  from?: string;
  /** The sender's business-scoped user id. */
  userId?: string;
  /**
   * What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message
   * has none.
   */
  address?: string;
  /** The sender's name, as the sender wrote it. */
  profileName?: string;
  /** The sender's user name. */
  username?: string;
  /** The group that it was written in; absent in a conversation of two. */
  groupId?: string;
  /** When it was written. */
  timestamp: Date;
  /** The business number that it came to. */
  phoneNumberId: string;
  /** Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice. */
  type: string;
  /**
   * The text of a text message, the caption of a picture, video or document, or the label of the button or list row
   * that was pressed.
   */
  text?: string;
  /** The id of the message that it answers. */
  replyTo?: string;
  /** What the sender made of an earlier message, where the type is `edit`. */
  edit?: Edit;
  /** Which message the sender took back, where the type is `revoke`. */
  revoke?: Revoke;
  /**
   * Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False
   * without a store.
   */
  redelivered: boolean;
  /**
   * `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender.
   * `contact` is left out where nothing did.
   */
  raw: Json;
}

/**
 * A message that the business sent from its phone: all that a message event has, and whom it went to.
 *
 * `from` is the business's own number; `userId`, `username`, `profileName` and `address` are the customer's.
 */
export interface EchoEvent {
  event: 'echo';
  /** The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it. */
  to?: string;
  /** The message's id. */
  id: string;
  /**
   * The sender's number, digits only; absent where Meta gives only a user id.
   *
   * Do not send to it: a client with a default country code takes ten bare digits for a national number, and the
   * message reaches a stranger. Send to `address`.
   */
  from?: string;
  /** The sender's business-scoped user id. */
  userId?: string;
  /**
   * What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message
   * has none.
   */
  address?: string;
  /** The sender's name, as the sender wrote it. */
  profileName?: string;
  /** The sender's user name. */
  username?: string;
  /** The group that it was written in; absent in a conversation of two. */
  groupId?: string;
  /** When it was written. */
  timestamp: Date;
  /** The business number that it came to. */
  phoneNumberId: string;
  /** Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice. */
  type: string;
  /**
   * The text of a text message, the caption of a picture, video or document, or the label of the button or list row
   * that was pressed.
   */
  text?: string;
  /** The id of the message that it answers. */
  replyTo?: string;
  /** What the sender made of an earlier message, where the type is `edit`. */
  edit?: Edit;
  /** Which message the sender took back, where the type is `revoke`. */
  revoke?: Revoke;
  /**
   * Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False
   * without a store.
   */
  redelivered: boolean;
  /**
   * `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender.
   * `contact` is left out where nothing did.
   */
  raw: Json;
}

/** What became of a message that the business sent. */
export interface StatusEvent {
  event: 'status';
  /** The message's id. */
  id: string;
  /** `sent`, `delivered`, `read`, `failed` …; new ones come without notice. */
  status: string;
  /** When it became so. */
  timestamp: Date;
  /** The recipient's number, digits only. Do not send to it, but to `address`. */
  recipient?: string;
  /** The recipient's business-scoped user id. */
  userId?: string;
  /** What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none. */
  address?: string;
  /** The business number that it was sent from. */
  phoneNumberId: string;
  /** The send's reference. */
  reference?: string;
  /** Why it failed. */
  errors: StatusError[];
  /** Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message. */
  payment?: Json;
  /** Whether the store has seen this status of this message before. False without a store. */
  redelivered: boolean;
  /** The status as Meta wrote it. */
  raw: Json;
}

/** Anything that is neither a message nor a status. */
export interface OtherEvent {
  event: 'other';
  /** The webhook field, such as `message_template_status_update`. */
  field: string;
  /** The change's value as Meta wrote it. */
  raw: Json;
}

const EVENT_MEDIA: Fields = { mime_type: 'mimeType' };
const EDIT: Fields = { message_id: 'messageId', media: ['media', EVENT_MEDIA] };
const REVOKE: Fields = { message_id: 'messageId' };
const STATUS_ERROR: Fields = {};
const MESSAGE_EVENT: Fields = {
  user_id: 'userId',
  profile_name: 'profileName',
  group_id: 'groupId',
  timestamp: ['timestamp', 'instant'],
  phone_number_id: 'phoneNumberId',
  reply_to: 'replyTo',
  edit: ['edit', EDIT],
  revoke: ['revoke', REVOKE],
};
const ECHO_EVENT: Fields = {
  user_id: 'userId',
  profile_name: 'profileName',
  group_id: 'groupId',
  timestamp: ['timestamp', 'instant'],
  phone_number_id: 'phoneNumberId',
  reply_to: 'replyTo',
  edit: ['edit', EDIT],
  revoke: ['revoke', REVOKE],
};
const STATUS_EVENT: Fields = {
  timestamp: ['timestamp', 'instant'],
  user_id: 'userId',
  phone_number_id: 'phoneNumberId',
  errors: ['errors', STATUS_ERROR],
};
const OTHER_EVENT: Fields = {};

/** How each event is read. */
export const EVENTS: Readonly<Record<string, Fields>> = {
  message: MESSAGE_EVENT,
  echo: ECHO_EVENT,
  status: STATUS_EVENT,
  other: OTHER_EVENT,
};
