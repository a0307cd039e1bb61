import { type Diff, diffObjects } from '../../../../src/operator/diff/index.ts';
import type { CompareAnswer, FieldDifference } from './protocol.ts';
import { shortText } from './short-text.ts';
import type { State } from './state.ts';

/** What differs between the objects of two sessions, field by field, and what that means. */
export function compareWith(state: State, base: State): CompareAnswer {
  if (base.objects.length === 0 || state.objects.length === 0) {
    return { kind: 'compare', consequences: [], differences: [], unchanged: 0, refused: true };
  }
  const diff = diffObjects(objectsOf(base), objectsOf(state));
  const before = new Map(base.objects.map(({ key, yaml }) => [key, yaml]));
  const unchanged = state.objects.filter(({ key, yaml }) => before.get(key) === yaml).length;
  const { consequences } = diff;
  return { kind: 'compare', consequences, differences: differencesOf(diff), unchanged, refused: false };
}

function objectsOf({ rendered }: State) {
  return rendered.manifests.map(({ manifest }) => ({ ...manifest }));
}

function differencesOf({ changes }: Diff): readonly FieldDifference[] {
  return changes.flatMap(({ object, change, fields }): readonly FieldDifference[] =>
    change === 'changed'
      ? fields.map(({ path, before, after }) => ({
          ...{ object, change, path },
          ...{ before: shown(before), after: shown(after) },
        }))
      : [{ object, change }],
  );
}

function shown(value: unknown): string {
  return value === null ? '' : shortText(value);
}
