export type {
  ClientOptions,
  Cloud,
  CloudOptions,
  Gateway,
  LocationMessage,
  Progress,
  Send,
  SendOptions,
  TemplateMessage,
  TemplateParts,
  TextMessage,
} from './arguments';
export type { TransferOptions, TransferProgress } from './asked';
export type { CallOptions } from './calls';
export { Client } from './client';
export type * from './contents';
export type { SendEachOptions } from './each';
export {
  AuthenticationError,
  ConnectionFailedError,
  type ErrorFields,
  type ErrorKind,
  InvalidInputError,
  type Outcomes,
  RateLimitError,
  RejectedError,
  RequestTimeoutError,
  SendManyAbortedError,
  type SendResult,
  ServerError,
  StoreError,
  UnexpectedResponseError,
  UnsupportedError,
  WamidError,
} from './errors';
export type { Media, MessageFields } from './event-reader';
export type * from './events';
export type { SendManyOptions } from './many';
export type * from './operations';
export type * from './parameters';
export { type EventHandler, type WebhookHandler, type WebhookOptions, webhookHandler } from './receiver';
export { markRead, type ReplyOptions, reply } from './replies';
export type { Conversation, Receipt } from './results';
export { buildTemplateComponents, parseWebhook, verifyWebhook } from './webhook';
export type { Body } from './wire';
