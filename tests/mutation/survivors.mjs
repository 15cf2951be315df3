// The survivors that are known, and how a change to the code is written so that reformatting and neighbouring edits don't matter.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text without the white space that formatting decides: only what separates two words stays, as one space. */
export const normalize = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w@"' ]) ?/g, '$1')
    .replace(/,([)\]}])/g, '$1')
    .trim();

/** The member of a type that a line of C# belongs to. Members are indented by four spaces, as CSharpier does. */
export function memberAt(lines, index) {
  for (let i = index; i >= 0; i--) {
    if (!/^ {4}[A-Za-z_]/.test(lines[i]) || /^ {4}where\b/.test(lines[i])) continue;
    const head = lines[i].split(/ =>| = | \{|;/)[0];
    const method = /([\w.]+)(?:<[^()]*>)?\(/.exec(head);
    return method ? method[1] : head.replace(/<.*>/, '').trim().split(/[\s?]+/).at(-1);
  }

  return 'type';
}

/** One survivor: "File.cs: Member: part => replacement". */
export function describe(file, member, part, replacement) {
  const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
  return `${file}: ${member}: ${oneLine(part)} => ${oneLine(replacement)}`;
}

/** The survivors in survivors.txt, each with its reason: a line "# reason", then lines as describe() writes them. */
export function readSurvivors() {
  const survivors = [];
  let reason = '';
  for (const line of readFileSync(join(import.meta.dirname, 'survivors.txt'), 'utf8').split('\n')) {
    if (line.startsWith('# ')) reason = line.slice(2);
    else if (line !== '') survivors.push({ line, reason });
  }

  return survivors;
}
