import type { Definition, Field, Fields, GroupDefinition } from './language.ts';
import { namedIn } from './schema.ts';

/**
 * A definition as Markdown: a table of the fields of the document, then of each named group. Fields of groups without
 * a name stand in the table of the group around them.
 */
export function definitionTables(title: string, document: GroupDefinition<Fields>): readonly string[] {
  const sections = namedIn(document).flatMap(({ name, description, definition }) =>
    definition.kind === 'group'
      ? [`## \`${name}\``, description, table(definition)]
      : [`## \`${name}\``, `${description} ${sentence(allowed(definition))}`],
  );
  return [`## ${title}`, table(document), ...sections];
}

function table(group: GroupDefinition<Fields>): string {
  const rows = rowsOf('', group).map((cells) => `| ${cells.join(' | ')} |`);
  return ['| Field | Holds | Needed | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

type Row = readonly string[];

function rowsOf(path: string, { fields }: GroupDefinition<Fields>): readonly Row[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const inner = `${path}${key}`;
    return [rowOf(inner, field), ...innerRows(inner, field.definition)];
  });
}

function rowOf(path: string, { definition, isOptional, description }: Field): Row {
  return [`\`${path}\``, allowed(definition), isOptional ? '' : 'yes', description].map(cell);
}

function innerRows(path: string, definition: Definition): readonly Row[] {
  switch (definition.kind) {
    case 'group':
      return rowsOf(`${path}.`, definition);
    case 'list':
      return innerRows(`${path}[]`, definition.element);
    case 'map':
      return innerRows(`${path}.*`, definition.value);
    default:
      return [];
  }
}

/** What a field may hold, in a few words. */
function allowed(definition: Definition): string {
  switch (definition.kind) {
    case 'named':
      return `[${definition.name}](#${definition.name.toLowerCase()})`;
    case 'text':
      return definition.pattern === undefined ? 'text' : `text that matches \`${definition.pattern}\``;
    case 'integer':
      return ['integer', ...boundsOf(definition)].join(', ');
    case 'flag':
      return '`true` or `false`';
    case 'constant':
      return `\`${definition.word}\``;
    case 'choice':
      return definition.words.map((word) => `\`${word}\``).join(', ');
    case 'textOrInteger':
      return 'text or integer';
    case 'opaque':
      return `${definition.shape}, not looked into`;
    case 'anything':
      return 'anything';
    case 'list':
      return `list of ${allowed(definition.element)}`;
    case 'map':
      return `map of ${allowed(definition.value)}`;
    case 'group':
      return definition.isOpen ? 'map; other keys may be there' : 'map';
  }
}

function boundsOf({ minimum, maximum }: { minimum?: number; maximum?: number }): readonly string[] {
  return [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A bar would end the cell, in code too. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
