// How texts are written between the quotes of each language.

/** What would not be seen, or would reorder what is seen: written by its number, so that a call is what it looks like. */
export const HIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export const hex = (letter, length = 1) => letter.codePointAt(0).toString(16).padStart(length, '0');

/** `\u202e`, as most languages have it. */
export const fourDigits = (letter) => `\\u${hex(letter, 4)}`;

/** A text between quotes, with a backslash before what `special` finds, and hidden characters as `numbered` writes them. */
export function quoted(text, { quote = '"', special = /["\\]/g, numbered = fourDigits } = {}) {
  const inner = text.replace(special, '\\$&').replace(HIDDEN, (letter) => SHORT[letter] ?? numbered(letter));
  return quote + inner + quote;
}

/** JSON in one line, hidden characters by their numbers. They stand in its texts only. */
export const json = (value, space) =>
  JSON.stringify(value, null, space).replace(HIDDEN, (letter) => (letter === '\n' ? letter : fourDigits(letter)));

/** The fewest `#` around a text so that no run of them after one of these marks ends it. */
export function hashes(text, marks, least = 1) {
  const runs = [...text.matchAll(marks)].map(([run]) => run.length);
  return '#'.repeat(Math.max(least, ...runs));
}

/** `preview_url` as `previewUrl`. */
export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
