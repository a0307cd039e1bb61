import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CHARTS } from '../src/chart/charts.ts';
import { type Data, isDataMap } from '../src/template/index.ts';
import type { Definition, Fields, GroupDefinition, ListDefinition } from '../src/values/definition.ts';
import { projectRoot } from './write-generated.ts';

/** The two forms of a type: what there is with the defaults filled in, and what a user may write. */
type Form = 'Values' | 'UserValues';

type Section = GroupDefinition<Fields>;

/**
 * The types of the values as declarations, with what an editor shows of each key. They are what `ValueOf` computes of the
 * definition (test/types/values.ts), written out: a program that uses them compiles fast, reads its errors by the names of
 * sections, and carries nothing of the definition.
 */
export function valuesTypesSource(): string {
  const sections = new Map<string, Section>();
  for (const { id, values } of CHARTS) addSections(sections, pascal(id), '', values);
  const names = new Map([...sections].map(([name, section]) => [section, name]));
  const forms = ['Values', 'UserValues'] as const;
  return [
    `\n${importsOfModels()}`,
    HELPERS,
    ...[...sections].flatMap(([name, section]) =>
      forms.map((form) => sectionText(name, section, form, names)),
    ),
    ...forms.map(byChart),
  ].join('\n');
}

/** Sections by the names of their types: the path, and the name of the chart for all of its values. */
function addSections(sections: Map<string, Section>, name: string, path: string, section: Section): void {
  const known = sections.get(name);
  if (known === section) return;
  if (known !== undefined) throw new Error(`two sections of the values would both have the type ${name}`);
  sections.set(name, section);
  for (const [key, field] of Object.entries(section.fields)) {
    const inner = `${path}${capital(key)}`;
    if (field.kind === 'group') addSections(sections, inner, inner, field);
  }
}

/** The types of Kubernetes that pieces of manifests are of, from where the definition has them. */
function importsOfModels(): string {
  const models = readFileSync(resolve(projectRoot, 'src/values/kubernetes/models.ts'), 'utf8');
  return (models.match(/^import type .*\n/gm) ?? []).join('');
}

/** `Frozen` is that of src/text; generated code imports nothing of ours. */
const HELPERS = `/** Data that nobody changes, at every depth. */
type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** A piece of a manifest as it is written over a default: key by key; null takes a key away, and lists are taken whole. */
type Piece<T> = T extends readonly unknown[]
  ? Frozen<T>
  : T extends object
    ? string extends keyof T
      ? Frozen<T>
      : { readonly [K in keyof T]?: Piece<NonNullable<T[K]>> | null }
    : T;
`;

type Names = ReadonlyMap<Section, string>;

function sectionText(name: string, section: Section, form: Form, names: Names): string {
  const title = form === 'Values' ? section.description : `${section.description} Every key may be left out.`;
  const fields = Object.entries(section.fields).map(([key, field]) => {
    const mark = form === 'UserValues' ? '?' : '';
    return `${comment(commentLines(field), '  ')}  readonly ${key}${mark}: ${typeText(field, form, names)};\n`;
  });
  return `${comment([title], '')}export interface ${name}${form} {\n${fields.join('')}}\n`;
}

function typeText(definition: Definition, form: Form, names: Names): string {
  const orNull = form === 'UserValues' ? ' | null' : '';
  switch (definition.kind) {
    case 'text':
      return 'string';
    case 'integer':
      return 'number';
    case 'flag':
      return 'boolean';
    case 'amount':
      return 'number | string';
    case 'choice':
      return definition.words.map((word) => JSON.stringify(word)).join(' | ');
    case 'textMap':
      return `Readonly<Record<string, string>>${orNull}`;
    case 'list':
      return `readonly ${elementText(definition, names)}[]${orNull}`;
    case 'fragment':
      return `${pieceText(definition, form)}${orNull}`;
    case 'group':
      return groupText(`${names.get(definition) ?? ''}${form}`, definition.open && form === 'UserValues');
  }
}

/** Beside the keys of an open section any other may stand. */
function groupText(name: string, isOpen: boolean): string {
  return isOpen ? `${name} | (${name} & { readonly [key: string]: unknown })` : name;
}

function pieceText({ shape, of }: Extract<Definition, { kind: 'fragment' }>, form: Form): string {
  if (shape === 'list') return `readonly Frozen<I${of}>[]`;
  return form === 'UserValues' ? `Piece<I${of}>` : `Frozen<I${of}>`;
}

/** An element has no defaults, so it reads the same in both forms. */
function elementText({ element, optional }: ListDefinition<Definition>, names: Names): string {
  if (element.kind !== 'group') return typeText(element, 'Values', names);
  const fields = Object.entries(element.fields).map(([key, field]) => {
    const mark = optional.includes(key) ? '?' : '';
    return `${comment([field.description], '    ')}    readonly ${key}${mark}: ${typeText(field, 'Values', names)};\n`;
  });
  return `{\n${fields.join('')}  }`;
}

/** What it means, what its type does not say, and the default. */
function commentLines(definition: Definition): readonly string[] {
  if (definition.kind === 'group') return [definition.description];
  const bounds = boundsText(definition);
  return [
    definition.description,
    ...(bounds === '' ? [] : [bounds]),
    `@default ${shortData(definition.default)}`,
  ];
}

function boundsText(definition: Definition): string {
  switch (definition.kind) {
    case 'text':
      return sentence(definition.grammar.expected);
    case 'integer':
      return `An integer from ${definition.minimum} to ${definition.maximum}.`;
    case 'amount':
      return 'An integer from 0, or a share like `50%`.';
    case 'textMap':
      return `At most ${definition.maxEntries} entries.`;
    case 'list':
      return `At most ${definition.maxItems} elements.`;
    default:
      return '';
  }
}

/** Data on one line. */
function shortData(data: Data): string {
  if (Array.isArray(data)) return `[${data.map(shortData).join(', ')}]`;
  if (!isDataMap(data)) return JSON.stringify(data);
  const entries = Object.entries(data).map(([key, value]) => `${key}: ${shortData(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A comment for editors, which show Markdown. */
function comment(lines: readonly string[], indentation: string): string {
  const texts = lines.map((line) => line.replaceAll('*/', '*\\/').replace(/[<>](?=\w)/g, '\\$&'));
  const [only, ...more] = texts;
  if (more.length === 0) return `${indentation}/** ${only} */\n`;
  return `${indentation}/**\n${texts.map((text) => `${indentation} * ${text}\n`).join('')}${indentation} */\n`;
}

function byChart(form: Form): string {
  const what = form === 'Values' ? 'Complete values' : 'What a user may write';
  const charts = CHARTS.map(({ id }) => `  readonly '${id}': ${pascal(id)}${form};\n`);
  return `/** ${what}, by chart. */\nexport interface ${form}ByChart {\n${charts.join('')}}\n`;
}

function pascal(id: string): string {
  return id.split('-').map(capital).join('');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function sentence(text: string): string {
  return `${capital(text)}.`;
}
