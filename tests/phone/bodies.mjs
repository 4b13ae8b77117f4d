// Meta's bodies to write calls for.

import { readdirSync, readFileSync } from 'node:fs';

export const root = new URL('../../', import.meta.url);
export const read = (path) => readFileSync(new URL(path, root), 'utf8');

/** The bodies that the SDK sends in the conformance cases, each once. */
export function bodies() {
  const found = new Map();
  for (const file of readdirSync(new URL('tests/conformance/cases/', root)).filter((name) => name.endsWith('.json'))) {
    for (const { expect } of JSON.parse(read(`tests/conformance/cases/${file}`))) {
      for (const { path, json } of [expect?.requests ?? []].flat()) {
        if (String(path).endsWith('/messages') && json?.type && json.to !== undefined)
          found.set(JSON.stringify(json), json);
      }
    }
  }
  return [...found.values()];
}

/** A text message. */
export const text = (value, more = {}) => ({ to: '+15551234567', type: 'text', text: { body: value }, ...more });

/** Texts that mean something else in the source of some language. */
export const HARD = [
  `It's "quoted"`,
  "it's",
  'a "b"',
  'back\\slash \\n \\u0041 \\(x) \\#(x) \\',
  'line\nline\r\n\ttab\vfeed\fbell\u0007\b end',
  '$HOME ${x} $x `date` $(date) !history !!',
  '{x} {{x}} #{x} \\{x} %s %n',
  '"# "## \'# """ \'\'\' r#"x"#',
  '# not a comment // nor this /* nor */ -- nor <!-- this',
  '👨‍👩‍👧 é שלום مرحبا \u{10ffff}',
  'order \u202eright to left\u202c and \u2066isolated\u2069 \u200b\u2028\u2029\ufeff',
  'nul \u0000 and \u007f\u0085\u00a0',
  '- begins with a dash',
  '-',
  '--option',
  '-5',
  '{"type":"text"}',
  '{',
  '    four    spaces    in    a    row        ',
  '@file',
  '~/file *? [a] <b> | & ; ( ) =',
  '</script><img src=x onerror=alert(1)>',
];
