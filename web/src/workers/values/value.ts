import { type Explanation, explainValue } from '../../../../src/index.ts';
import { explainPath } from './explain.ts';
import { pathsByLine } from './lines.ts';
import type { Answer, RenderedObject } from './protocol.ts';
import { shortText } from './short-text.ts';
import type { State } from './state.ts';

/** What a value means, and which lines of which objects come from it. */
export function describeValue(state: State, path: readonly string[]): Answer {
  const known = nearestValue(state, path);
  if (known === undefined) return { kind: 'failed', message: `the chart has no value ${path.join('.')}` };
  const readers = state.objects.filter(({ source }) => known.readBy.includes(source));
  return {
    kind: 'value',
    path: known.path,
    description: known.description,
    default: known.default === undefined ? undefined : shortText(known.default),
    lines: readers.flatMap((object) => linesFrom(state, object, known.path)),
    objects: readers.map(({ key }) => key),
    unreadBecause: known.unreadBecause,
  };
}

/** Inside of a free map or a piece of a manifest, the value is the map. */
function nearestValue(state: State, path: readonly string[]) {
  for (let length = path.length; length > 0; length -= 1) {
    const value = explainValue(state.loaded, state.release, path.slice(0, length));
    if (value !== undefined) return value;
  }
  return undefined;
}

function linesFrom(state: State, object: RenderedObject, path: readonly string[]) {
  const wanted = path.join('.');
  const lines: { object: string; line: number }[] = [];
  for (const [line, fieldPath] of pathsByLine(object.yaml)) {
    const field = explainPath(state, object, fieldPath);
    if (field?.explanation !== undefined && comesFrom(field.explanation, wanted)) {
      lines.push({ object: object.key, line });
    }
  }
  return lines;
}

function comesFrom(explanation: Explanation, wanted: string): boolean {
  if (explanation.state === 'not asked' || explanation.state === 'empty') return false;
  if (explanation.path?.join('.') === wanted) return true;
  return explanation.parts.some((part) => comesFrom(part, wanted));
}
