// Writes the JavaScript of the package into `dist`, beside the types that `tsc` has written there.
//
// All of it is one file, `sdk.js`, which the four entries share: a class is the same class through each of them, and Node reads one file
// instead of 22. Node's loader of ES modules reads a CommonJS file that is imported once more, character by character, to find the names
// that it exports. So `index.mjs` says the names itself, and the file that it imports, `index.js`, is three lines long.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));
const dist = join(folder, 'dist');
const ENTRIES = ['index', 'testing'];

/** The whole of `lib`, unminified: stacks and debuggers show it. What stands after `external` is found at run time. */
function bundle() {
  const imports = ENTRIES.map((entry) => `import * as ${entry} from './${entry}';`);
  // Copies, since esbuild's own objects of exports would call a function for each use of a name.
  const copies = ENTRIES.map((entry) => `${entry}: { ...${entry} }`);
  const { outputFiles } = buildSync({
    stdin: {
      contents: `${imports.join('\n')}\nexport = { ${copies.join(', ')} };\n`,
      resolveDir: join(folder, 'lib'),
      sourcefile: 'entries.ts',
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    tsconfig: join(folder, 'tsconfig.json'),
    external: ['./wamid.node', 'wamid-*'],
    write: false,
  });
  return named(outputFiles[0].text);
}

/** A class that names itself is `var Client = class _Client` for esbuild; users would read that name. */
function named(code) {
  const own = [...code.matchAll(/^var (\w+) = class _\1\b/gm)].map(([, name]) => name);
  return own.reduce((code, name) => code.replaceAll(new RegExp(`\\b_${name}\\b`, 'g'), name), code);
}

const written = new Set(['wamid.node']);
function write(name, text) {
  writeFileSync(join(dist, name), text);
  written.add(name);
}

write('sdk.js', bundle());
const sdk = createRequire(import.meta.url)(join(dist, 'sdk.js'));
for (const entry of ENTRIES) {
  const names = Object.keys(sdk[entry]).join(', ');
  // The last line is for that loader alone, where somebody imports the file itself.
  write(
    `${entry}.js`,
    `const sdk = require('./sdk.js');\nmodule.exports = sdk.${entry};\n0 && (module.exports = { ${names} });\n`,
  );
  write(`${entry}.mjs`, `import cjs from './${entry}.js';\nexport const { ${names} } = cjs;\n`);
}

// What an earlier build has left there would be packed.
const sources = readdirSync(join(folder, 'lib'));
for (const name of readdirSync(dist)) {
  const source = name.replace(/\.d\.(m?ts)$/, '.$1');
  if (!written.has(name) && (source === name || !sources.includes(source))) rmSync(join(dist, name));
}
