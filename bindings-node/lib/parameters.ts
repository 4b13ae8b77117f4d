import type { ProductSection } from './contents';

/** JSON, as `JSON.parse` gives it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Where the file of a header is: Meta's id of it, a link, or a path or content, which is uploaded first. */
export type MediaSource =
  | { id: string; link?: never; file?: never; data?: never }
  | { link: string; id?: never; file?: never; data?: never }
  | { file: string | URL; mimeType?: string | undefined; id?: never; link?: never; data?: never }
  | { data: Uint8Array | Blob; mimeType?: string | undefined; id?: never; link?: never; file?: never };

/**
 * What fills one variable of a template's header or body: a text, a number (sent as its shortest decimal text), or one of
 * the objects below. In one list either all texts have names or none.
 */
export type Parameter =
  | string
  | number
  | NamedParameter
  | TextParameter
  | CurrencyParameter
  | DateTimeParameter
  | ImageParameter
  | VideoParameter
  | DocumentParameter
  | LocationParameter
  | ProductParameter;

/** A text for the variable of that name. */
export interface NamedParameter {
  type?: 'text' | undefined;
  name: string;
  text: string;
}

/** A text, filled in by position. */
export interface TextParameter {
  type: 'text';
  text: string;
}

/** An amount of money, shown in the reader's own format. */
export interface CurrencyParameter {
  type: 'currency';
  /** The text shown where the amount cannot be formatted. */
  fallbackValue: string;
  /** ISO 4217, such as `INR`. */
  code: string;
  /** The amount times 1000. */
  amount1000: number;
}

/** A date and time, as a text. */
export interface DateTimeParameter {
  type: 'date_time';
  fallbackValue: string;
}

/** An image in the header. */
export type ImageParameter = { type: 'image' } & MediaSource;

/** A video in the header. */
export type VideoParameter = { type: 'video' } & MediaSource;

/** A document in the header. */
export type DocumentParameter = { type: 'document'; filename?: string | undefined } & MediaSource;

/** A map in the header. */
export interface LocationParameter {
  type: 'location';
  /** Degrees north, −90 to 90. */
  latitude: number;
  /** Degrees east, −180 to 180. */
  longitude: number;
  name?: string | undefined;
  address?: string | undefined;
}

/** A product in the header. */
export interface ProductParameter {
  type: 'product';
  productRetailerId: string;
  catalogId: string;
}

/** What fills the variable part of a button, and which button of the template it is. */
export type Button = QuickReplyButton | UrlButton | CopyCodeButton | FlowButton | CatalogButton | MpmButton;

interface ButtonPlace {
  /** Which button of the template, 0 to 9; its place in the list where absent. */
  index?: number | undefined;
}

/** Answers with one tap; `payload` comes back in the webhook. */
export interface QuickReplyButton extends ButtonPlace {
  subType?: 'quick_reply' | undefined;
  payload: string;
}

/** Opens a link; `text` is the variable end of its address. */
export interface UrlButton extends ButtonPlace {
  subType: 'url';
  text: string;
}

/** Copies a code to the clipboard. */
export interface CopyCodeButton extends ButtonPlace {
  subType: 'copy_code';
  couponCode: string;
}

/** Opens a flow. */
export interface FlowButton extends ButtonPlace {
  subType: 'flow';
  /** A text of yours that comes back with the flow's answer. */
  flowToken?: string | undefined;
  /** The first screen's data; its keys are not touched. */
  flowActionData?: { [key: string]: Json } | undefined;
}

/** Opens the catalogue. */
export interface CatalogButton extends ButtonPlace {
  subType: 'catalog';
  /** The product whose picture is shown. */
  thumbnailProductRetailerId?: string | undefined;
}

/** Shows products of the catalogue, in sections. */
export interface MpmButton extends ButtonPlace {
  subType: 'mpm';
  /** The product whose picture is shown. */
  thumbnailProductRetailerId: string;
  /** The products in 1 to 10 sections, with 1 to 30 products in all. */
  sections: readonly ProductSection[];
}
