// A message as the call that sends it, in each language.

import { kotlin } from './kotlin.js';
import { node } from './node.js';
import { python } from './python.js';
import { messageOf } from './read.js';
import { rust } from './rust.js';
import { command, curl } from './shell.js';
import { swift } from './swift.js';
import { callIn } from './typed.js';

const LANGUAGES = Object.entries({ Rust: rust, Python: python, Node: node, Kotlin: kotlin, Swift: swift });

/**
 * The calls that send this message: `[{language, text}]`, curl first.
 *
 * `body` is Meta's request body. `graphUrl`, and `phoneNumberId` or the `path` of a request, say where curl sends it. In the languages
 * `phone` is the recipient, as in the documentation. A body that the SDK would not write, such as one to a group, has curl alone.
 */
export function callsOf(body, { graphUrl, phoneNumberId, path = `/v26.0/${phoneNumberId}/messages` }) {
  const calls = [{ language: 'curl', text: curl(body, graphUrl + path) }];
  const message = messageOf(body);
  if (!message) return calls;
  for (const [language, rules] of LANGUAGES) calls.push({ language, text: callIn(rules, message) });
  return [...calls, { language: 'Command line', text: command(message, body.to ?? body.recipient) }];
}
