// Where the lines of a call end: as `xtask/src/generate/snippets/layout.rs` has it for the documentation.

/** What a line may have, in bytes. */
const WIDTH = 96;

const encoder = new TextEncoder();

/** The length of a text in UTF-8. */
export const size = (text) => encoder.encode(text).length;

/** Each line one step further. */
export const indented = (text, step = '    ') => text.replace(/^(?=.)/gm, step);

/** `start`, the items between commas, `end`: in one line where that is short, else an item a line. */
export function group(start, items, end, { space = '', step = '    ' } = {}) {
  const line = `${start}${space}${items.join(', ')}${space}${end}`;
  if ((size(line) <= WIDTH && !line.includes('\n')) || items.length === 0) return line;
  // One list in a call may stay with the call's bracket.
  if (items.length === 1 && items[0].includes('\n') && !space) return `${start}${items[0]}${end}`;
  return `${start}\n${items.map((item) => indented(item, step)).join(',\n')}\n${end}`;
}
