import type { Json } from './parameters';

/** The host took the message; it is on its way. Delivery itself is told by status webhooks, which carry `id`. */
export interface Receipt {
  /** The message's id, `wamid.…`. */
  id: string;
  /** The recipient as it was sent: digits only, or a user id. */
  phone: string;
  /** The recipient's WhatsApp id, digits only, which may differ from the number. To send again, send to `address`. */
  waId?: string;
  /** The recipient's business-scoped user id. */
  userId?: string;
  /** What to send to next time: `+` and `waId`, or the user id where Meta gave no `waId`. */
  address?: string;
  /** Meta's `message_status`, such as `accepted`; new ones come without notice. */
  status?: string;
  /** The send's reference. */
  reference?: string;
  /** Meta's answer, untouched. */
  raw: Json;
}

/** A conversation with one contact. */
export interface Conversation {
  /** Its id on the host. */
  id: number;
  /** The contact's number, digits only, or its user id where Meta gives no number. Send to `address`, not to it. */
  phoneNumber: string;
  /** What to send to: `+` and the number, or the user id. Absent where the host names the contact in another way. */
  address?: string;
  /** The id of the label that someone gave it. */
  label?: number;
  /** How many messages came in since the last one that went out. */
  unreadCount: number;
  /** When the last message came in or went out. */
  lastMessageAt?: Date;
}

/** What messages have, whoever wrote them. */
export interface MessageFields {
  /** The message's id. */
  id: string;
  /**
   * The number of who wrote it, digits only; absent where Meta gives only a user id. Send to `address`, not to it: a client with a
   * default country code takes ten bare digits for a national number.
   */
  from?: string;
  /** The customer's business-scoped user id. */
  userId?: string;
  /** What to send an answer to: `+` and the customer's number, or the user id. A group's message has none. */
  address?: string;
  /** The customer's name, as the customer wrote it. */
  profileName?: string;
  /** The customer's user name. */
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
   * The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was
   * pressed.
   */
  text?: string;
  /** The id of the message that it answers. */
  replyTo?: string;
  /** What became of an earlier message, where the type is `edit`. */
  edit?: Edit;
  /** Which message was taken back, where the type is `revoke`. */
  revoke?: Revoke;
  /** Whether the store has seen it before: Meta delivers again what was not answered with 200. False without a store. */
  redelivered: boolean;
  /** `{ message, contact }` as Meta wrote them; `contact` only where one stood beside the message. */
  raw: Json;
}

/** Somebody wrote to the business. */
export interface MessageEvent extends MessageFields {
  event: 'message';
}

/** The business answered from its phone. `from` is its own number; names and `address` are the customer's. */
export interface EchoEvent extends MessageFields {
  event: 'echo';
  /** The customer's number, digits only; absent where Meta gives only a user id. */
  to?: string;
}

/** An earlier message as its writer wants it now. */
export interface Edit {
  /** The id of the message that is changed. */
  messageId: string;
  /** Its new text, or the new caption of its file. */
  text?: string;
  /** Its file. */
  media?: Media;
}

/** An earlier message that its writer took back. */
export interface Revoke {
  /** The id of the message that is gone. */
  messageId: string;
}

/** A file of a message. */
export interface Media {
  /** Its id, under which Meta keeps it for 7 days. */
  id?: string;
  /** Its type, such as `image/jpeg`. */
  mimeType?: string;
  /** Its SHA-256 in base64. */
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

/** What became of a message that the business sent. */
export interface StatusEvent {
  event: 'status';
  /** The message's id. */
  id: string;
  /** `sent`, `delivered`, `read`, `failed` …; new ones come without notice. */
  status: string;
  /** When it became so. */
  timestamp: Date;
  /** The recipient's number, digits only. Send to `address`, not to it. */
  recipient?: string;
  /** The recipient's business-scoped user id. */
  userId?: string;
  /** What to send to: `+` and the recipient's number, or the user id. A group has none. */
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

/** Anything else. */
export interface OtherEvent {
  event: 'other';
  /** The webhook field, such as `message_template_status_update`. */
  field: string;
  /** The change's value as Meta wrote it. */
  raw: Json;
}

/** One thing that a webhook tells. */
export type WebhookEvent = MessageEvent | EchoEvent | StatusEvent | OtherEvent;

type Wire = Record<string, Json>;

const RENAMED = new Map([
  ['wa_id', 'waId'],
  ['user_id', 'userId'],
  ['phone_number', 'phoneNumber'],
  ['unread_count', 'unreadCount'],
  ['last_message_at', 'lastMessageAt'],
  ['profile_name', 'profileName'],
  ['phone_number_id', 'phoneNumberId'],
  ['reply_to', 'replyTo'],
  ['group_id', 'groupId'],
  ['message_id', 'messageId'],
  ['mime_type', 'mimeType'],
]);

const INSTANTS = new Set(['last_message_at', 'timestamp', 'time']);

/** A result under JavaScript's names, with its instants; what is unknown is absent. Never looks into `raw`. */
function typed(wire: Wire): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key in wire) {
    const value = wire[key];
    if (value !== null || key === 'raw') {
      out[RENAMED.get(key) ?? key] = INSTANTS.has(key) ? new Date(value as string) : value;
    }
  }
  return out;
}

/** A receipt from its wire form. */
export const receipt = (wire: Wire): Receipt => typed(wire) as unknown as Receipt;

/** Conversations from their wire form. */
export const conversations = (wire: Wire[]): Conversation[] => wire.map(typed) as unknown as Conversation[];

/** Events from their wire form. */
export const events = (wire: Wire[]): WebhookEvent[] =>
  wire.map((event) => {
    const out = typed(event);
    if (event.event === 'status') out.errors = (event.errors as Wire[]).map(typed);
    if (out.edit !== undefined) out.edit = edit(event.edit as Wire);
    if (out.revoke !== undefined) out.revoke = typed(event.revoke as Wire);
    return out as unknown as WebhookEvent;
  });

function edit(wire: Wire): Record<string, unknown> {
  const out = typed(wire);
  if (out.media !== undefined) out.media = typed(wire.media as Wire);
  return out;
}

/** What arrived at a sandbox, from its wire form. */
export const arrived = (wire: Wire[]): Record<string, unknown>[] => wire.map(typed);
