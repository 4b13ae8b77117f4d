// Where the customer writes, and sends files, places and contacts.

import { sendContact } from './dialogs/contact.js';
import { sendFile } from './dialogs/file.js';
import { sendPlace } from './dialogs/place.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { words } from './words.js';

const FILES = '.jpg,.jpeg,.png,.webp,.mp4,.3gp,.aac,.amr,.mp3,.m4a,.ogg,.pdf,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx';

/** The bar below a conversation. */
export class Composer {
  #context;
  /** What is answered, or what is edited. */
  #about = null;
  #editing = false;

  /** @param {object} context `chat`, `store`, `act(what)`, `tell(what)` */
  constructor(context) {
    this.#context = context;
    this.text = el('textarea', {
      rows: 1,
      dir: 'auto',
      'aria-label': 'Message',
      placeholder: 'Write as the customer',
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#files(event, event.clipboardData),
    });
    this.about = el('div', { class: 'about', hidden: true });
    this.chooser = el('input', {
      type: 'file',
      accept: FILES,
      hidden: true,
      tabindex: '-1',
      'aria-hidden': 'true',
      onchange: () => this.#chosen(),
    });
    this.attach = el(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': 'Attach',
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
        onclick: () => this.#menu(),
      },
      icon('attach'),
    );
    const send = el('button', { class: 'send', 'aria-label': 'Send' }, icon('send'));
    this.form = el('form', { class: 'composer' }, this.attach, this.chooser, this.text, send);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.element = el('div', { class: 'composer-place' }, this.about, this.form);
  }

  /** Takes files that are dropped on an element. */
  takesDrops(element) {
    const carries = (event) => event.dataTransfer?.types.includes('Files');
    element.addEventListener('dragover', (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      element.classList.add('dropping');
    });
    element.addEventListener(
      'dragleave',
      (event) => element.contains(event.relatedTarget) || element.classList.remove('dropping'),
    );
    element.addEventListener('drop', (event) => {
      element.classList.remove('dropping');
      this.#files(event, event.dataTransfer);
    });
  }

  reply(entry) {
    this.#begin(entry, false);
  }

  edit(entry) {
    this.text.value = entry.body?.text?.body ?? '';
    this.#begin(entry, true);
  }

  #begin(entry, editing) {
    const label = editing ? 'Edit the message' : `Reply to: ${words(entry, 80)}`;
    this.#about = entry;
    this.#editing = editing;
    const stop = el(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': editing ? 'Stop editing' : 'Do not reply',
        onclick: () => this.#stop(),
      },
      icon('close'),
    );
    this.about.replaceChildren(icon(editing ? 'edit' : 'reply'), el('span', { dir: 'auto' }, label), stop);
    this.about.hidden = false;
    this.text.focus();
  }

  #stop() {
    if (this.#editing) this.text.value = '';
    this.#end();
  }

  #end() {
    this.#about = null;
    this.#editing = false;
    this.about.hidden = true;
    this.text.focus();
  }

  async #send() {
    const text = this.text.value;
    if (!text.trim()) return;
    const { id } = this.#about ?? {};
    const what = this.#editing
      ? { act: 'edit', message: id, text }
      : { act: 'text', text, ...(id && { reply_to: id }) };
    const [about, editing] = [this.#about, this.#editing];
    this.text.value = '';
    this.#end();
    if (await this.#context.act(what)) return;
    // What was refused can be mended. What was begun meanwhile stays.
    const typed = this.text.value;
    if (this.#about || (editing && typed)) return;
    this.text.value = typed ? `${text}\n${typed}` : text;
    if (about) this.#begin(about, editing);
  }

  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && this.#about) {
      event.stopPropagation();
      this.#stop();
    }
  }

  #menu() {
    openMenu(this.attach, 'Attach', [
      { title: 'Picture or file', drawing: 'picture', press: () => this.chooser.click() },
      {
        title: 'Location',
        drawing: 'pin',
        press: () => sendPlace({ ...this.#context, entry: this.#editing ? null : this.#about }),
      },
      { title: 'Contact', drawing: 'person', press: () => sendContact(this.#context) },
    ]);
  }

  #chosen() {
    const [file] = this.chooser.files;
    if (file) this.#sendFile(file);
    this.chooser.value = '';
  }

  #files(event, data) {
    const [file] = data?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.#sendFile(file);
  }

  #sendFile(file) {
    sendFile(file, this.#context, this.#editing ? null : this.#about?.id);
  }
}
