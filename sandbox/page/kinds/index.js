// The kinds of messages, by Meta's type. Each is a module with
//   draw(content, context): what stands in the bubble; `context` is { entry, chat, store, act(what), answered(title), pressed(id) }
//   words(content, entry): the same in one line
// A new kind is a module and a line here.

import * as audio from './audio.js';
import * as button from './button.js';
import * as contacts from './contacts.js';
import * as document from './document.js';
import * as image from './image.js';
import * as interactive from './interactive.js';
import * as location from './location.js';
import * as order from './order.js';
import * as reaction from './reaction.js';
import * as sticker from './sticker.js';
import * as system from './system.js';
import * as template from './template.js';
import * as text from './text.js';
import * as unknown from './unknown.js';
import * as video from './video.js';

const KINDS = {
  audio,
  button,
  contacts,
  document,
  image,
  interactive,
  location,
  order,
  reaction,
  sticker,
  system,
  template,
  text,
  video,
};

/** The kind of an entry, with where its content is. */
export function kindOf(entry) {
  const known = Object.hasOwn(KINDS, entry.type) ? KINDS[entry.type] : null;
  const held = entry.body?.[entry.type];
  // A refused message may hold anything.
  const kind = known && held && typeof held === 'object' ? known : unknown;
  return { ...kind, content: kind === unknown ? (entry) => entry.body : () => held };
}
