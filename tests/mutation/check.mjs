// Holds the components and survivors.txt to the present code, without running anything: node check.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { memberAt, normalize, readSurvivors } from './survivors.mjs';

const root = join(import.meta.dirname, '../..');
const faults = [];
const mutated = new Map();
let patterns = 0;

/** The files below a folder that a pattern names; only file names have wildcards. */
function matches(folder, pattern) {
  const path = join(folder, dirname(pattern));
  const name = new RegExp(`^${basename(pattern).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return existsSync(path) ? readdirSync(path).filter((file) => name.test(file)).map((file) => join(path, file)) : [];
}

/** The full names of a test project's tests, as far as a text search finds them. */
function testNames(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.cs') && !/(^|[\\/])(bin|obj)[\\/]/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const type = `${/^namespace (.+);/m.exec(text)?.[1]}.${basename(file, '.cs')}`;
      return [...text.matchAll(/^ {4}public .*?(\w+)\(/gm)].map((match) => `${type}.${match[1]}`);
    });
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'))) {
  const config = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))['stryker-config'];
  const project = basename(config.project, '.csproj');
  for (const pattern of config.mutate) {
    const found = matches(join(root, 'src', project), pattern);
    patterns++;
    if (found.length === 0) faults.push(`${file}: no file matches ${pattern}`);
    for (const path of found) mutated.set(basename(path), path);
  }

  const names = testNames(join(root, 'tests/unit', `${project}.Tests`));
  for (const [, part] of config['test-case-filter'].matchAll(/FullyQualifiedName!?~([\w.]+)/g)) {
    if (!names.some((name) => name.includes(part))) faults.push(`${file}: no test matches ${part}`);
  }
}

const survivors = readSurvivors();
for (const { line } of survivors) {
  const [, file, member, change] = /^(\S+\.cs): (\S+): (.+)$/s.exec(line) ?? [];
  if (!mutated.has(file)) {
    faults.push(`survivors.txt: no component has the file: ${line}`);
    continue;
  }

  const lines = readFileSync(mutated.get(file), 'utf8').split('\n');
  const code = normalize(lines.filter((_, i) => memberAt(lines, i) === member).join('\n'));
  const arrows = [...change.matchAll(/ => /g)].map((match) => change.slice(0, match.index));
  if (!arrows.some((part) => code.includes(normalize(part)))) faults.push(`survivors.txt: the code is gone: ${line}`);
}

console.log(`${patterns} patterns and ${survivors.length} survivors, ${faults.length} of them without code`);
for (const fault of faults) console.log(`  ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
