import type { Json } from './parameters';

/** The host took the message; it is on its way. Delivery itself is told by status webhooks, which carry `id`. */
export interface Receipt {
  /** The message's id, `wamid.…`. */
  id: string;
  /** The recipient as it was sent: digits only, or a user id. */
  phone: string;
  /** The recipient's WhatsApp id, which may differ from the number. */
  waId?: string;
  /** The recipient's business-scoped user id. */
  userId?: string;
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
  /** The contact's number, or its user id where Meta gives no number. */
  phoneNumber: string;
  /** The id of the label that someone gave it. */
  label?: number;
  /** How many messages came in since the last one that went out. */
  unreadCount: number;
  /** When the last message came in or went out. */
  lastMessageAt?: Date;
}

/** Somebody wrote to the business. */
export interface MessageEvent {
  event: 'message';
  /** The message's id. */
  id: string;
  /** The sender's number; absent where Meta gives only a user id. */
  from?: string;
  /** The sender's business-scoped user id. */
  userId?: string;
  /** The sender's name, as the sender wrote it. */
  profileName?: string;
  /** When it was written. */
  timestamp: Date;
  /** The business number that it came to. */
  phoneNumberId: string;
  /** Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice. */
  type: string;
  /** The text of a text message, or the label of the button or list row that was pressed. */
  text?: string;
  /** The id of the message that it answers. */
  replyTo?: string;
  /** The message as Meta wrote it. */
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
  /** The recipient's number. */
  recipient?: string;
  /** The recipient's business-scoped user id. */
  userId?: string;
  /** The business number that it was sent from. */
  phoneNumberId: string;
  /** The send's reference. */
  reference?: string;
  /** Why it failed. */
  errors: StatusError[];
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

/** Anything that is neither a message nor a status. */
export interface OtherEvent {
  event: 'other';
  /** The webhook field, such as `message_template_status_update`. */
  field: string;
  /** The change's value as Meta wrote it. */
  raw: Json;
}

/** One thing that a webhook tells. */
export type WebhookEvent = MessageEvent | StatusEvent | OtherEvent;

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
    return out as unknown as WebhookEvent;
  });

/** What arrived at a sandbox, from its wire form. */
export const arrived = (wire: Wire[]): Record<string, unknown>[] => wire.map(typed);
