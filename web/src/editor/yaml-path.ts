/** Where a line of a values file stands, by its indentation alone: good enough while the file is being written. */
export interface YamlPlace {
  /** Keys around the line, its own not included. */
  readonly parents: readonly string[];
  /** Its own key, as far as it is there. */
  readonly key: string | undefined;
  /** Whether a colon follows the key. */
  readonly hasColon: boolean;
}

interface Line {
  readonly indent: number;
  readonly key: string | undefined;
  readonly hasColon: boolean;
}

const START = /^(\s*)((?:- +)*)/;
const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s"'#[\]{}&*!|>%@,:][^:#]*?))\s*:(?=\s|$)/;
const BEGUN_KEY = /^[\w-]+$/;

/** @param lineAt text of a line, from 1. */
export function placeAt(lineAt: (line: number) => string, line: number): YamlPlace {
  const own = read(lineAt(line));
  const parents: string[] = [];
  let { indent } = own;
  for (let above = line - 1; above > 0 && indent > 0; above -= 1) {
    const text = lineAt(above);
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const candidate = read(text);
    if (candidate.indent >= indent) continue;
    if (candidate.hasColon && candidate.key !== undefined) parents.unshift(candidate.key);
    indent = candidate.indent;
  }
  return { parents, key: own.key, hasColon: own.hasColon };
}

function read(text: string): Line {
  const [start = '', spaces = '', dashes = ''] = START.exec(text) ?? [];
  const content = text.slice(start.length).trimEnd();
  const match = KEY.exec(content);
  const key = match?.[1] ?? match?.[2] ?? match?.[3] ?? BEGUN_KEY.exec(content)?.[0];
  return { indent: spaces.length + dashes.length, key, hasColon: match !== null };
}

/** The path of a line whose key is whole. */
export function pathAt(lineAt: (line: number) => string, line: number): readonly string[] {
  const { parents, key, hasColon } = placeAt(lineAt, line);
  return hasColon && key !== undefined ? [...parents, key] : parents;
}
