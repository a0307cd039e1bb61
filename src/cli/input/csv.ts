import { UsageError } from '../usage.ts';

/**
 * Splits the argument of a flag that takes several texts at once, as Helm does: `a,b`; a text with a comma or a quote in
 * it is written `"a,b"`, quotes inside it doubled. Source: RFC 4180.
 */
export function splitCsv(flag: string, argument: string): readonly string[] {
  if (!argument.includes('"')) return argument.split(',').filter((text) => text !== '');
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  const texts: string[] = [];
  while (field.lastIndex <= argument.length) {
    const match = field.exec(argument);
    if (match === null)
      throw new UsageError(`${flag}: a quote is not closed or stands inside a text`, 'write "a,b",c');
    texts.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') break;
  }
  return texts.filter((text) => text !== '');
}
