// Written by `cargo xtask generate` from the declarations of the core.
import type { Button, Json, Parameter } from './parameters';

/** What a message holds: one of the kinds, told apart by `type`. */
export type Content =
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
  /** The WhatsApp number, in digits. With it the card offers to write, without it to invite. */
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
  /** The whole name, as it is shown. Where none of the names below is there, it goes out as the first name too. */
  formattedName: string;
  /** The first name. */
  firstName?: string | undefined;
  /** The last name. */
  lastName?: string | undefined;
  /** The middle name. */
  middleName?: string | undefined;
  /** What stands before the name, such as `Dr`. */
  prefix?: string | undefined;
  /** What stands after the name, such as `Jr`. */
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

/** A medium that stands above the body. */
export type HeaderMedia = HeaderMediaById | HeaderMediaByLink;

export interface HeaderMediaFields {
  /** What it is: `image`, `video` or `document`. */
  type: 'image' | 'video' | 'document';
  /** The name that a document is shown with; documents alone have one. */
  filename?: string | undefined;
}

export interface HeaderMediaById extends HeaderMediaFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface HeaderMediaByLink extends HeaderMediaFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
}

/** A row of a list. */
export interface ListRow {
  /** What comes back when it is picked, at most 200 characters; no two rows of the list have the same. */
  id: string;
  /** Its text, at most 24 characters. */
  title: string;
  /** What stands below its text, at most 72 characters. */
  description?: string | undefined;
}

/** A part of a list. */
export interface ListSection {
  /** Its rows, 1 to 10. */
  rows: readonly ListRow[];
  /** What stands above its rows, at most 24 characters; a list of more than one section needs it. */
  title?: string | undefined;
}

/** Some of the products. */
export interface ProductSection {
  /** The products' ids in the catalog, 1 to 30. */
  productRetailerIds: readonly string[];
  /** What stands above them, at most 24 characters; where there is more than one section each needs it. */
  title?: string | undefined;
}

/** A button that answers. */
export interface ReplyButton {
  /** What comes back when it is pressed, at most 256 characters. */
  id: string;
  /** The text on it, at most 20 characters. */
  title: string;
}

/**
 * A sound: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, audio object.)
 */
export type AudioContent = AudioContentById | AudioContentByLink;

export interface AudioContentFields {
  type: 'audio';
  /** Whether it is shown as a voice note, which has to be OGG with Opus; false where absent. */
  voice?: boolean | undefined;
}

export interface AudioContentById extends AudioContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface AudioContentByLink extends AudioContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
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
  /** What stands below the body in small letters, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * Asks for somebody's phone number, with a button that sends their contact.
 *
 * The answer is a contact. Who writes under a user name shows no number before.
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
  /** What stands above the body: a text of at most 60 characters, or a medium. */
  header?: string | HeaderMedia | undefined;
  /** What stands below the body in small letters, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A file of any other type, such as a PDF, at most 100 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, document object.)
 */
export type DocumentContent = DocumentContentById | DocumentContentByLink;

export interface DocumentContentFields {
  type: 'document';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
  /** The name that it is shown with. Its ending decides which icon stands beside it. */
  filename?: string | undefined;
}

export interface DocumentContentById extends DocumentContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface DocumentContentByLink extends DocumentContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
}

/**
 * A text with a button that opens a Flow: screens in which the reader fills in a form.
 *
 * The answer is an event that has what they filled in.
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
  /** The screen that it begins with. It means `navigate`, which needs it. */
  screen?: string | undefined;
  /** What that screen gets: an object that is not empty. */
  data?: Json | undefined;
  /** Which state of the Flow is opened: `published`, or `draft` to try it. */
  mode?: 'draft' | 'published' | undefined;
  /** What stands above the body: a text of at most 60 characters, or a medium. */
  header?: string | HeaderMedia | undefined;
  /** What stands below the body in small letters, at most 60 characters. */
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
export type ImageContent = ImageContentById | ImageContentByLink;

export interface ImageContentFields {
  type: 'image';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
}

export interface ImageContentById extends ImageContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface ImageContentByLink extends ImageContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
}

/**
 * A text with a button that opens a list of rows, of which the reader picks one. The answer is an event that has the
 * row.
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
  /** The text above the body, at most 60 characters. */
  header?: string | undefined;
  /** What stands below the body in small letters, at most 60 characters. */
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
  /** What stands below the body in small letters, at most 60 characters. */
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
  /** The text above the body, at most 60 characters. */
  header: string;
  /** The catalog's id at Meta. */
  catalogId: string;
  /** The products in 1 to 10 sections, with 1 to 30 products in all. */
  sections: readonly ProductSection[];
  /** What stands below the body in small letters, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A message of a type that Meta has and this list lacks: payments, carousels, calls, and whatever comes next.
 *
 * It is checked by Meta alone; everything else is as with any kind.
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
 * A text with up to 3 buttons. The answer is an event that has the `id` and the `title` of the button.
 *
 * (Meta: "messages" reference, interactive object, `button`.)
 */
export interface ReplyButtonsContent {
  type: 'reply_buttons';
  /** The text, at most 1024 characters. */
  body: string;
  /** The buttons, 1 to 3; no two have the same `id` or the same `title`. */
  buttons: readonly ReplyButton[];
  /** What stands above the body: a text of at most 60 characters, or a medium. */
  header?: string | HeaderMedia | undefined;
  /** What stands below the body in small letters, at most 60 characters. */
  footer?: string | undefined;
}

/**
 * A sticker: WebP, at most 100 KB where it stands still and 500 KB where it moves.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, sticker object.)
 */
export type StickerContent = StickerContentById | StickerContentByLink;

export interface StickerContentFields {
  type: 'sticker';
}

export interface StickerContentById extends StickerContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface StickerContentByLink extends StickerContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
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
  /** Fills the header's variables, in their order or by name. */
  headerParams?: readonly Parameter[] | undefined;
  /** Fills the body's variables, in their order or by name. */
  bodyParams?: readonly Parameter[] | undefined;
  /** Fills the buttons' variables; at most 10. */
  buttons?: readonly Button[] | undefined;
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
 * A film: MP4 or 3GPP with H.264 and AAC, one audio track or none, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, video object.)
 */
export type VideoContent = VideoContentById | VideoContentByLink;

export interface VideoContentFields {
  type: 'video';
  /** The text under it, at most 1024 characters. */
  caption?: string | undefined;
}

export interface VideoContentById extends VideoContentFields {
  /** The id that Meta gave it when it was uploaded. */
  id: string;
  link?: undefined;
}

export interface VideoContentByLink extends VideoContentFields {
  /** Where Meta fetches it, an http or https address. */
  link: string;
  id?: undefined;
}
