// A conversation of one customer, whose webhooks are received.

import { open } from './browser.mjs';
import { Sandbox } from './sandbox.mjs';

/** The customer's number. */
export const PHONE = '15551234567';

/** A sandbox with a receiver, and the open chat of a customer. */
export async function conversation(t) {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const page = await open(sandbox, { phone: PHONE });
  return { sandbox, receiver, page };
}

/** An interactive message of the business. */
export const interactive = (message) => ({ type: 'interactive', interactive: message });
