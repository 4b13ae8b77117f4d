// Written by `cargo xtask generate` from the declarations in core/src/webhook.
import { each, type Values } from './event-values';
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

function eventMedia(values: Values): EventMedia {
  const out = {} as EventMedia;
  if (values[0] !== null) out.id = values[0] as string;
  if (values[1] !== null) out.mimeType = values[1] as string;
  if (values[2] !== null) out.sha256 = values[2] as string;
  if (values[3] !== null) out.caption = values[3] as string;
  if (values[4] !== null) out.filename = values[4] as string;
  if (values[5] !== null) out.voice = values[5] as boolean;
  if (values[6] !== null) out.animated = values[6] as boolean;
  if (values[7] !== null) out.url = values[7] as string;
  return out;
}

function eventReply(values: Values): EventReply {
  const out = {} as EventReply;
  out.kind = values[0] as string;
  if (values[1] !== null) out.id = values[1] as string;
  if (values[2] !== null) out.title = values[2] as string;
  if (values[3] !== null) out.description = values[3] as string;
  return out;
}

function eventFlow(values: Values): EventFlow {
  const out = {} as EventFlow;
  if (values[0] !== null) out.name = values[0] as string;
  if (values[1] !== null) out.body = values[1] as string;
  if (values[2] !== null) out.token = values[2] as string;
  if (values[3] !== null) out.response = values[3] as Json;
  return out;
}

function eventLocation(values: Values): EventLocation {
  const out = {} as EventLocation;
  if (values[0] !== null) out.latitude = values[0] as number;
  if (values[1] !== null) out.longitude = values[1] as number;
  if (values[2] !== null) out.name = values[2] as string;
  if (values[3] !== null) out.address = values[3] as string;
  if (values[4] !== null) out.url = values[4] as string;
  return out;
}

function eventPhone(values: Values): EventPhone {
  const out = {} as EventPhone;
  if (values[0] !== null) out.phone = values[0] as string;
  if (values[1] !== null) out.type = values[1] as string;
  if (values[2] !== null) out.waId = values[2] as string;
  return out;
}

function eventEmail(values: Values): EventEmail {
  const out = {} as EventEmail;
  if (values[0] !== null) out.email = values[0] as string;
  if (values[1] !== null) out.type = values[1] as string;
  return out;
}

function eventUrl(values: Values): EventUrl {
  const out = {} as EventUrl;
  if (values[0] !== null) out.url = values[0] as string;
  if (values[1] !== null) out.type = values[1] as string;
  return out;
}

function eventAddress(values: Values): EventAddress {
  const out = {} as EventAddress;
  if (values[0] !== null) out.street = values[0] as string;
  if (values[1] !== null) out.city = values[1] as string;
  if (values[2] !== null) out.state = values[2] as string;
  if (values[3] !== null) out.zip = values[3] as string;
  if (values[4] !== null) out.country = values[4] as string;
  if (values[5] !== null) out.countryCode = values[5] as string;
  if (values[6] !== null) out.type = values[6] as string;
  return out;
}

function eventContact(values: Values): EventContact {
  const out = {} as EventContact;
  if (values[0] !== null) out.formattedName = values[0] as string;
  if (values[1] !== null) out.firstName = values[1] as string;
  if (values[2] !== null) out.lastName = values[2] as string;
  if (values[3] !== null) out.middleName = values[3] as string;
  if (values[4] !== null) out.prefix = values[4] as string;
  if (values[5] !== null) out.suffix = values[5] as string;
  out.phones = each(values[6] as Values[], eventPhone);
  out.emails = each(values[7] as Values[], eventEmail);
  out.urls = each(values[8] as Values[], eventUrl);
  out.addresses = each(values[9] as Values[], eventAddress);
  if (values[10] !== null) out.company = values[10] as string;
  if (values[11] !== null) out.department = values[11] as string;
  if (values[12] !== null) out.title = values[12] as string;
  if (values[13] !== null) out.birthday = values[13] as string;
  if (values[14] !== null) out.origin = values[14] as string;
  if (values[15] !== null) out.vcard = values[15] as string;
  return out;
}

function eventReaction(values: Values): EventReaction {
  const out = {} as EventReaction;
  out.messageId = values[0] as string;
  if (values[1] !== null) out.emoji = values[1] as string;
  return out;
}

function eventOrderItem(values: Values): EventOrderItem {
  const out = {} as EventOrderItem;
  if (values[0] !== null) out.productRetailerId = values[0] as string;
  if (values[1] !== null) out.quantity = values[1] as number;
  if (values[2] !== null) out.price = values[2] as number;
  if (values[3] !== null) out.currency = values[3] as string;
  return out;
}

function eventOrder(values: Values): EventOrder {
  const out = {} as EventOrder;
  if (values[0] !== null) out.catalogId = values[0] as string;
  if (values[1] !== null) out.text = values[1] as string;
  out.items = each(values[2] as Values[], eventOrderItem);
  return out;
}

function eventSystem(values: Values): EventSystem {
  const out = {} as EventSystem;
  if (values[0] !== null) out.type = values[0] as string;
  if (values[1] !== null) out.body = values[1] as string;
  if (values[2] !== null) out.newWaId = values[2] as string;
  if (values[3] !== null) out.userId = values[3] as string;
  if (values[4] !== null) out.previousUserId = values[4] as string;
  return out;
}

function edit(values: Values): Edit {
  const out = {} as Edit;
  out.messageId = values[0] as string;
  if (values[1] !== null) out.text = values[1] as string;
  if (values[2] !== null) out.media = eventMedia(values[2] as Values);
  return out;
}

function revoke(values: Values): Revoke {
  const out = {} as Revoke;
  out.messageId = values[0] as string;
  return out;
}

function eventProduct(values: Values): EventProduct {
  const out = {} as EventProduct;
  if (values[0] !== null) out.catalogId = values[0] as string;
  if (values[1] !== null) out.productRetailerId = values[1] as string;
  return out;
}

function eventContext(values: Values): EventContext {
  const out = {} as EventContext;
  if (values[0] !== null) out.messageId = values[0] as string;
  if (values[1] !== null) out.from = values[1] as string;
  if (values[2] !== null) out.forwarded = values[2] as boolean;
  if (values[3] !== null) out.frequentlyForwarded = values[3] as boolean;
  if (values[4] !== null) out.product = eventProduct(values[4] as Values);
  return out;
}

function eventReferral(values: Values): EventReferral {
  const out = {} as EventReferral;
  if (values[0] !== null) out.sourceType = values[0] as string;
  if (values[1] !== null) out.sourceId = values[1] as string;
  if (values[2] !== null) out.sourceUrl = values[2] as string;
  if (values[3] !== null) out.headline = values[3] as string;
  if (values[4] !== null) out.body = values[4] as string;
  if (values[5] !== null) out.mediaType = values[5] as string;
  if (values[6] !== null) out.imageUrl = values[6] as string;
  if (values[7] !== null) out.videoUrl = values[7] as string;
  if (values[8] !== null) out.thumbnailUrl = values[8] as string;
  if (values[9] !== null) out.ctwaClid = values[9] as string;
  return out;
}

function statusError(values: Values): StatusError {
  const out = {} as StatusError;
  out.code = values[0] as number;
  if (values[1] !== null) out.title = values[1] as string;
  if (values[2] !== null) out.message = values[2] as string;
  if (values[3] !== null) out.details = values[3] as string;
  return out;
}

function eventConversation(values: Values): EventConversation {
  const out = {} as EventConversation;
  if (values[0] !== null) out.id = values[0] as string;
  if (values[1] !== null) out.origin = values[1] as string;
  if (values[2] !== null) out.expiresAt = new Date(values[2] as number);
  return out;
}

function eventPricing(values: Values): EventPricing {
  const out = {} as EventPricing;
  if (values[0] !== null) out.billable = values[0] as boolean;
  if (values[1] !== null) out.model = values[1] as string;
  if (values[2] !== null) out.category = values[2] as string;
  if (values[3] !== null) out.type = values[3] as string;
  return out;
}

function messageEvent(values: Values): MessageEvent {
  const out = { event: 'message' } as MessageEvent;
  out.id = values[1] as string;
  if (values[2] !== null) out.from = values[2] as string;
  if (values[3] !== null) out.userId = values[3] as string;
  if (values[4] !== null) out.address = values[4] as string;
  if (values[5] !== null) out.profileName = values[5] as string;
  if (values[6] !== null) out.username = values[6] as string;
  if (values[7] !== null) out.groupId = values[7] as string;
  out.timestamp = new Date(values[8] as number);
  out.phoneNumberId = values[9] as string;
  out.type = values[10] as string;
  if (values[11] !== null) out.text = values[11] as string;
  if (values[12] !== null) out.replyTo = values[12] as string;
  if (values[13] !== null) out.media = eventMedia(values[13] as Values);
  if (values[14] !== null) out.reply = eventReply(values[14] as Values);
  if (values[15] !== null) out.flow = eventFlow(values[15] as Values);
  if (values[16] !== null) out.location = eventLocation(values[16] as Values);
  out.contacts = each(values[17] as Values[], eventContact);
  if (values[18] !== null) out.reaction = eventReaction(values[18] as Values);
  if (values[19] !== null) out.order = eventOrder(values[19] as Values);
  if (values[20] !== null) out.system = eventSystem(values[20] as Values);
  if (values[21] !== null) out.edit = edit(values[21] as Values);
  if (values[22] !== null) out.revoke = revoke(values[22] as Values);
  if (values[23] !== null) out.context = eventContext(values[23] as Values);
  if (values[24] !== null) out.referral = eventReferral(values[24] as Values);
  out.errors = each(values[25] as Values[], statusError);
  out.redelivered = values[26] as boolean;
  return out;
}

function echoEvent(values: Values): EchoEvent {
  const out = { event: 'echo' } as EchoEvent;
  if (values[1] !== null) out.to = values[1] as string;
  out.id = values[2] as string;
  if (values[3] !== null) out.from = values[3] as string;
  if (values[4] !== null) out.userId = values[4] as string;
  if (values[5] !== null) out.address = values[5] as string;
  if (values[6] !== null) out.profileName = values[6] as string;
  if (values[7] !== null) out.username = values[7] as string;
  if (values[8] !== null) out.groupId = values[8] as string;
  out.timestamp = new Date(values[9] as number);
  out.phoneNumberId = values[10] as string;
  out.type = values[11] as string;
  if (values[12] !== null) out.text = values[12] as string;
  if (values[13] !== null) out.replyTo = values[13] as string;
  if (values[14] !== null) out.media = eventMedia(values[14] as Values);
  if (values[15] !== null) out.reply = eventReply(values[15] as Values);
  if (values[16] !== null) out.flow = eventFlow(values[16] as Values);
  if (values[17] !== null) out.location = eventLocation(values[17] as Values);
  out.contacts = each(values[18] as Values[], eventContact);
  if (values[19] !== null) out.reaction = eventReaction(values[19] as Values);
  if (values[20] !== null) out.order = eventOrder(values[20] as Values);
  if (values[21] !== null) out.system = eventSystem(values[21] as Values);
  if (values[22] !== null) out.edit = edit(values[22] as Values);
  if (values[23] !== null) out.revoke = revoke(values[23] as Values);
  if (values[24] !== null) out.context = eventContext(values[24] as Values);
  if (values[25] !== null) out.referral = eventReferral(values[25] as Values);
  out.errors = each(values[26] as Values[], statusError);
  out.redelivered = values[27] as boolean;
  return out;
}

function statusEvent(values: Values): StatusEvent {
  const out = { event: 'status' } as StatusEvent;
  out.id = values[1] as string;
  out.status = values[2] as string;
  out.timestamp = new Date(values[3] as number);
  if (values[4] !== null) out.recipient = values[4] as string;
  if (values[5] !== null) out.userId = values[5] as string;
  if (values[6] !== null) out.address = values[6] as string;
  out.phoneNumberId = values[7] as string;
  if (values[8] !== null) out.reference = values[8] as string;
  out.errors = each(values[9] as Values[], statusError);
  if (values[10] !== null) out.conversation = eventConversation(values[10] as Values);
  if (values[11] !== null) out.pricing = eventPricing(values[11] as Values);
  if (values[12] !== null) out.payment = values[12] as Json;
  out.redelivered = values[13] as boolean;
  return out;
}

function templateEvent(values: Values): TemplateEvent {
  const out = { event: 'template' } as TemplateEvent;
  out.templateId = values[1] as string;
  out.change = values[2] as string;
  if (values[3] !== null) out.name = values[3] as string;
  if (values[4] !== null) out.language = values[4] as string;
  if (values[5] !== null) out.value = values[5] as string;
  if (values[6] !== null) out.previous = values[6] as string;
  if (values[7] !== null) out.reason = values[7] as string;
  return out;
}

function preferenceEvent(values: Values): PreferenceEvent {
  const out = { event: 'preference' } as PreferenceEvent;
  out.value = values[1] as string;
  out.timestamp = new Date(values[2] as number);
  out.phoneNumberId = values[3] as string;
  if (values[4] !== null) out.category = values[4] as string;
  if (values[5] !== null) out.phone = values[5] as string;
  if (values[6] !== null) out.userId = values[6] as string;
  if (values[7] !== null) out.address = values[7] as string;
  return out;
}

function otherEvent(values: Values): OtherEvent {
  const out = { event: 'other' } as OtherEvent;
  out.field = values[1] as string;
  return out;
}

/** @internal What reads each event, by its name. */
export const EVENTS: Readonly<Record<string, (values: Values) => WebhookEvent>> = {
  message: messageEvent,
  echo: echoEvent,
  status: statusEvent,
  template: templateEvent,
  preference: preferenceEvent,
  other: otherEvent,
};
