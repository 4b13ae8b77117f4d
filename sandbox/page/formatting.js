// WhatsApp's formatting of a text, as DOM nodes: *bold*, _italic_, ~struck~, `code`, ```monospace```, > quotes, lists, links.

import { el } from './dom.js';
import { link, trimmed } from './links.js';

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };
const WORD = /[\p{L}\p{N}]/u;
/** A longer text is cut, with a button that shows the rest. */
const LONG = 1000;

/**
 * A text as WhatsApp shows it; a long one is folded up.
 * @param {string} text what was written
 */
export function prose(text) {
  const whole = String(text ?? '');
  const box = el('div', { class: 'prose' });
  if (whole.length <= LONG) {
    box.append(formatted(whole));
    return box;
  }
  const unfold = () => box.replaceChildren(formatted(whole));
  box.append(beginning(whole), el('button', { type: 'button', class: 'read-more', onclick: unfold }, 'Read more'));
  return box;
}

/** The first words of a long text. An address that was cut would lead elsewhere: without a space to cut at, nothing is read in it. */
function beginning(whole) {
  const start = whole.slice(0, LONG).replace(/[\uD800-\uDBFF]$/u, '');
  const end = start.search(/\s\S*$/u);
  return end > LONG / 2 ? formatted(`${start.slice(0, end)} …`) : el('div', { class: 'lines' }, `${start}…`);
}

/** A text without its formatting, in one line. */
export function unformatted(text) {
  return [...formatted(text).childNodes].map((part) => part.textContent).join(' ');
}

/** A text with its formatting. */
export function formatted(text) {
  const into = document.createDocumentFragment();
  String(text)
    .split('```')
    .forEach((part, at, parts) => {
      // A fence that nothing closes is written as it is.
      const fenced = at % 2 === 1;
      if (fenced && at < parts.length - 1) into.append(el('pre', {}, part.replace(/^\n|\n$/gu, '')));
      else blocks(fenced ? `\`\`\`${part}` : part, into);
    });
  return into;
}

/** How a line begins, and what its run of lines becomes. */
const RUNS = [
  { begins: /^> ?(.*)$/u, outer: 'blockquote', inner: 'div' },
  { begins: /^[*-] (.+)$/u, outer: 'ul', inner: 'li' },
  { begins: /^\d{1,3}\. (.+)$/u, outer: 'ol', inner: 'li' },
];

function blocks(text, into) {
  let run = null;
  let plain = [];
  const flush = () => {
    if (plain.some(Boolean)) {
      const box = el('div', { class: 'lines' });
      // A mark holds within its line.
      plain.forEach((line, at) => {
        if (at > 0) box.append('\n');
        inline(line, box, '');
      });
      into.append(box);
    }
    plain = [];
  };
  for (const line of text.replace(/^\n|\n$/gu, '').split('\n')) {
    const kind = RUNS.find((kind) => kind.begins.test(line));
    if (!kind) {
      run = null;
      plain.push(line);
      continue;
    }
    if (run?.kind !== kind) {
      flush();
      run = { kind, box: el(kind.outer, kind.outer === 'ol' ? { start: Number.parseInt(line, 10) } : {}) };
      into.append(run.box);
    }
    const item = el(kind.inner);
    inline(kind.begins.exec(line)[1], item, '');
    run.box.append(item);
  }
  flush();
}

/** Writes a text into an element; `within` are the marks that are open around it. */
function inline(text, into, within) {
  const unclosed = new Set();
  let from = 0;
  let at = 0;
  const flush = () => from < at && into.append(text.slice(from, at));
  while (at < text.length) {
    const address = (text[at] === 'h' || text[at] === 'H') && addressAt(text, at);
    if (address) {
      flush();
      into.append(link(address, {}, address));
      at += address.length;
      from = at;
      continue;
    }
    const mark = text[at];
    const opens = MARKS[mark] && !within.includes(mark) && !unclosed.has(mark) && isOpening(text, at);
    const end = opens ? closing(text, at) : -1;
    if (end > 0) {
      flush();
      const box = el(MARKS[mark]);
      const inner = text.slice(at + 1, end);
      if (mark === '`') box.append(inner);
      else inline(inner, box, within + mark);
      into.append(box);
      at = end + 1;
      from = at;
      continue;
    }
    // What nothing closes here, nothing closes further on: each mark is looked for once.
    if (opens) unclosed.add(mark);
    at += 1;
  }
  flush();
}

function addressAt(text, at) {
  const address = /https?:\/\/[^\s<>"]+/iuy;
  address.lastIndex = at;
  const found = address.exec(text);
  return found && !WORD.test(text[at - 1] ?? '') ? trimmed(found[0]) : null;
}

function isOpening(text, at) {
  const [before, after] = [text[at - 1] ?? ' ', text[at + 1] ?? ' '];
  return !WORD.test(before) && before !== text[at] && !/\s/u.test(after) && after !== text[at];
}

function closing(text, from) {
  const mark = text[from];
  for (let at = text.indexOf(mark, from + 2); at > 0; at = text.indexOf(mark, at + 1)) {
    const after = text[at + 1] ?? ' ';
    if (!/\s/u.test(text[at - 1]) && !WORD.test(after) && after !== mark) return at;
  }
  return -1;
}
