import type { Problem } from '../../../src/index.ts';
import type { Say } from '../shared/language.ts';

/** A change of the text that a problem's hint asks for. */
export interface Fix {
  readonly label: string;
  readonly text: string;
  /** Where the cursor goes. */
  readonly line: number;
  readonly column: number;
}

/** Changes that a person may take over with one click. */
export function fixesOf(problem: Problem, text: string, say: Say): readonly Fix[] {
  const lines = text.split('\n');
  return [renamed(problem, lines, say), removed(problem, lines, say), added(problem, lines, say)].filter(
    (fix) => fix !== undefined,
  );
}

/** `did you mean gatewayAPI.platform?`: the last part of the path stands at the place of the problem. */
function renamed({ hint, path, line, column }: Problem, lines: readonly string[], say: Say): Fix | undefined {
  const meant = /^did you mean ([\w.[\]-]+)\?/.exec(hint)?.[1];
  const at = line === null ? undefined : lines[line - 1];
  if (meant === undefined || line === null || column === null || at === undefined) return undefined;
  const wrong = lastPart(path);
  const right = meant.startsWith(parentOf(path)) ? lastPart(meant) : meant;
  const rest = at.slice(column - 1);
  const found = rest.indexOf(wrong);
  const target = found === 0 ? wrong : (/^["']?([^"'\s:,#]+)/.exec(rest)?.[1] ?? wrong);
  const place = column - 1 + rest.indexOf(target);
  if (rest.indexOf(target) < 0) return undefined;
  const changed = `${at.slice(0, place)}${right}${at.slice(place + target.length)}`;
  return { label: say('fix.rename', { to: right }), text: withLine(lines, line, changed), line, column };
}

/** `remove the line`: of one that holds its value and nothing else. */
function removed({ hint, line }: Problem, lines: readonly string[], say: Say): Fix | undefined {
  if (line === null || !hint.startsWith('remove the line')) return undefined;
  const at = lines[line - 1] ?? '';
  if (!/^\s*[\w.-]+:\s+[^\s{[|>&]/.test(at)) return undefined;
  const text = lines.filter((_, index) => index !== line - 1).join('\n');
  return { label: say('fix.remove'), text, line, column: 1 };
}

/** `set gatewayAPI.platform.hostname`: the key is added to the section around it, for a person to fill in. */
function added({ hint }: Problem, lines: readonly string[], say: Say): Fix | undefined {
  const wanted = /^set ([\w.]+)(?: to (true|false|[\w-]+))?(?:[,;. ]|$)/.exec(hint);
  const path = wanted?.[1];
  if (path === undefined || !path.includes('.')) return undefined;
  const value = wanted?.[2] ?? '';
  const change = setIn(lines, path.split('.'), value);
  return change === undefined ? undefined : { label: say('fix.set', { path }), ...change };
}

function setIn(
  lines: readonly string[],
  path: readonly string[],
  value: string,
): Omit<Fix, 'label'> | undefined {
  let from = 0;
  let to = lines.length;
  for (const [depth, key] of path.entries()) {
    const indent = '  '.repeat(depth);
    const found = lines.findIndex(
      (line, index) => index >= from && index < to && line.startsWith(`${indent}${key}:`),
    );
    if (found < 0)
      return insertAt(lines, depth === 0 ? trimmedEnd(lines) : from, path.slice(depth), depth, value);
    if (depth === path.length - 1) {
      const line = `${indent}${key}: ${value}`;
      return { text: withLine(lines, found + 1, line), line: found + 1, column: line.length + 1 };
    }
    if (!/:\s*(#.*)?$/.test(lines[found] ?? '')) return undefined;
    const end = lines.findIndex(
      (line, index) => index > found && /\S/.test(line) && !line.startsWith(`${indent} `),
    );
    from = found + 1;
    to = end < 0 ? lines.length : end;
  }
  return undefined;
}

function insertAt(
  lines: readonly string[],
  index: number,
  keys: readonly string[],
  depth: number,
  value: string,
): Omit<Fix, 'label'> {
  const added = keys.map((key, step) => {
    const isLast = step === keys.length - 1;
    return `${'  '.repeat(depth + step)}${key}:${isLast ? ` ${value}` : ''}`;
  });
  const text = [...lines.slice(0, index), ...added, ...lines.slice(index)].join('\n');
  return { text, line: index + added.length, column: (added.at(-1)?.length ?? 0) + 1 };
}

function trimmedEnd(lines: readonly string[]): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}

function withLine(lines: readonly string[], line: number, text: string): string {
  return lines.map((old, index) => (index === line - 1 ? text : old)).join('\n');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}
