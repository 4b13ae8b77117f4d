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
  /** How many requests this client made for it: more than 1 where it tried again by itself. */
  attempts: number;
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

/** What arrived at a sandbox, from its wire form. */
export const arrived = (wire: Wire[]): Record<string, unknown>[] => wire.map(typed);
