import type { Content } from './contents';
import type { Button, Json, Parameter } from './parameters';

/** What every send may carry beside its content. */
export interface SendOptions {
  /** The account to send from, by its id on the gateway. Only on a gateway client. */
  accountId?: number | undefined;
  /** The id of the message that this one answers; not empty. */
  replyTo?: string | undefined;
  /** A text of yours, 1 to 512 characters, that comes back in every status webhook of the message. */
  reference?: string | undefined;
  /**
   * Two sends with the same key are one send, to a gateway that knows keys. Not empty; without one each call makes its
   * own. Only on a gateway client.
   */
  idempotencyKey?: string | undefined;
  /** Its members stand beside the content in Meta's body, by Meta's names: `category`, `ttl_seconds` … */
  extra?: { readonly [key: string]: Json } | undefined;
}

/** A text message. */
export interface TextMessage extends SendOptions {
  /** Who gets it: a phone number with its country code, or a business-scoped user id. */
  phone: string;
  /** The text, 1 to 4096 characters, not only white space. */
  message: string;
  /** Whether the first link in the text is shown with a preview. Default false. */
  previewUrl?: boolean | undefined;
}

/** A location pin. */
export interface LocationMessage extends SendOptions {
  /** Who gets it: a phone number with its country code, or a business-scoped user id. */
  phone: string;
  /** Degrees north, −90 to 90. */
  latitude: number;
  /** Degrees east, −180 to 180. */
  longitude: number;
  /** The title of the pin, at most 1000 characters; empty is none. */
  name?: string | undefined;
  /** The line below the title, at most 1000 characters; empty is none. */
  address?: string | undefined;
}

/** What fills the variables of a template. */
export interface TemplateParts {
  /** Fills the header's variables, in their order or by name. */
  headerParams?: readonly Parameter[] | undefined;
  /** Fills the body's variables, in their order or by name. */
  bodyParams?: readonly Parameter[] | undefined;
  /** Fills the buttons' variables; at most 10. */
  buttons?: readonly Button[] | undefined;
}

/** A template message: a text that Meta has approved, with its variables filled in. */
export interface TemplateMessage extends SendOptions, TemplateParts {
  /** Who gets it: a phone number with its country code, or a business-scoped user id. */
  phone: string;
  /** The template's name, 1 to 512 of `a-z0-9_`. */
  templateName: string;
  /** The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`. Default `en`. */
  language?: string | undefined;
  /** Meta's own components, sent as given; not together with parameters and buttons. */
  components?: readonly { [key: string]: Json }[] | undefined;
}

/** A message of any kind: to whom, what, and with which options. */
export interface Send extends SendOptions {
  /** Who gets it: a phone number with its country code, or a business-scoped user id. */
  phone: string;
  /** What they get. */
  content: Content;
}

/** How far `sendMany` has come. */
export interface Progress {
  /** Taken by the host. */
  sent: number;
  /** Surely not sent. */
  failed: number;
  /** Failed, but perhaps sent. */
  unknown: number;
  /** Not finished yet. */
  left: number;
}

/** Options of both hosts; what is absent has its default. */
export interface ClientOptions {
  /** How long one attempt may take, from connecting to the end of the answer, in milliseconds. Default 30 s. */
  timeoutMs?: number | undefined;
  /** How long connecting may take, TLS included, in milliseconds. Default 10 s. */
  connectTimeoutMs?: number | undefined;
  /** How long all attempts and the waits between them may take, in milliseconds. Default 60 s. */
  totalTimeoutMs?: number | undefined;
  /** How often a request that surely was not sent is made again. Default 2. */
  maxRetries?: number | undefined;
  /** How many sends go out a second, at most; above 0. Default: as many as there are. */
  maxPerSecond?: number | undefined;
  /** 1 to 3 digits put before phone numbers of exactly 10 digits that have no `+` or `00`. Default: none. */
  defaultCountryCode?: string | undefined;
  /** The `User-Agent` header. Default `wamid/VERSION`. */
  userAgent?: string | undefined;
  /** The proxy to go through, `http://…` or `https://…`; never used for loopback. Default: the system's. */
  proxy?: string | undefined;
  /** Allows plain HTTP to other hosts than loopback. Default false. */
  allowHttp?: boolean | undefined;
  /** A PEM file of further certificate authorities. */
  caFile?: string | undefined;
  /** How long an unused connection is kept, in milliseconds. Default 90 s. */
  poolIdleTimeoutMs?: number | undefined;
  /** How many unused connections are kept. Default: as many as `maxConnections`, those beyond 32 for 10 s only. */
  poolMaxIdle?: number | undefined;
  /**
   * How many connections to the host are in use at once, at least 1. A call that waits for one has sent nothing yet, and its
   * `totalTimeoutMs` runs meanwhile. Default 256.
   */
  maxConnections?: number | undefined;
}

/** Options that only Meta's Cloud API has. */
export interface CloudOptions {
  /** The version of the Graph API. Default `v26.0`. */
  graphVersion?: string | undefined;
  /** Where the Graph API is. Default `https://graph.facebook.com`. */
  graphUrl?: string | undefined;
  /** The app's secret, which webhooks are signed with. */
  appSecret?: string | undefined;
  /** The id of the WhatsApp Business Account, which templates belong to. */
  businessAccountId?: string | undefined;
  /** The id of the app at Meta, which takes the picture of a profile. */
  appId?: string | undefined;
  /**
   * Whether each template message is first held to its template as Meta has it, as `checkTemplate` does. The template is fetched
   * once and kept for 10 minutes. It needs `businessAccountId`. Default false.
   */
  checkTemplates?: boolean | undefined;
  /** Where sends and conversations are recorded, `sqlite:PATH`. Default: nowhere. */
  store?: string | undefined;
}

/** A client of Meta's Cloud API. */
export interface Cloud extends ClientOptions, CloudOptions {
  /** A token with the `whatsapp_business_messaging` permission. */
  accessToken: string;
  /** Meta's id of the business number; not the number itself. */
  phoneNumberId: string;
}

/** A client of a messaging gateway: `wamid serve`, or a Django project with django-meta-whatsapp. */
export interface Gateway extends ClientOptions {
  /** Where the messaging API is mounted, such as `https://example.com/whatsapp`. */
  baseUrl: string;
  /** A key that the gateway has given out. */
  apiKey: string;
}
