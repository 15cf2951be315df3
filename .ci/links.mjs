// Checks that each relative link in the Markdown files leads to a file, and each anchor to a heading of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
  .split('\0').filter(file => file !== '' && existsSync(file));
const withoutCode = text => text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');

// The anchor of a heading as GitHub makes it: lower case, punctuation removed, blanks to hyphens, repeated ones numbered.
const anchorsOf = file => {
  const seen = new Map();
  const anchors = new Set();
  for (const [, title] of readFileSync(file, 'utf8').replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').matchAll(/^#{1,6} +(.+)$/gm)) {
    const slug = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
};

let count = 0;
const broken = [];
for (const file of files) {
  for (const [, target] of withoutCode(readFileSync(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      continue;
    }
    count++;
    const [place, anchor] = target.split('#', 2);
    const found = place === '' ? file : path.join(path.dirname(file), decodeURIComponent(place));
    if (!existsSync(found)) {
      broken.push(`${file}: ${target}: no such file`);
    } else if (anchor !== undefined && found.endsWith('.md') && !anchorsOf(found).has(anchor)) {
      broken.push(`${file}: ${target}: no such heading`);
    }
  }
}

broken.forEach(line => console.log(line));
console.log(`${count} links in ${files.length} files, ${broken.length} broken`);
process.exit(count > 0 && broken.length === 0 ? 0 : 1);
