// What the phone page writes for a message is what the documentation writes for it.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { callsOf } from '../../sandbox/page/calls/calls.js';
import { bodies, HARD, read, root, text } from './bodies.mjs';

const LANGUAGES = ['Rust', 'Python', 'Node', 'Kotlin', 'Swift', 'Command line'];
const at = { graphUrl: 'http://127.0.0.1:8090', phoneNumberId: '106540352242922' };
const written = (body) => Object.fromEntries(callsOf(body, at).map(({ language, text }) => [language, text]));

/** The fenced code below a heading of a page. */
function below(page, heading) {
  const [, code] = new RegExp(`^## ${heading}\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(page) ?? [];
  return code;
}

for (const file of readdirSync(new URL('docs/messages/', root)).filter((name) => name.endsWith('.md'))) {
  test(`docs/messages/${file}: each call of the page`, () => {
    const page = read(`docs/messages/${file}`);
    // The documentation's command line writes the number as people do.
    const calls = written({ ...JSON.parse(below(page, 'What Meta gets')), to: '+91 98765-43210' });
    for (const language of LANGUAGES) assert.equal(calls[language], below(page, language), language);
  });
}

test('a kind of its own for each body of the SDK, but for the types that have none', () => {
  for (const body of bodies()) {
    const calls = written(body);
    assert.deepEqual(Object.keys(calls), ['curl', ...LANGUAGES], JSON.stringify(body));
    const isOfNoKind = body.type === 'new_kind' || body.interactive?.type === 'voice_call';
    assert.equal(calls.Python.includes('Raw('), isOfNoKind, JSON.stringify(body));
  }
});

test('what the SDK would not write has curl alone', () => {
  for (const more of [
    { recipient_type: 'group' },
    { to: undefined },
    { context: { message_id: 'a', more: 1 } },
    { type: 'image' },
  ]) {
    assert.deepEqual(Object.keys(written(text('Hello', more))), ['curl']);
  }
});

test('bodies of any form are read without a fault', () => {
  const odd = [null, 0, '', 'x', [], {}, [null], { type: 'x' }, { parameters: [null] }, { sections: 1 }];
  for (const value of odd) {
    for (const type of ['text', 'template', 'contacts', 'interactive', 'constructor', '__proto__', ''])
      written({ to: '1', type, [type]: value });
    for (const type of ['header', 'body', 'carousel', 'limited_time_offer', 'button']) {
      for (const name of ['parameters', 'cards', 'index', 'sub_type']) {
        const components = [{ type, sub_type: 'mpm', index: '0', [name]: value }];
        const template = { name: 'a', language: { code: 'en' }, components };
        assert.match(written({ to: '1', type: 'template', template }).Python, /components=/);
      }
    }
  }
});

/** All places in a value, each as the way to it. */
const places = (value, way = []) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap((key) => [[...way, key], ...places(value[key], [...way, key])])
    : [];

test('a body with anything wrong in it is shown, too: such are refused', () => {
  const odd = [undefined, null, 0, 1.5, '', '$a', true, [], {}, [null], { type: 'text' }, 'constructor'];
  let turn = 0;
  for (const body of bodies().filter((sound) => JSON.stringify(sound).length < 5000)) {
    for (const way of places(body).filter((_, at) => at % 3 === 0)) {
      const broken = structuredClone(body);
      const holder = way.slice(0, -1).reduce((value, key) => value[key], broken);
      turn += 1;
      holder[way.at(-1)] = odd[turn % odd.length];
      for (const call of Object.values(written(JSON.parse(JSON.stringify(broken)))))
        assert.doesNotMatch(call, /undefined|NaN|\[object/);
    }
  }
});

test('what no kind has becomes the kind raw', () => {
  const location = { latitude: 1, longitude: 2, altitude: 3 };
  const calls = written({ to: '1', type: 'location', location });
  assert.match(calls.Python, /Raw\(message_type="location", object=\{"latitude": 1, "longitude": 2, "altitude": 3\}\)/);
});

/** What stands between the quotes of the text in a call, and what it says by the rules of its language. */
const SOURCE = {
  Rust: [
    /Text::new\(\s*("[\s\S]*")\s*\)\s*\)\.await/,
    /\\u\{([0-9a-f]{1,6})\}/,
    { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' },
  ],
  Kotlin: [
    /Text\(\s*("[\s\S]*")\s*\)\s*\)$/,
    /\\u([0-9a-f]{4})/,
    { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' },
  ],
  Swift: [
    /\.text\(\s*("[\s\S]*")\s*\)\s*\)$/,
    /\\u\{([0-9a-f]{1,8})\}/,
    { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' },
  ],
};

/** Reads the literal, and takes nothing that a compiler of the language refuses or warns of. */
function said(language, literal) {
  const [, number, letters] = SOURCE[language];
  const taken = `[^"\\\\\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069${language === 'Kotlin' ? '$' : ''}]`;
  const token = new RegExp(`${number.source}|\\\\([^u])|(${taken})`, 'uy');
  let value = '';
  const inner = literal.slice(1, -1);
  for (let at = 0; at < inner.length; at = token.lastIndex) {
    token.lastIndex = at;
    const [, code, letter, plain] =
      token.exec(inner) ?? assert.fail(`${language}: ${literal.slice(at, at + 20)} in ${literal}`);
    assert.ok(!letter || letter in letters, `${language} has no \\${letter}`);
    value += code ? String.fromCodePoint(Number.parseInt(code, 16)) : (letters[letter] ?? plain);
  }
  return value;
}

for (const language of ['Rust', 'Kotlin', 'Swift']) {
  test(`${language}: a literal says the text, whatever is in it`, () => {
    for (const hard of HARD) {
      const call = written(text(hard))[language];
      const [, literal] = SOURCE[language][0].exec(call) ?? assert.fail(call);
      assert.equal(said(language, literal), hard);
    }
  });
}

/** What JSON in a raw text says. */
const RAW = { Rust: /r(#+)"([\s\S]*)"\1/, Kotlin: /"(")"([\s\S]*)"""/, Swift: /object: (#+)"([\s\S]*)"\1/ };

for (const language of ['Rust', 'Kotlin', 'Swift']) {
  test(`${language}: JSON in a raw text says the object, whatever is in it`, () => {
    for (const hard of HARD) {
      const object = { text: hard, [hard]: '"#' };
      const call = written({ to: '1', type: 'unknown_type', unknown_type: object })[language];
      const [, marks, inner] = RAW[language].exec(call) ?? assert.fail(call);
      if (language === 'Kotlin') {
        assert.doesNotMatch(inner.replaceAll("${'$'}", ''), /\$|"""/);
        assert.deepEqual(JSON.parse(inner.replaceAll("${'$'}", '$')), object);
        continue;
      }
      assert.ok(!inner.includes(`"${marks}`), `ends early: ${inner}`);
      if (language === 'Swift') assert.ok(!inner.includes(`\\${marks}`), `an escape: ${inner}`);
      assert.deepEqual(JSON.parse(inner), object);
    }
  });
}

test('an option of the message is an argument of the call', () => {
  const more = { context: { message_id: 'wamid.A' }, biz_opaque_callback_data: 'r-1', ttl_seconds: 60 };
  const calls = written(text('Hello', more));
  assert.equal(
    calls.Rust,
    'client.send(phone, Text::new("Hello")).reply_to("wamid.A").reference("r-1").extra(Json::parse("extra", r#"{"ttl_seconds":60}"#)?).await?;',
  );
  assert.match(calls.Python, /\n {4}reply_to="wamid.A",\n {4}reference="r-1",\n {4}extra=\{"ttl_seconds": 60\}/);
  assert.match(calls.Node, /replyTo: 'wamid.A',\n {2}reference: 'r-1',\n {2}extra: \{ ttl_seconds: 60 \}/);
  assert.match(calls.Kotlin, /replyTo = "wamid.A",\n {4}reference = "r-1",\n {4}extra = """\{"ttl_seconds":60\}"""/);
  assert.match(calls.Swift, /replyTo: "wamid.A",\n {4}reference: "r-1",\n {4}extra: #"\{"ttl_seconds":60\}"#/);
  assert.match(calls['Command line'], /Hello --reply-to wamid.A --reference r-1 --extra '\{"ttl_seconds":60\}'$/);
});

test('what fills a template is typed where the language has a type for it', () => {
  const document = { link: 'https://example.com/a.pdf', filename: 'a.pdf' };
  const components = [
    { type: 'header', parameters: [{ type: 'document', document }] },
    { type: 'body', parameters: [{ type: 'text', parameter_name: 'name', text: 'Asha' }] },
    { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'A-1042' }] },
  ];
  const calls = written({
    to: '1',
    type: 'template',
    template: { name: 'order', language: { code: 'en' }, components },
  });
  assert.match(
    calls.Rust,
    /\.header_params\(\s*\[Parameter::Document\(Media::link\("https:\/\/example.com\/a.pdf"\).filename\("a.pdf"\)\)\]\s*\)/,
  );
  assert.match(calls.Rust, /\.body_params\(\[Parameter::named\("name", "Asha"\)\]\)/);
  assert.match(calls.Rust, /\.buttons\(\[Button::url\("A-1042"\).index\(1\)\]\)/);
  assert.match(calls.Python, /buttons=\[\{"sub_type": "url", "index": 1, "text": "A-1042"\}\]/);
  assert.match(calls.Node, /buttons: \[\{ subType: 'url', index: 1, text: 'A-1042' \}\]/);
  assert.match(
    calls.Kotlin,
    /TemplateParameter.Document\(Media\(link = "https:\/\/example.com\/a.pdf", filename = "a.pdf"\)\)/,
  );
  assert.match(calls.Kotlin, /TemplateButton.Url\("A-1042", index = 1\)/);
  assert.match(calls.Swift, /\.document\(media: Media\(link: "https:\/\/example.com\/a.pdf", filename: "a.pdf"\)\)/);
  assert.match(calls.Swift, /\.url\(text: "A-1042", index: 1\)/);
});
