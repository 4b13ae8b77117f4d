// Written by `cargo xtask generate` from the declarations in core/src/webhook.
import type { Fields } from './event-reader';
import type { Json } from './parameters';

/** One thing that a webhook tells, told apart by `event`. */
export type WebhookEvent = MessageEvent | EchoEvent | StatusEvent | TemplateEvent | PreferenceEvent | OtherEvent;

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

/** What a customer pressed. */
export interface EventReply {
  /**
   * `reply_button` or `list` for what a message of that kind has, `template_button` for a quick reply of a template.
   */
  kind: string;
  /** The id of the button or row; of a template's button its payload. */
  id?: string;
  /** Its label. */
  title?: string;
  /** The description of a row. */
  description?: string;
}

/** What a customer filled in. */
export interface EventFlow {
  /** `flow`, or `address_message` for an address. */
  name?: string;
  /** What the customer sees of it, such as `Sent`. */
  body?: string;
  /** The `flow_token` with which the flow was sent. */
  token?: string;
  /** What was filled in, as the JSON that it is. Absent where Meta's text is no JSON. */
  response?: Json;
}

/** A place. */
export interface EventLocation {
  /** Degrees north of the equator. */
  latitude?: number;
  /** Degrees east of Greenwich. */
  longitude?: number;
  /** Its name. */
  name?: string;
  /** Its address. */
  address?: string;
  /** A page about it. */
  url?: string;
}

/** A phone number of a contact card. */
export interface EventPhone {
  /** The number, as it is shown. */
  phone?: string;
  /** What it is for, such as `HOME`, `WORK` or `CELL`. */
  type?: string;
  /** The WhatsApp number, digits only. To write to it, put a `+` before it. */
  waId?: string;
}

/** A mail address of a contact card. */
export interface EventEmail {
  /** The address. */
  email?: string;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string;
}

/** A web address of a contact card. */
export interface EventUrl {
  /** The address. */
  url?: string;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string;
}

/** A postal address of a contact card. */
export interface EventAddress {
  /** Street and number. */
  street?: string;
  /** The city. */
  city?: string;
  /** The state or region. */
  state?: string;
  /** The postal code. */
  zip?: string;
  /** The country's name. */
  country?: string;
  /** The country's code of two letters. */
  countryCode?: string;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string;
}

/** A contact card. */
export interface EventContact {
  /** The whole name, as it is shown. */
  formattedName?: string;
  /** The first name. */
  firstName?: string;
  /** The last name. */
  lastName?: string;
  /** The middle name. */
  middleName?: string;
  /** The title before the name, such as `Dr`. */
  prefix?: string;
  /** The addition after the name, such as `Jr`. */
  suffix?: string;
  /** The phone numbers. */
  phones: EventPhone[];
  /** The mail addresses. */
  emails: EventEmail[];
  /** The web addresses. */
  urls: EventUrl[];
  /** The postal addresses. */
  addresses: EventAddress[];
  /** The company. */
  company?: string;
  /** The department in the company. */
  department?: string;
  /** The position in the company. */
  title?: string;
  /** The birthday, as `YYYY-MM-DD`. */
  birthday?: string;
  /** `contact_request` where the customer answers such a message. */
  origin?: string;
  /** The card as a vCard, where Meta gives it. */
  vcard?: string;
}

/** A reaction to a message. */
export interface EventReaction {
  /** The id of the message that it is a reaction to. */
  messageId: string;
  /** The emoji; absent where the reaction was taken back. */
  emoji?: string;
}

/** A product of an order. */
export interface EventOrderItem {
  /** The product's id in the catalog. */
  productRetailerId?: string;
  /** How many. */
  quantity?: number;
  /** The price of one. */
  price?: number;
  /** The currency of the price, such as `INR`. */
  currency?: string;
}

/** What a customer ordered from a catalog. */
export interface EventOrder {
  /** The catalog's id. */
  catalogId?: string;
  /** What the customer wrote beside it. */
  text?: string;
  /** The products. */
  items: EventOrderItem[];
}

/** What has changed about a customer. */
export interface EventSystem {
  /** `user_changed_number`, `user_changed_user_id` …; new ones come without notice. */
  type?: string;
  /** What Meta writes for people. */
  body?: string;
  /** The customer's new number, digits only. The event's `address` still names the old one: send to `+` and this. */
  newWaId?: string;
  /** The customer's business-scoped user id from now on. */
  userId?: string;
  /** The user id that the customer had before. */
  previousUserId?: string;
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

/** A product of a catalog. */
export interface EventProduct {
  /** The catalog's id. */
  catalogId?: string;
  /** The product's id in the catalog. */
  productRetailerId?: string;
}

/** What a message refers to. */
export interface EventContext {
  /** The id of the message that it answers. */
  messageId?: string;
  /** The number that wrote that message, digits only. */
  from?: string;
  /** Whether it was forwarded. */
  forwarded?: boolean;
  /** Whether it was forwarded more than five times. */
  frequentlyForwarded?: boolean;
  /** The product that the customer asks about. */
  product?: EventProduct;
}

/** The advertisement or post from which a customer came. */
export interface EventReferral {
  /** `ad` or `post`. */
  sourceType?: string;
  /** Its id. */
  sourceId?: string;
  /** Where it is. */
  sourceUrl?: string;
  /** Its headline. */
  headline?: string;
  /** Its text. */
  body?: string;
  /** `image` or `video`. */
  mediaType?: string;
  /** The address of its picture. */
  imageUrl?: string;
  /** The address of its video. */
  videoUrl?: string;
  /** The address of the video's preview. */
  thumbnailUrl?: string;
  /** The id of the click, for Meta's Conversions API. */
  ctwaClid?: string;
}

/** An error that a webhook tells of. */
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

/** A conversation as Meta charges for it. */
export interface EventConversation {
  /** Its id. */
  id?: string;
  /** What began it: `utility`, `marketing`, `service`, `referral_conversion` … */
  origin?: string;
  /** When it ends; only with the status `sent`. */
  expiresAt?: Date;
}

/** What Meta charges for a message. */
export interface EventPricing {
  /** Whether it costs anything. */
  billable?: boolean;
  /** The model, such as `PMP` (for each message) or `CBP` (for each conversation). */
  model?: string;
  /** The category: `utility`, `marketing`, `authentication`, `service` … */
  category?: string;
  /** `regular`, `free_customer_service` or `free_entry_point`. */
  type?: string;
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
  /** The file of a picture, a video, an audio, a document or a sticker. */
  media?: EventMedia;
  /** What was pressed: a button, or a row of a list. */
  reply?: EventReply;
  /** What the customer filled in, in a flow or a form for an address. */
  flow?: EventFlow;
  /** The place, where the type is `location`. */
  location?: EventLocation;
  /** The contact cards, where the type is `contacts`; else empty. */
  contacts: EventContact[];
  /** The reaction, where the type is `reaction`. */
  reaction?: EventReaction;
  /** What was ordered, where the type is `order`. */
  order?: EventOrder;
  /** What has changed about the customer, where the type is `system`. */
  system?: EventSystem;
  /** What the sender made of an earlier message, where the type is `edit`. */
  edit?: Edit;
  /** Which message the sender took back, where the type is `revoke`. */
  revoke?: Revoke;
  /** What it refers to: the message that it answers, a product, or that it was forwarded. */
  context?: EventContext;
  /** The advertisement or post from which the customer came. */
  referral?: EventReferral;
  /** Why the message could not be passed on, where the type is `unsupported`; else mostly empty. */
  errors: StatusError[];
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
  /** The file of a picture, a video, an audio, a document or a sticker. */
  media?: EventMedia;
  /** What was pressed: a button, or a row of a list. */
  reply?: EventReply;
  /** What the customer filled in, in a flow or a form for an address. */
  flow?: EventFlow;
  /** The place, where the type is `location`. */
  location?: EventLocation;
  /** The contact cards, where the type is `contacts`; else empty. */
  contacts: EventContact[];
  /** The reaction, where the type is `reaction`. */
  reaction?: EventReaction;
  /** What was ordered, where the type is `order`. */
  order?: EventOrder;
  /** What has changed about the customer, where the type is `system`. */
  system?: EventSystem;
  /** What the sender made of an earlier message, where the type is `edit`. */
  edit?: Edit;
  /** Which message the sender took back, where the type is `revoke`. */
  revoke?: Revoke;
  /** What it refers to: the message that it answers, a product, or that it was forwarded. */
  context?: EventContext;
  /** The advertisement or post from which the customer came. */
  referral?: EventReferral;
  /** Why the message could not be passed on, where the type is `unsupported`; else mostly empty. */
  errors: StatusError[];
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
  /** The conversation that Meta charges for. Newer versions of the Graph API leave it out. */
  conversation?: EventConversation;
  /** What Meta charges for the message. */
  pricing?: EventPricing;
  /** Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message. */
  payment?: Json;
  /** Whether the store has seen this status of this message before. False without a store. */
  redelivered: boolean;
  /** The status as Meta wrote it. */
  raw: Json;
}

/** Something about a template has changed. */
export interface TemplateEvent {
  event: 'template';
  /** The template's id. */
  templateId: string;
  /** What has changed: `status`, `quality`, `category` or `components`. */
  change: string;
  /** The template's name. */
  name?: string;
  /** The template's language, such as `en_US`. */
  language?: string;
  /**
   * What it is now: the status (`APPROVED`, `REJECTED`, `PAUSED` …), the quality (`GREEN`, `YELLOW`, `RED`,
   * `UNKNOWN`), the category, or the text of the body.
   */
  value?: string;
  /** What it was before: the quality or the category. */
  previous?: string;
  /** Why the status changed, such as `INCORRECT_CATEGORY`; `NONE` where Meta gives no reason. */
  reason?: string;
  /** The change's value as Meta wrote it. */
  raw: Json;
}

/** A customer stops or resumes marketing messages. */
export interface PreferenceEvent {
  event: 'preference';
  /** `stop` or `resume`. */
  value: string;
  /** When the customer said so. */
  timestamp: Date;
  /** The business number that it is about. */
  phoneNumberId: string;
  /** What it is about: `marketing_messages`. */
  category?: string;
  /** The customer's number, digits only. Send to `address`, not to it. */
  phone?: string;
  /** The customer's business-scoped user id. */
  userId?: string;
  /** What to send to: `+` and the customer's number, or the user id where there is no number. */
  address?: string;
  /** The preference as Meta wrote it. */
  raw: Json;
}

/** Anything that is none of the others. */
export interface OtherEvent {
  event: 'other';
  /** The webhook field, such as `account_update`. */
  field: string;
  /** The change's value as Meta wrote it. */
  raw: Json;
}

const EVENT_MEDIA: Fields = { mime_type: 'mimeType' };
const EVENT_REPLY: Fields = {};
const EVENT_FLOW: Fields = {};
const EVENT_LOCATION: Fields = {};
const EVENT_PHONE: Fields = { wa_id: 'waId' };
const EVENT_EMAIL: Fields = {};
const EVENT_URL: Fields = {};
const EVENT_ADDRESS: Fields = { country_code: 'countryCode' };
const EVENT_CONTACT: Fields = {
  formatted_name: 'formattedName',
  first_name: 'firstName',
  last_name: 'lastName',
  middle_name: 'middleName',
  phones: ['phones', EVENT_PHONE],
  emails: ['emails', EVENT_EMAIL],
  urls: ['urls', EVENT_URL],
  addresses: ['addresses', EVENT_ADDRESS],
};
const EVENT_REACTION: Fields = { message_id: 'messageId' };
const EVENT_ORDER_ITEM: Fields = { product_retailer_id: 'productRetailerId' };
const EVENT_ORDER: Fields = { catalog_id: 'catalogId', items: ['items', EVENT_ORDER_ITEM] };
const EVENT_SYSTEM: Fields = { new_wa_id: 'newWaId', user_id: 'userId', previous_user_id: 'previousUserId' };
const EDIT: Fields = { message_id: 'messageId', media: ['media', EVENT_MEDIA] };
const REVOKE: Fields = { message_id: 'messageId' };
const EVENT_PRODUCT: Fields = { catalog_id: 'catalogId', product_retailer_id: 'productRetailerId' };
const EVENT_CONTEXT: Fields = {
  message_id: 'messageId',
  frequently_forwarded: 'frequentlyForwarded',
  product: ['product', EVENT_PRODUCT],
};
const EVENT_REFERRAL: Fields = {
  source_type: 'sourceType',
  source_id: 'sourceId',
  source_url: 'sourceUrl',
  media_type: 'mediaType',
  image_url: 'imageUrl',
  video_url: 'videoUrl',
  thumbnail_url: 'thumbnailUrl',
  ctwa_clid: 'ctwaClid',
};
const STATUS_ERROR: Fields = {};
const EVENT_CONVERSATION: Fields = { expires_at: ['expiresAt', 'instant'] };
const EVENT_PRICING: Fields = {};
const MESSAGE_EVENT: Fields = {
  user_id: 'userId',
  profile_name: 'profileName',
  group_id: 'groupId',
  timestamp: ['timestamp', 'instant'],
  phone_number_id: 'phoneNumberId',
  reply_to: 'replyTo',
  media: ['media', EVENT_MEDIA],
  reply: ['reply', EVENT_REPLY],
  flow: ['flow', EVENT_FLOW],
  location: ['location', EVENT_LOCATION],
  contacts: ['contacts', EVENT_CONTACT],
  reaction: ['reaction', EVENT_REACTION],
  order: ['order', EVENT_ORDER],
  system: ['system', EVENT_SYSTEM],
  edit: ['edit', EDIT],
  revoke: ['revoke', REVOKE],
  context: ['context', EVENT_CONTEXT],
  referral: ['referral', EVENT_REFERRAL],
  errors: ['errors', STATUS_ERROR],
};
const ECHO_EVENT: Fields = {
  user_id: 'userId',
  profile_name: 'profileName',
  group_id: 'groupId',
  timestamp: ['timestamp', 'instant'],
  phone_number_id: 'phoneNumberId',
  reply_to: 'replyTo',
  media: ['media', EVENT_MEDIA],
  reply: ['reply', EVENT_REPLY],
  flow: ['flow', EVENT_FLOW],
  location: ['location', EVENT_LOCATION],
  contacts: ['contacts', EVENT_CONTACT],
  reaction: ['reaction', EVENT_REACTION],
  order: ['order', EVENT_ORDER],
  system: ['system', EVENT_SYSTEM],
  edit: ['edit', EDIT],
  revoke: ['revoke', REVOKE],
  context: ['context', EVENT_CONTEXT],
  referral: ['referral', EVENT_REFERRAL],
  errors: ['errors', STATUS_ERROR],
};
const STATUS_EVENT: Fields = {
  timestamp: ['timestamp', 'instant'],
  user_id: 'userId',
  phone_number_id: 'phoneNumberId',
  errors: ['errors', STATUS_ERROR],
  conversation: ['conversation', EVENT_CONVERSATION],
  pricing: ['pricing', EVENT_PRICING],
};
const TEMPLATE_EVENT: Fields = { template_id: 'templateId' };
const PREFERENCE_EVENT: Fields = {
  timestamp: ['timestamp', 'instant'],
  phone_number_id: 'phoneNumberId',
  user_id: 'userId',
};
const OTHER_EVENT: Fields = {};

/** How each event is read. */
export const EVENTS: Readonly<Record<string, Fields>> = {
  message: MESSAGE_EVENT,
  echo: ECHO_EVENT,
  status: STATUS_EVENT,
  template: TEMPLATE_EVENT,
  preference: PREFERENCE_EVENT,
  other: OTHER_EVENT,
};
