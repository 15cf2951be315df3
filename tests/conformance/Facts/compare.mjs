// Compares the schemas with tables of the protocol's facts, both ways: nothing missing, nothing more.
//   node tests/conformance/Facts/compare.mjs FACTS_FOLDER SCHEMAS_FOLDER
// FACTS_FOLDER holds fields.tsv, enums.tsv, messages.tsv and, where enumerations have defaults, enum-defaults.tsv. Prints each difference and the counts; exit 1 when they differ.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const [factsFolder, schemasFolder] = process.argv.slice(2);
if (schemasFolder === undefined) {
  console.error('usage: node tests/conformance/Facts/compare.mjs FACTS_FOLDER SCHEMAS_FOLDER');
  process.exit(2);
}

const rows = (name, isOptional = false) => {
  if (isOptional && !existsSync(join(factsFolder, name))) return [];
  const [head, ...lines] = readFileSync(join(factsFolder, name), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  return lines.map((cells) => Object.fromEntries(head.map((key, i) => [key, cells[i] ?? ''])));
};

const differences = [];
const report = (text) => differences.push(text);

// What the facts say, as one text a field, an enumeration and a sender.
const expectedFields = new Map(rows('fields.tsv').map(({ owner, field, multipleOf = '', ...facts }) =>
  [`${owner}.${field}`, JSON.stringify({ ...facts, multipleOf })]));
const expectedEnums = new Map();
for (const { enum: name, value } of rows('enums.tsv')) {
  expectedEnums.set(name, [...(expectedEnums.get(name) ?? []), value]);
}
const expectedDefaults = new Map(rows('enum-defaults.tsv', true).map(({ enum: name, default: value }) => [name, value]));
const other = { ChargingStation: 'CSMS', CSMS: 'ChargingStation', both: 'both' };
const expectedSenders = new Map(rows('messages.tsv').flatMap(({ action, sender, form }) => form === 'SEND'
  ? [[action, sender]] // nothing answers it
  : [[`${action}Request`, sender], [`${action}Response`, other[sender]]]));

// What the schemas say, in the same form.
const number = (text, name) => {
  // A bound stands as it is written in the file: 100.0, not 100.
  const match = new RegExp(`"${name}":\\s*(-?[0-9.]+)`).exec(text);
  return match?.[1] ?? '';
};
const typeOf = (schema) => {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/definitions/', '');
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  if (schema.format === 'date-time') return 'dateTime';
  if (schema.format !== undefined) return schema.format;
  return schema.type ?? 'any';
};
const factsOf = (schema, text, isRequired) => JSON.stringify({
  type: typeOf(schema),
  card: isRequired ? '1' : '0..1',
  maxLength: String(schema.maxLength ?? schema.items?.maxLength ?? ''),
  minItems: String(schema.minItems ?? ''),
  maxItems: String(schema.maxItems ?? ''),
  minimum: number(text, 'minimum'),
  maximum: number(text, 'maximum'),
  default: schema.default === undefined ? '' : JSON.stringify(schema.default),
  multipleOf: number(text, 'multipleOf'),
});

const seenFields = new Set();
const seenEnums = new Set();
const seenSenders = new Set();
let compared = 0;

// The text of each property, so that its numbers can be read as they are written: files are indented by two spaces.
const textsOf = (text, indentation) => {
  const texts = new Map();
  const pattern = new RegExp(`^ {${indentation}}"([^"]+)": \\{\\n([\\s\\S]*?)^ {${indentation}}\\}`, 'gm');
  for (const match of text.matchAll(pattern)) texts.set(match[1], match[2]);
  return texts;
};

const compareObject = (owner, schema, texts, file) => {
  const isOpen = owner === 'CustomDataType';
  if ((schema.additionalProperties === false) === isOpen) report(`${file}: ${owner} must ${isOpen ? '' : 'not '}take further properties`);
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    const key = `${owner}.${field}`;
    const facts = factsOf(property, texts.get(field) ?? '', (schema.required ?? []).includes(field));
    if (expectedFields.get(key) !== facts) report(`${file}: ${key}\n  facts  ${expectedFields.get(key) ?? 'none'}\n  schema ${facts}`);
    if (property.description === undefined) report(`${file}: ${key} has no description`);
    seenFields.add(key);
    compared++;
  }
};

for (const name of readdirSync(schemasFolder).filter((file) => file.endsWith('.json')).sort()) {
  const text = readFileSync(join(schemasFolder, name), 'utf8');
  const root = JSON.parse(text);
  const message = basename(name, '.json');
  if (root['x-sender'] !== expectedSenders.get(message)) report(`${name}: x-sender is ${root['x-sender']}, not ${expectedSenders.get(message)}`);
  seenSenders.add(message);
  compareObject(message, root, textsOf(text, 4), name);
  const definitionTexts = textsOf(text, 4);
  for (const [type, schema] of Object.entries(root.definitions ?? {})) {
    if (schema.enum === undefined) {
      compareObject(type, schema, textsOf(definitionTexts.get(type) ?? '', 8), name);
    } else {
      const expected = JSON.stringify(expectedEnums.get(type));
      if (expected !== JSON.stringify(schema.enum)) report(`${name}: ${type}\n  facts  ${expected}\n  schema ${JSON.stringify(schema.enum)}`);
      if (schema.default !== expectedDefaults.get(type)) report(`${name}: ${type}\n  default by the facts ${expectedDefaults.get(type) ?? 'none'}, in the schema ${schema.default ?? 'none'}`);
      seenEnums.add(type);
      compared += schema.enum.length;
    }
  }
}

for (const key of expectedFields.keys()) if (!seenFields.has(key)) report(`no schema has ${key}`);
for (const key of expectedEnums.keys()) if (!seenEnums.has(key)) report(`no schema has ${key}`);
for (const key of expectedDefaults.keys()) if (!seenEnums.has(key)) report(`no schema has ${key}, of which the default is known`);
for (const key of expectedSenders.keys()) if (!seenSenders.has(key)) report(`there is no ${key}.json`);

differences.forEach((difference) => console.log(difference));
console.log(`${seenSenders.size} messages, ${seenFields.size} fields, ${seenEnums.size} enumerations; ${compared} fields and values compared in all files; ${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
