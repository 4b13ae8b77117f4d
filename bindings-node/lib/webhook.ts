import { unwrap } from './answers';
import type { TemplateParts } from './arguments';
import { callSiteIfAsked } from './errors';
import { events } from './event-reader';
import type { WebhookEvent } from './events';
import { native } from './native';
import type { Json } from './parameters';
import { type Body, bytes, json, sendJson, wire } from './wire';

/**
 * Whether `signature`, the header `X-Hub-Signature-256`, is Meta's for this body.
 *
 * `body` must be the bytes that came, before any parsing: JSON written anew has another signature.
 *
 * ```ts
 * const body = '{"object":"whatsapp_business_account","entry":[]}';
 * const signature = 'sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f';
 * console.log(verifyWebhook(body, signature, 'app-secret')); // true
 * ```
 *
 * @throws InvalidInputError naming `app_secret` where it is empty: anybody could sign with it.
 */
export function verifyWebhook(body: Body, signature: string | null | undefined, appSecret: string): boolean {
  const site = callSiteIfAsked(verifyWebhook);
  const given = json(wire({ signature, appSecret }), site);
  return unwrap(JSON.parse(native().verifyWebhook(bytes(body, site), given)), site);
}

/**
 * What a webhook's body tells, in its order. New types of messages never fail. Check the body with `verifyWebhook` first,
 * or let `client.receiveWebhook` do both.
 *
 * ```ts
 * for (const event of parseWebhook('{"entry":[]}')) console.log(event.event);
 * ```
 *
 * @throws InvalidInputError naming `body` where it is no JSON object.
 */
export function parseWebhook(body: Body): WebhookEvent[] {
  const site = callSiteIfAsked(parseWebhook);
  const told = native().parseWebhook(bytes(body, site));
  return typeof told === 'string' ? unwrap(JSON.parse(told), site) : events(told);
}

/**
 * Meta's `components` of a template message: header, then body, then one for each button. Empty lists add nothing.
 *
 * ```ts
 * buildTemplateComponents({ bodyParams: ['Asha', 'A-1042'], buttons: [{ subType: 'url', text: 'A-1042' }] });
 * ```
 *
 * @throws InvalidInputError naming the parameter or button that breaks a rule.
 */
export function buildTemplateComponents(parts: TemplateParts = {}): { [key: string]: Json }[] {
  const site = callSiteIfAsked(buildTemplateComponents);
  return unwrap(JSON.parse(native().buildTemplateComponents(sendJson(parts, site))), site);
}
