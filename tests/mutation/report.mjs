// Sums up what Stryker found, and holds the survivors to those that are explained: node report.mjs COMPONENT=REPORT.json...
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, memberAt, normalize, readSurvivors } from './survivors.mjs';

/** The code at the location of a mutant. */
function original(lines, { start, end }) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part.at(-1).slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return part.join('\n');
}

const explained = new Map(readSurvivors().map(({ line, reason }) => [normalize(line), reason]));
const unexplained = [];
const reasons = new Map();
console.log('| component | mutants | killed | timed out | survived | not covered | score |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const argument of process.argv.slice(2)) {
  const [component, path] = argument.split('=');
  const count = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
  for (const [file, { source, mutants }] of Object.entries(JSON.parse(readFileSync(path, 'utf8')).files)) {
    const lines = source.split('\n');
    for (const { status, location, replacement } of mutants) {
      if (!(status in count)) continue;
      count[status]++;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const line = describe(basename(file), memberAt(lines, location.start.line - 1), original(lines, location), replacement);
      const reason = explained.get(normalize(line));
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
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
