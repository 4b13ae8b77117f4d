// Sends a file that was chosen, dropped or pasted.

import { upload } from '../backend.js';
import { el } from '../dom.js';
import { icon } from '../icons.js';
import { field, openForm, textOf } from './modal.js';

/** Opens the form of a file, with its picture. */
export function sendFile(file, context, replyTo) {
  const isSound = file.type.startsWith('audio/');
  const isPicture = file.type.startsWith('image/');
  const address = isPicture ? URL.createObjectURL(file) : null;
  const shown = isPicture ? el('img', { src: address, alt: '' }) : icon('file');
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  const chosen = el(
    'div',
    { class: 'chosen-file' },
    shown,
    el(
      'span',
      {},
      el('b', { dir: 'auto' }, file.name),
      el('span', { class: 'note' }, `${file.type || 'unknown type'}, ${kilobytes} kB`),
    ),
  );
  const more = isSound
    ? el('label', { class: 'check' }, el('input', { type: 'checkbox', name: 'voice' }), 'As a voice message')
    : file.type === 'image/webp'
      ? null
      : field('Caption (optional)', el('input', { name: 'caption', maxlength: 1024 }));
  const { dialog } = openForm('Send a file', 'Send', [chosen, more].filter(Boolean), async (form) => {
    const { id } = await upload(file);
    const what = { act: 'media', id };
    const caption = textOf(form, 'caption');
    if (caption) what.caption = caption;
    if (isSound && new FormData(form).has('voice')) what.voice = true;
    if (!isPicture && !isSound && !file.type.startsWith('video/')) what.filename = file.name;
    if (replyTo) what.reply_to = replyTo;
    return context.tell(what);
  });
  dialog.addEventListener('close', () => address && URL.revokeObjectURL(address));
}
