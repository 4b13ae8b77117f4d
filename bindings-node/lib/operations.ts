// Written by `cargo xtask generate` from the declarations of the core.
import type { TemplateContent } from './contents';
import type { Json } from './parameters';

/** A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more. */
export type ProfilePhoto = ProfilePhotoByFile | ProfilePhotoByData;

export interface ProfilePhotoFields {
  /** Its MIME type. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
}

export interface ProfilePhotoByFile extends ProfilePhotoFields {
  /** The path of a file. */
  file: string | URL;
  data?: undefined;
}

export interface ProfilePhotoByData extends ProfilePhotoFields {
  /** The content itself. */
  data: Uint8Array | Blob;
  file?: undefined;
}

/** What `blockUsers` takes. */
export interface BlockUsersArguments {
  /** Their phones with country code, or user ids. */
  phones: readonly string[];
}

/** What `checkTemplate` takes. */
export interface CheckTemplateArguments {
  /** The message, a content of type `template`. */
  content: TemplateContent;
  /** The template, as `templates` lists it. */
  template: TemplateInfo;
}

/** What `createTemplate` takes. */
export interface CreateTemplateArguments {
  /** Meta's JSON for a template: `name`, `language`, `category`, `components` … */
  definition: Json;
}

/** What `deleteMedia` takes. */
export interface DeleteMediaArguments {
  /** The file's id. */
  mediaId: string;
}

/** What `deleteTemplate` takes. */
export interface DeleteTemplateArguments {
  /** The template's name. */
  name: string;
  /** The id of the one language that is deleted. */
  templateId?: string | undefined;
}

/** What `downloadMedia` takes. */
export interface DownloadMediaArguments {
  /** The file's id. */
  mediaId: string;
  /** The most bytes that it may have. Default 104,857,600 (100 MiB). */
  maxBytes?: number | undefined;
}

/** What `downloadMediaTo` takes. */
export interface DownloadMediaToArguments {
  /** The file's id. */
  mediaId: string;
  /** Where it is put. A file that is there already is replaced. */
  path: string | URL;
  /** The most bytes that it may have. Default 104,857,600 (100 MiB). */
  maxBytes?: number | undefined;
}

/** What `editTemplate` takes. */
export interface EditTemplateArguments {
  /** The template's id. */
  templateId: string;
  /** Meta's JSON for the change. */
  definition: Json;
}

/** What `request` takes. */
export interface RequestArguments {
  /** `GET`, `POST`, `PUT` or `DELETE`. */
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below the API's version, such as `106540352242922/whatsapp_business_profile`, without a query. */
  path: string;
  /** The query: an object of texts, numbers and booleans. */
  query?: Json | undefined;
  /** The body, which is sent as JSON. */
  json?: Json | undefined;
  /**
   * A form in place of `json`, for the paths that take no JSON: an object of texts, numbers, booleans and files. A file
   * is an object with `data` (its content in base64), `filename` and `mime_type`.
   */
  form?: Json | undefined;
}

/** What `sends` takes. */
export interface SendsArguments {
  /** Only those with this reference. */
  reference?: string | undefined;
  /** Only the one that became this message. */
  messageId?: string | undefined;
  /** Only those of this status. */
  status?: 'sending' | 'unknown' | 'sent' | 'failed' | 'delivered' | 'read' | undefined;
  /** At most so many, above 0; a gateway tells of at most 250. Default 50. */
  limit?: number | undefined;
}

/** What `templates` takes. */
export interface TemplatesArguments {
  /** Only those of exactly this name. */
  name?: string | undefined;
  /** Only those in this language, such as `en_US`. */
  language?: string | undefined;
  /** Only those of this status, such as `APPROVED`. */
  status?: string | undefined;
  /** Only those of this category, such as `UTILITY`. */
  category?: string | undefined;
  /** At most so many, above 0. Default: all. */
  limit?: number | undefined;
}

/** What `mediaInfo` takes. */
export interface MediaInfoArguments {
  /** The file's id, as a webhook or an upload has it. */
  mediaId: string;
}

/** What `markRead` takes. */
export interface MarkReadArguments {
  /** The message's id, as its webhook has it. */
  messageId: string;
  /** Whether the customer sees that an answer is being written. Default false. */
  typing?: boolean | undefined;
}

/** What `unblockUsers` takes. */
export interface UnblockUsersArguments {
  /** Their phones with country code, or user ids. */
  phones: readonly string[];
}

/** What `updateProfile` takes. */
export interface UpdateProfileArguments {
  /** The line under the name, at most 139 characters. */
  about?: string | undefined;
  /** The address, at most 256 characters. */
  address?: string | undefined;
  /** What the business does, at most 512 characters. */
  description?: string | undefined;
  /** The email address, at most 128 characters. */
  email?: string | undefined;
  /** The web sites, at most two. */
  websites?: readonly string[] | undefined;
  /** The industry, such as `RETAIL`. */
  vertical?: string | undefined;
  /** The picture. It is uploaded first, to the app, so the client needs the option `app_id`. */
  photo?: ProfilePhoto | undefined;
}

/** What `uploadMedia` takes. */
export interface UploadMediaArguments {
  /** The path of a file. Give exactly one of `file` and `data`. */
  file?: string | URL | undefined;
  /** The content itself. */
  data?: Uint8Array | Blob | undefined;
  /** Its MIME type, such as `image/jpeg`. Default: by the file's name, else by its first bytes. */
  mimeType?: string | undefined;
  /** The name that it is uploaded with. Default: the file's own. */
  filename?: string | undefined;
}

/** Whom Meta did not block, or not unblock, and why. */
export interface BlockFailure {
  /** The phone as it was given. */
  phone: string;
  /** Meta's code, such as 131047: the user has not written in the last 24 hours. */
  code?: number;
  /** Meta's words. */
  message?: string;
  /** More of them. */
  details?: string;
}

/** What became of each user. */
export interface Blocking {
  /** Those that are blocked now, or unblocked, as they were given. */
  done: string[];
  /** The others. */
  failed: BlockFailure[];
}

/** A template that was just made. */
export interface CreatedTemplate {
  /** Its id. */
  id: string;
  /** Whether it can be sent already. */
  status: string;
  /** Its category, which Meta may have changed. */
  category: string;
}

/** A file that was fetched. */
export interface Download {
  /** Its content. */
  data: Uint8Array;
  /** Its MIME type. */
  mimeType: string;
}

/** What is on record of a send. Its content is not. */
export interface SendRecord {
  /** Its reference. */
  reference?: string;
  /** The message's id, once it is known. */
  messageId?: string;
  /** Whom it went to, as it was sent: digits only, or a user id. */
  recipient: string;
  /** The type of its content, such as `text` or `image`. */
  operation: string;
  /** What became of it: `sending`, `unknown` (it may have gone out), `sent`, `delivered`, `read` or `failed`. */
  status: string;
  /** Why it failed, by Meta's error code. */
  code?: number;
  /** When it was written down, before it went out. */
  createdAt: Date;
  /** When something of it last changed. */
  updatedAt: Date;
}

/** A template as Meta keeps it. */
export interface TemplateInfo {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The language it is in, such as `en_US`. */
  language: string;
  /** Whether it can be sent: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`; new ones come without notice. */
  status: string;
  /** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
  category: string;
  /** Whether its variables are counted (`POSITIONAL`) or have names (`NAMED`). */
  parameterFormat?: string;
  /** Its header, body, footer and buttons, in Meta's form. */
  components: Json;
  /** Meta's rating, such as `GREEN`. */
  quality?: string;
  /** Why it was rejected. */
  rejectedReason?: string;
  /** All that the host answered of it, as JSON. */
  raw: Json;
}

/** What Meta says of a file. */
export interface MediaInfo {
  /** Its id. */
  id: string;
  /** Where it can be fetched with the access token, for five minutes. */
  url: string;
  /** Its MIME type. */
  mimeType: string;
  /** The SHA-256 of its content, in hexadecimal. */
  sha256: string;
  /** Its size in bytes. */
  fileSize: number;
  /** All that the host answered, as JSON. */
  raw: Json;
}

/** What customers see of the business. */
export interface BusinessProfile {
  /** The line under the name. */
  about?: string;
  /** The address. */
  address?: string;
  /** What the business does. */
  description?: string;
  /** The email address. */
  email?: string;
  /** Where the picture is. */
  profilePictureUrl?: string;
  /** The web sites, at most two. */
  websites: string[];
  /** The industry, such as `RETAIL`; new ones come without notice. */
  vertical?: string;
  /** All that Meta answered, as JSON. */
  raw: Json;
}
