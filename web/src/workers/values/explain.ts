import { type Explanation, explainManifestField } from '../../../../src/index.ts';
import { findOrigin } from '../../../../src/values/load/index.ts';
import { pathAtLine, pathsByLine } from './lines.ts';
import type { Answer, Reason, RenderedObject } from './protocol.ts';
import { shortText } from './short-text.ts';
import type { State } from './state.ts';

/** Explains the field that stands at a line of an object. */
export function explainLine(state: State, key: string, line: number): Answer {
  const object = state.objects.find((candidate) => candidate.key === key);
  if (object === undefined) return { kind: 'failed', message: `${key} is not rendered` };
  const path = pathAtLine(pathsByLine(object.yaml), line);
  const field = explainPath(state, object, path);
  if (field === undefined) return { kind: 'failed', message: `${path.join('.')} is not there` };
  return {
    kind: 'explain',
    path,
    value: shortText(field.value),
    conditions: field.conditions,
    reasons: field.explanation === undefined ? [] : [reasonOf(state, field.explanation)],
    source: field.source,
  };
}

/** Explains a field of an object by its path. */
export function explainPath(state: State, object: RenderedObject, path: readonly string[]) {
  const { kind, name, namespace } = object;
  return explainManifestField(state.loaded, state.release, { kind, name, namespace, path });
}

function reasonOf(state: State, explanation: Explanation): Reason {
  const { label, path, value, state: standing, because, parts } = explanation;
  const origin = path === undefined ? null : findOrigin(state.loaded.origins, path).value;
  return {
    label,
    path,
    value: shortText(value),
    state: standing,
    because,
    line: origin?.line ?? undefined,
    parts: parts.map((part) => reasonOf(state, part)),
  };
}
