import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import type { SeenObject } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { helmRelease, ownObjects, unseenObjects } from '../own-objects.ts';

export const objectOwner: PreflightRule = {
  code: 'ObjectOwner',
  looksAt:
    'What is there under the name of an object of the release belongs to this release, by the annotations of Helm.',
  replaces: [],
  next: 'remove it, choose another release name, or let Helm take it over: helm upgrade --install --take-ownership',
  check: (facts) => [
    ...unseenObjects(facts),
    ...ownObjects(facts, (_wanted, there): readonly Said[] => {
      const owner = ownerOf(there);
      const { name, namespace } = facts.wanted.release;
      return [
        owner === `release ${namespace}/${name}`
          ? ok(nameOf(there), owner)
          : failed(nameOf(there), `an object of release ${namespace}/${name}`, owner),
      ];
    }),
  ],
};

function ownerOf(object: SeenObject): string {
  const release = helmRelease(object);
  if (release !== undefined) return `release ${release}`;
  const manager = textOf(get(object.metadata.labels, 'app.kubernetes.io/managed-by'));
  return manager === undefined ? 'one that nobody says to be theirs' : `one of ${manager}`;
}
