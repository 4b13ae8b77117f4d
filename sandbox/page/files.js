// Pictures, videos, sounds and documents of messages. What the sandbox has is shown; what lies elsewhere is never loaded.

import { fileAddress } from './backend.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { link } from './links.js';

const DRAWN = { image: 'picture', sticker: 'picture', video: 'play', audio: 'sound', document: 'file' };
const CALLED = { image: 'Picture', sticker: 'Sticker', video: 'Video', audio: 'Sound', document: 'Document' };

/**
 * The file of a message in its box.
 * @param {string} kind image, video, audio, document or sticker
 * @param {{id?: string, link?: string, filename?: string, caption?: string}} media Meta's media object
 */
export function fileBox(kind, media) {
  if (!media.id) return elsewhere(kind, media);
  const box = el('div', { class: `file file-${kind}` });
  const address = fileAddress(media.id);
  // A message may name a file that the sandbox does not have.
  const missing = () => box.replaceChildren(missingBox(kind, media));
  box.append(PLAYERS[kind](address, media, missing));
  return box;
}

const PLAYERS = {
  image: picture,
  sticker: picture,
  video: (src, media, onerror) =>
    el('video', { src, controls: true, preload: 'metadata', 'aria-label': media.caption || 'Video', onerror }),
  audio: (src, _media, onerror) =>
    el('audio', { src, controls: true, preload: 'metadata', 'aria-label': 'Sound', onerror }),
  document: (src, media) => documentBox(src, media.filename, 'Downloads the file'),
};

function picture(src, media, onerror) {
  const image = el('img', { src, alt: media.caption || 'Picture', loading: 'lazy', decoding: 'async', onerror });
  return el('a', { href: src, target: '_blank', rel: 'noopener', class: 'picture' }, image);
}

function documentBox(href, filename, note) {
  const name = filename || 'Document';
  return el(
    'a',
    { href, download: filename || true, class: 'document' },
    el('span', { class: 'document-kind' }, icon('file'), ending(name)),
    el('span', { class: 'document-words' }, el('b', { dir: 'auto' }, name), el('span', {}, note)),
  );
}

/** The ending of a file's name, in capitals. */
function ending(name) {
  const found = /\.([A-Za-z0-9]{1,5})$/u.exec(name);
  return found ? el('span', {}, found[1].toUpperCase()) : null;
}

function elsewhere(kind, media) {
  const address = String(media.link ?? '');
  return el(
    'div',
    { class: `file elsewhere elsewhere-${kind}` },
    icon(DRAWN[kind]),
    el(
      'span',
      { class: 'elsewhere-words' },
      el('b', { dir: 'auto' }, media.filename || CALLED[kind]),
      address ? link(address, { class: 'address' }, address) : 'It has no address.',
    ),
  );
}

function missingBox(kind, media) {
  return el(
    'div',
    { class: `elsewhere elsewhere-${kind}` },
    icon(DRAWN[kind]),
    el(
      'span',
      { class: 'elsewhere-words' },
      el('b', {}, CALLED[kind]),
      `The sandbox has no file ${media.id} that it can show.`,
    ),
  );
}
