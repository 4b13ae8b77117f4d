// Written by `cargo xtask generate` from the declarations of the core.
import type { Button, Json, Parameter } from './parameters';

/** What a message holds: one of the kinds, told apart by `type`. */
export type Content =
  | AddressMessageContent
  | AudioContent
  | CatalogContent
  | ContactRequestContent
  | ContactsContent
  | CtaUrlContent
  | DocumentContent
  | FlowContent
  | ImageContent
  | ListContent
  | LocationContent
  | LocationRequestContent
  | ProductContent
  | ProductListContent
  | RawContent
  | ReactionContent
  | ReplyButtonsContent
  | StickerContent
  | TemplateContent
  | TextContent
  | VideoContent;

/** A phone number of a contact card. */
export interface ContactPhone {
  /** The number, as it is shown. */
  phone: string;
  /** What it is for, such as `HOME`, `WORK` or `CELL`. */
  type?: string | undefined;
  /** The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite. */
  waId?: string | undefined;
}

/** A mail address of a contact card. */
export interface ContactEmail {
  /** The address. */
  email: string;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string | undefined;
}

/** A web address of a contact card. */
export interface ContactUrl {
  /** The address. */
  url: string;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string | undefined;
}

/** A postal address of a contact card. */
export interface ContactAddress {
  /** Street and number. */
  street?: string | undefined;
  /** The city. */
  city?: string | undefined;
  /** The state or region. */
  state?: string | undefined;
  /** The postal code. */
  zip?: string | undefined;
  /** The name of the country. */
  country?: string | undefined;
  /** The two letters of the country, such as `in`. */
  countryCode?: string | undefined;
  /** What it is for, such as `HOME` or `WORK`. */
  type?: string | undefined;
}

/** A contact card. */
export interface ContactCard {
  /** The whole name, as it is shown. If none of the name parts below is given, it is sent as the first name too. */
  formattedName: string;
  /** The first name. */
  firstName?: string | undefined;
  /** The last name. */
  lastName?: string | undefined;
  /** The middle name. */
  middleName?: string | undefined;
  /** The title before the name, such as `Dr`. */
  prefix?: string | undefined;
  /** The addition after the name, such as `Jr`. */
  suffix?: string | undefined;
  /** The company. */
  company?: string | undefined;
  /** The department in the company. */
  department?: string | undefined;
  /** The position in the company. */
  title?: string | undefined;
  /** The birthday, as `YYYY-MM-DD`. */
  birthday?: string | undefined;
  /** The phone numbers. */
  phones?: readonly ContactPhone[] | undefined;
  /** The mail addresses. */
  emails?: readonly ContactEmail[] | undefined;
  /** The web addresses. */
  urls?: readonly ContactUrl[] | undefined;
  /** The postal addresses. */
  addresses?: readonly ContactAddress[] | undefined;
}

/** An image, a video or a document in a header. */
export type HeaderMedia = HeaderMediaById | HeaderMediaByLink | HeaderMediaByFile | HeaderMediaByData;

export interface HeaderMediaFields {
  /** What it is: `image`, `video` or `document`. */
  type: 'image' | 'video' | 'document';
  /** The file name that the reader sees. Only a document has one. */
  filename?: string | undefined;
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface HeaderMediaById extends HeaderMediaFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface HeaderMediaByLink extends HeaderMediaFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface HeaderMediaByFile extends HeaderMediaFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface HeaderMediaByData extends HeaderMediaFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}

/** A row of a list. */
export interface ListRow {
  /** The id that the answer brings, at most 200 characters. Each row of the list needs its own. */
  id: string;
  /** Its text, at most 24 characters. */
  title: string;
  /** The text below it, at most 72 characters. */
  description?: string | undefined;
}

/** A part of a list. */
export interface ListSection {
  /** Its rows, 1 to 10. */
  rows: readonly ListRow[];
  /** The title above its rows, at most 24 characters. It is needed if the list has more than one section. */
  title?: string | undefined;
}

/** Some of the products. */
export interface ProductSection {
  /** The products' ids in the catalog, 1 to 30. */
  productRetailerIds: readonly string[];
  /** The title above them, at most 24 characters. It is needed if there is more than one section. */
  title?: string | undefined;
}

/** A button. Pressing it sends an answer. */
export interface ReplyButton {
  /** The id that the answer brings, at most 256 characters. */
  id: string;
  /** The text on it, at most 20 characters. */
  title: string;
}

/** What fills a card of a carousel template. */
export interface CarouselCard {
  /** Fills the card's header: an image, a video or a product. A `file` or `data` is uploaded first. */
  headerParams?: readonly Parameter[] | undefined;
  /** Fills the variables of the card's text. */
  bodyParams?: readonly Parameter[] | undefined;
  /** Fills the variables of the card's buttons. */
  buttons?: readonly Button[] | undefined;
}

/**
 * Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
 *
 * (Meta: "messages" reference, interactive object, `address_message`.)
 */
export interface AddressMessageContent {
  type: 'address_message';
  /** The text, at most 1024 characters. */
  body: string;
  /** The country of the address, as ISO 3166 has it: `IN`. */
  country: string;
  /**
   * What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`,
   * `city` …
   */
  values?: Json | undefined;
  /** Addresses to choose from: a list of objects with `id` and `value`. */
  savedAddresses?: Json | undefined;
  /** What was wrong with the last answer: an object with a text for each field. */
  validationErrors?: Json | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, audio object.)
 */
export type AudioContent = AudioContentById | AudioContentByLink | AudioContentByFile | AudioContentByData;

export interface AudioContentFields {
  type: 'audio';
  /** Whether it is shown as a voice note, which has to be OGG with Opus; false where absent. */
  voice?: boolean | undefined;
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface AudioContentById extends AudioContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface AudioContentByLink extends AudioContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface AudioContentByFile extends AudioContentFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface AudioContentByData extends AudioContentFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}

/**
 * A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `catalog_message`.)
 */
export interface CatalogContent {
  type: 'catalog';
  /** The text, at most 1024 characters. */
  body: string;
  /** The product whose picture is shown, by its id in the catalog; the first one where absent. */
  thumbnailProductRetailerId?: string | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * Asks for somebody's phone number, with a button that sends their contact.
 *
 * The answer is a contact. It is the way to the number of somebody who writes under a username.
 * (Meta: "messages" reference, interactive object, `request_contact_info`.)
 */
export interface ContactRequestContent {
  type: 'contact_request';
  /** The text, at most 1024 characters. */
  body: string;
}

/**
 * Contact cards, 1 to 257.
 *
 * (Meta: "messages" reference, contacts object.)
 */
export interface ContactsContent {
  type: 'contacts';
  /** The cards, 1 to 257. */
  contacts: readonly ContactCard[];
}

/**
 * A text with a button that opens an address.
 *
 * (Meta: "messages" reference, interactive object, `cta_url`.)
 */
export interface CtaUrlContent {
  type: 'cta_url';
  /** The text, at most 1024 characters. */
  body: string;
  /** The text on the button, at most 20 characters. */
  displayText: string;
  /** What the button opens, an http or https address. */
  url: string;
  /** The header: a text of at most 60 characters, or an image, a video or a document. */
  header?: string | HeaderMedia | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A document, such as a PDF, at most 100 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, document object.)
 */
export type DocumentContent =
  | DocumentContentById
  | DocumentContentByLink
  | DocumentContentByFile
  | DocumentContentByData;

export interface DocumentContentFields {
  type: 'document';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
  /** The file name that the reader sees. WhatsApp chooses the icon by its extension. */
  filename?: string | undefined;
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface DocumentContentById extends DocumentContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface DocumentContentByLink extends DocumentContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface DocumentContentByFile extends DocumentContentFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface DocumentContentByData extends DocumentContentFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}

/**
 * A text with a button that opens a Flow: screens in which the reader fills in a form.
 *
 * The answer is an event with what they filled in.
 *
 * (Meta: "messages" reference, interactive object, `flow`.)
 */
export type FlowContent = FlowContentByFlowId | FlowContentByFlowName;

export interface FlowContentFields {
  type: 'flow';
  /** The text, at most 1024 characters. */
  body: string;
  /** The text on the button, at most 30 characters. */
  button: string;
  /** A text of yours that comes back with the answer. */
  flowToken?: string | undefined;
  /**
   * What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one.
   */
  flowAction?: 'navigate' | 'data_exchange' | undefined;
  /** The first screen. It implies `navigate`, and `navigate` needs it. */
  screen?: string | undefined;
  /** The data of that screen, an object that is not empty. It needs `screen`. */
  data?: Json | undefined;
  /** Which state of the Flow is opened: `published`, or `draft` to try it. */
  mode?: 'draft' | 'published' | undefined;
  /** The header: a text of at most 60 characters, or an image, a video or a document. */
  header?: string | HeaderMedia | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

export interface FlowContentByFlowId extends FlowContentFields {
  /** The Flow's id at Meta. */
  flowId: string;
  flowName?: undefined;
}

export interface FlowContentByFlowName extends FlowContentFields {
  /** The Flow's name. */
  flowName: string;
  flowId?: undefined;
}

/**
 * A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, image object.)
 */
export type ImageContent = ImageContentById | ImageContentByLink | ImageContentByFile | ImageContentByData;

export interface ImageContentFields {
  type: 'image';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface ImageContentById extends ImageContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface ImageContentByLink extends ImageContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface ImageContentByFile extends ImageContentFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface ImageContentByData extends ImageContentFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}

/**
 * A text with a button that opens a list of rows, of which the reader picks one.
 *
 * The answer is an event with the row.
 *
 * (Meta: "messages" reference, interactive object, `list`.)
 */
export interface ListContent {
  type: 'list';
  /** The text, at most 4096 characters. */
  body: string;
  /** The text on the button that opens the list, at most 20 characters. */
  button: string;
  /** The list in 1 to 10 sections, with 1 to 10 rows in all. */
  sections: readonly ListSection[];
  /** The header, at most 60 characters. */
  header?: string | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/** A location pin. */
export interface LocationContent {
  type: 'location';
  /** Degrees north, -90 to 90. */
  latitude: number;
  /** Degrees east, -180 to 180. */
  longitude: number;
  /** The title of the pin, at most 1000 characters; empty is none. */
  name?: string | undefined;
  /** The line below the title, at most 1000 characters; empty is none. */
  address?: string | undefined;
}

/**
 * Asks where somebody is, with a button that sends their location.
 *
 * The answer is a location.
 * (Meta: "messages" reference, interactive object, `location_request_message`.)
 */
export interface LocationRequestContent {
  type: 'location_request';
  /** The text, at most 1024 characters. */
  body: string;
}

/**
 * A product of a catalog, with its picture and price. The answer is an order, or a question about it.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product`.)
 */
export interface ProductContent {
  type: 'product';
  /** The catalog's id at Meta. */
  catalogId: string;
  /** The product's id in the catalog. */
  productRetailerId: string;
  /** The text, at most 1024 characters. */
  body?: string | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product_list`.)
 */
export interface ProductListContent {
  type: 'product_list';
  /** The text, at most 1024 characters. */
  body: string;
  /** The header, at most 60 characters. */
  header: string;
  /** The catalog's id at Meta. */
  catalogId: string;
  /** The products in 1 to 10 sections, with 1 to 30 products in all. */
  sections: readonly ProductSection[];
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A message of any other type that Meta has: payments, carousels, calls, and types that are new.
 *
 * Only Meta checks its content. Delivery, errors and records are those of every kind.
 */
export interface RawContent {
  type: 'raw';
  /** Its `type` at Meta, of `a-z` and `_`, which is also the name of the member that holds `object`. */
  messageType: string;
  /** What that member holds, as Meta has it. */
  object: Json;
}

/**
 * A reaction to a message: one emoji beside it.
 *
 * A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
 * (Meta: "messages" reference, reaction object.)
 */
export interface ReactionContent {
  type: 'reaction';
  /** The id of the message that it reacts to. */
  messageId: string;
  /** One emoji; an empty text takes the reaction back. */
  emoji: string;
}

/**
 * A text with 1 to 3 buttons.
 *
 * The answer is an event with the `id` and the `title` of the button.
 *
 * (Meta: "messages" reference, interactive object, `button`.)
 */
export interface ReplyButtonsContent {
  type: 'reply_buttons';
  /** The text, at most 1024 characters. */
  body: string;
  /** The buttons, 1 to 3; each needs its own `id` and its own `title`. */
  buttons: readonly ReplyButton[];
  /** The header: a text of at most 60 characters, or an image, a video or a document. */
  header?: string | HeaderMedia | undefined;
  /** The footer, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A sticker: WebP, at most 100 KB if static, 500 KB if animated.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, sticker object.)
 */
export type StickerContent = StickerContentById | StickerContentByLink | StickerContentByFile | StickerContentByData;

export interface StickerContentFields {
  type: 'sticker';
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface StickerContentById extends StickerContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface StickerContentByLink extends StickerContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface StickerContentByFile extends StickerContentFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface StickerContentByData extends StickerContentFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}

/** A template message: a text that Meta has approved, with its variables filled in. */
export interface TemplateContent {
  type: 'template';
  /** The template's name, 1 to 512 of `a-z0-9_`. */
  templateName: string;
  /** The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent. */
  language?: string | undefined;
  /** Meta's own components, sent as given; not together with parameters and buttons. */
  components?: readonly { [key: string]: Json }[] | undefined;
  /**
   * The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with
   * parameters
   * and buttons.
   */
  oneTimeCode?: string | undefined;
  /** When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`. */
  limitedTimeOfferExpiresAt?: string | undefined;
  /**
   * Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded
   * first.
   */
  headerParams?: readonly Parameter[] | undefined;
  /** Fills the body's variables, in their order or by name. */
  bodyParams?: readonly Parameter[] | undefined;
  /** Fills the buttons' variables; at most 10. */
  buttons?: readonly Button[] | undefined;
  /** The cards of a carousel template, 2 to 10, in their order. */
  carousel?: readonly CarouselCard[] | undefined;
}

/** A text message. */
export interface TextContent {
  type: 'text';
  /** The text, 1 to 4096 characters, not only white space or invisible characters. */
  message: string;
  /** Whether the first link in the text is shown with a preview; false where absent. */
  previewUrl?: boolean | undefined;
}

/**
 * A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, video object.)
 */
export type VideoContent = VideoContentById | VideoContentByLink | VideoContentByFile | VideoContentByData;

export interface VideoContentFields {
  type: 'video';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
  /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface VideoContentById extends VideoContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface VideoContentByLink extends VideoContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
  file?: undefined;
  data?: undefined;
}

export interface VideoContentByFile extends VideoContentFields {
  /** The path of a file, which is uploaded first. */
  file: string | URL;
  id?: undefined;
  link?: undefined;
  data?: undefined;
}

export interface VideoContentByData extends VideoContentFields {
  /** The content itself, which is uploaded first. */
  data: Uint8Array | Blob;
  id?: undefined;
  link?: undefined;
  file?: undefined;
}
