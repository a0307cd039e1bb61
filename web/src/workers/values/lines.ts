import { type Located, readDocument } from '../../../../src/yaml/index.ts';

/** The path of the field that each line of an object's YAML begins, by line from 1. */
export function pathsByLine(yaml: string): ReadonlyMap<number, readonly string[]> {
  const document = readDocument(yaml, { file: '' });
  const paths = new Map<number, readonly string[]>();
  if (document.ok) walk(document.positions, [], paths);
  return paths;
}

/** The innermost path of a line wins, but a key before what begins on its line: `- name: a` is the name. */
function walk(place: Located, path: readonly string[], paths: Map<number, readonly string[]>): void {
  for (const [key, entry] of place.entries) {
    const own = [...path, key];
    const line = (entry.key ?? entry.value).line;
    paths.set(line, own);
    walk(entry, own, paths);
  }
}

/** The path of a line: of a text over several lines, that of the line where it begins. */
export function pathAtLine(paths: ReadonlyMap<number, readonly string[]>, line: number): readonly string[] {
  for (let above = line; above > 0; above -= 1) {
    const path = paths.get(above);
    if (path !== undefined) return path;
  }
  return [];
}
