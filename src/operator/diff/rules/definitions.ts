import { at, get, isRecord, listOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import type { ManifestObject } from '../manifest-object.ts';
import type { DiffRule } from '../rule.ts';

const KIND = 'CustomResourceDefinition';

function isKeptByHelm(object: ManifestObject | undefined): boolean {
  return textOf(at(object, 'metadata', 'annotations', 'helm.sh/resource-policy')) === 'keep';
}

const definitionGone: DiffRule = {
  name: 'DefinitionGone',
  says: 'A definition is removed and not kept: every object of its kind is deleted with it.',
  source: 'Kubernetes, CustomResourceDefinitions: deletion; Helm: helm.sh/resource-policy',
  weight: 'outage',
  next: 'keep it (crds.install), or save its objects first',
  find: (changes) =>
    changes
      .ofKind(KIND)
      .filter(({ before, after }) => after === undefined && !isKeptByHelm(before))
      .map(({ object }) => ({ object, message: 'it goes, with every object of its kind' })),
};

const definitionLeft: DiffRule = {
  name: 'DefinitionLeft',
  says: 'A definition leaves the release and stays in the cluster: it gets no updates any more.',
  source: 'docs/upgrading.md, The definitions',
  weight: 'risk',
  next: 'let another release own it, or apply new versions by hand',
  find: (changes) =>
    changes
      .ofKind(KIND)
      .filter(({ before, after }) => after === undefined && isKeptByHelm(before))
      .map(({ object }) => ({ object, message: 'it stays as it is, and belongs to no release' })),
};

const definitionVersionGone: DiffRule = {
  name: 'DefinitionVersionGone',
  says: 'A definition serves a version no longer: whoever uses it is refused, and the API server takes no definition without a version that is stored.',
  source: 'Kubernetes, Versions in CustomResourceDefinitions',
  weight: 'outage',
  next: 'store all objects in another version first',
  find: (changes) =>
    changes.ofKind(KIND).flatMap(({ object, before, after }) => {
      if (before === undefined || after === undefined) return [];
      const served = servedVersions(after);
      const gone = servedVersions(before).filter((version) => !served.includes(version));
      return gone.length === 0 ? [] : [{ object, message: `it serves ${listed(gone)} no longer` }];
    }),
};

function servedVersions(definition: ManifestObject): readonly string[] {
  return listOf(at(definition, 'spec', 'versions'))
    .filter((version) => get(version, 'served') === true)
    .flatMap((version) => textOf(get(version, 'name')) ?? []);
}

const definitionFieldGone: DiffRule = {
  name: 'DefinitionFieldGone',
  says: 'A field leaves the schema of a definition: the API server drops it from every object that has it.',
  source: 'Kubernetes, CustomResourceDefinitions: pruning',
  weight: 'risk',
  next: 'see that no object has the field',
  find: (changes) =>
    changes.ofKind(KIND).flatMap(({ object, before, after }) => {
      if (before === undefined || after === undefined) return [];
      const stay = new Set(fieldsOf(after));
      const gone = fieldsOf(before).filter((field) => !stay.has(field));
      return gone.length === 0 ? [] : [{ object, message: `it knows ${listed(gone)} no longer` }];
    }),
};

/** The paths of all properties in the schemas of all versions. */
function fieldsOf(definition: ManifestObject): readonly string[] {
  return listOf(at(definition, 'spec', 'versions')).flatMap((version) =>
    propertiesOf(at(version, 'schema', 'openAPIV3Schema'), `${String(get(version, 'name'))}:`),
  );
}

function propertiesOf(schema: unknown, path: string): readonly string[] {
  const properties = get(schema, 'properties');
  const inner = isRecord(properties)
    ? Object.entries(properties).flatMap(([key, value]) => {
        const below = path.endsWith(':') ? `${path}${key}` : `${path}.${key}`;
        return [below, ...propertiesOf(value, below)];
      })
    : [];
  const items = get(schema, 'items');
  return items === undefined ? inner : [...inner, ...propertiesOf(items, `${path}[]`)];
}

const definitionChanged: DiffRule = {
  name: 'DefinitionChanged',
  says: 'A definition comes or has another schema; Helm applies it as any other object of the chart.',
  source: 'docs/upgrading.md, The definitions',
  weight: 'notice',
  next: 'nothing; with crds.install=false apply it by hand',
  find: (changes) =>
    changes.ofKind(KIND).flatMap(({ object, before, after, fields }) => {
      if (before === undefined) return [{ object, message: 'its kind is served from now on' }];
      const isOther = fields.some(({ path }) => path.startsWith('spec'));
      return after !== undefined && isOther ? [{ object, message: 'its schema is another one' }] : [];
    }),
};

export const DEFINITION_RULES: readonly DiffRule[] = [
  definitionGone,
  definitionVersionGone,
  definitionFieldGone,
  definitionLeft,
  definitionChanged,
];
