import type { Definition, Fields, GroupDefinition } from './definition.ts';

/** Writes data as YAML; `emitDocument` of the yaml room is one. */
export type WriteYaml = (data: unknown) => string;

const LONGEST_LINE = 100;

/** By it an editor finds the schema that stands beside the file, completes keys and shows what is wrong. */
const SCHEMA_LINE = '# yaml-language-server: $schema=values.schema.json';

/**
 * The values.yaml of a chart: every key with its default, led by what it means in the form that helm-docs reads
 * (`# -- description`). Read back, it gives the default values.
 */
export function valuesYaml({ description, fields }: GroupDefinition<Fields>, writeYaml: WriteYaml): string {
  return `${SCHEMA_LINE}\n# ${description}\n${fieldsText(fields, '', writeYaml)}`;
}

function fieldsText(fields: Fields, indentation: string, writeYaml: WriteYaml): string {
  const texts = Object.entries(fields).map(
    ([key, field]) => commentText(field, indentation) + entryText(key, field, indentation, writeYaml),
  );
  return indentation === '' ? texts.map((text) => `\n${text}`).join('') : texts.join('');
}

function entryText(key: string, field: Definition, indentation: string, writeYaml: WriteYaml): string {
  if (field.kind === 'group') {
    const inside = fieldsText(field.fields, `${indentation}  `, writeYaml);
    return `${indentation}${key}:${inside === '' ? ' {}\n' : `\n${inside}`}`;
  }
  return writeYaml({ [key]: field.default }).replace(/^(?=.)/gm, indentation);
}

function commentText(field: Definition, indentation: string): string {
  const text = [field.description, boundsText(field)].filter((part) => part !== '').join(' ');
  const lines = linesOf(text, LONGEST_LINE - indentation.length - '# -- '.length);
  return lines.map((line, index) => `${indentation}# ${index === 0 ? '-- ' : ''}${line}\n`).join('');
}

/** What the default does not show. */
function boundsText(field: Definition): string {
  if (field.kind === 'choice') return `One of ${field.words.filter((word) => word !== '').join(', ')}.`;
  return field.kind === 'integer' ? `From ${field.minimum} to ${field.maximum}.` : '';
}

function linesOf(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length >= longest) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
