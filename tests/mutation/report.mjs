// Sums up what Stryker found, and holds the survivors to those that are explained: node report.mjs COMPONENT=REPORT.json...
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const survivorsFile = join(import.meta.dirname, 'survivors.txt');

/** What stands at a place of a mutant, in one line. */
function original(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return oneLine(lines.join('\n'));
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** The survivors that are known, each with its reason: a line "# reason", then lines "File.cs: line of code: part => replacement". */
function readExplained() {
  const explained = new Map();
  let reason = '';
  for (const line of readFileSync(survivorsFile, 'utf8').split('\n').filter((text) => text !== '')) {
    if (line.startsWith('# ')) reason = line.slice(2);
    else explained.set(line, reason);
  }

  return explained;
}

const explained = readExplained();
const unexplained = [];
const reasons = new Map();
console.log('| component | mutants | killed | timed out | survived | not covered | score |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const argument of process.argv.slice(2)) {
  const [component, path] = argument.split('=');
  const count = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
  for (const [file, { source, mutants }] of Object.entries(JSON.parse(readFileSync(path, 'utf8')).files)) {
    for (const { status, location, replacement } of mutants) {
      if (!(status in count)) continue;
      count[status]++;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const place = oneLine(source.split('\n')[location.start.line - 1]);
      const line = `${basename(file)}: ${place}: ${original(source, location)} => ${oneLine(replacement)}`;
      if (explained.has(line)) reasons.set(explained.get(line), (reasons.get(explained.get(line)) ?? 0) + 1);
      else unexplained.push(`${line}    (${component}, line ${location.start.line}, ${status})`);
    }
  }

  const found = count.Killed + count.Timeout;
  const all = found + count.Survived + count.NoCoverage;
  const score = all === 0 ? 0 : (100 * found) / all;
  console.log(`| ${component} | ${all} | ${count.Killed} | ${count.Timeout} | ${count.Survived} | ${count.NoCoverage} | ${score.toFixed(1)} % |`);
  if (score < 85) process.exitCode = 1;
}

for (const [reason, count] of reasons) console.log(`${count} survived: ${reason}`);
if (unexplained.length > 0) {
  process.exitCode = 1;
  console.log(`${unexplained.length} survived and are not explained in survivors.txt:`);
  for (const line of unexplained) console.log(`  ${line}`);
}
