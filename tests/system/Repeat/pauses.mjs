// Puts a pause before each statement of a copy of the sources that waits, locks, or moves a test's time on:
//   node pauses.mjs FOLDER
// What runs on another thread gets ahead of such a statement now and then, as it may on any machine. By environment, when the tests
// run: PAUSE_PERCENT=20 of the statements pause, for less than PAUSE_MS=4 milliseconds.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2];
const folders = ['src', 'tests/unit', 'tests/conformance/Ocpp.Certification.Tests'];
const without = /[\\/](bin|obj|Ocpp\.(Tool|Generators|PublicApi|Architecture)[^\\/]*)[\\/]/;
const statement = /^\s+(?:(?:return |(?:var|[a-z]+|[A-Z][\w<>[\]?,. ]*) \w+ = |using \(|_ = )?await |lock \(|[\w.]+\.Advance(?:Async)?\()/;
const call = 'global::Noise.Pause.Now();';
let pauses = 0;

for (const folder of folders) {
  for (const file of readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith('.cs'))) {
    const path = join(root, folder, file);
    if (without.test(path)) continue;
    let before = '';
    const lines = readFileSync(path, 'utf8').split('\n').flatMap((line) => {
      const isAfterStatement = /[;{}]$/.test(before) && !before.startsWith('//');
      if (line.trim() !== '') before = line.trim();
      if (!isAfterStatement || !statement.test(line) || line.endsWith(',')) return line; // an element of a list is no statement
      pauses++;
      return [line.replace(/\S.*/, call), line];
    });
    writeFileSync(path, lines.join('\n'));
  }
}

const noise = join(root, 'src/Ocpp.Sdk/Noise');
mkdirSync(noise);
writeFileSync(
  join(noise, 'Pause.cs'),
  `namespace Noise;

public static class Pause
{
    private static readonly int s_percent = Read("PAUSE_PERCENT", 20);
    private static readonly int s_most = Read("PAUSE_MS", 4);

    public static void Now()
    {
        if (Random.Shared.Next(100) < s_percent)
        {
            Thread.Sleep(Random.Shared.Next(s_most));
        }
    }

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)
            : otherwise;
}
`,
);
console.log(`${pauses} pauses`);
