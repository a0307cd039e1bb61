/**
 * Writes src/values/kubernetes/table.ts: what Kubernetes takes at the places of a manifest that values pass through.
 * Run by hand when a pin of Kubernetes moves (`npm run kubernetes-types`): it needs the tools and Go modules.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KUBE_VERSION } from '../src/helm/options.ts';
import type { KubernetesTypeName } from '../src/values/kubernetes/models.ts';
import { tools } from '../tools/catalog.ts';
import { versionOf } from '../tools/lib/pins.ts';
import { type OpenApiSchema, type OpenApiTypes, releasedTypes, servedTypes } from './kubernetes/open-api.ts';
import { projectRoot } from './write-generated.ts';

/** Types that a place in the values may be of; see `fragment` in src/values/definition.ts. */
const ROOTS: readonly KubernetesTypeName[] = [
  ...(['EnvVar', 'EnvFromSource', 'ResourceRequirements', 'SecurityContext', 'Probe', 'Lifecycle'] as const),
  ...(['VolumeMount', 'Container', 'Volume', 'PodSecurityContext', 'PodDNSConfig', 'HostAlias'] as const),
  ...(['Toleration', 'Affinity', 'TopologySpreadConstraint', 'LabelSelector'] as const),
];

/** Words of enumerations whose empty text means the default. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  ...[
    'Toleration.effect',
    'Toleration.operator',
    'Container.imagePullPolicy',
    'ImageVolumeSource.pullPolicy',
  ],
  ...['Container.terminationMessagePolicy', 'ContainerPort.protocol', 'HTTPGetAction.scheme'],
]);

/** Words of what the document calls a text. */
const WORDS: Readonly<Record<string, string>> = {
  'LabelSelectorRequirement.operator': 'DoesNotExist|Exists|In|NotIn',
};

/** Fields that Kubernetes knows and refuses at these places, or fills in itself. */
const LEFT_OUT: Readonly<Record<string, (field: string) => boolean>> = {
  ObjectMeta: (field) => field !== 'labels' && field !== 'annotations',
};

/** Types of Kubernetes that are plain data, by their names here. */
const PLAIN: Readonly<Record<string, string>> = {
  Quantity: 'quantity',
  IntOrString: 'port',
  Time: 'text',
};

const LONGEST_DESCRIPTION = 110;

interface Release {
  /** As `1.34`. */
  readonly minor: string;
  readonly types: OpenApiTypes;
}

function main(oldest: Release, later: readonly Release[], newest: Release): string {
  const releases = [oldest, ...later, newest];
  const reached = new Map<string, OpenApiSchema>();
  const visit = (name: string) => {
    const schema = newest.types[fullName(newest.types, name)];
    if (reached.has(name) || schema === undefined || PLAIN[name] !== undefined) return;
    reached.set(name, schema);
    for (const [field, inner] of fieldsOf(name, schema)) if (field !== '') refsIn(inner).map(visit);
  };
  ROOTS.map(visit);
  const lines = [...reached].flatMap(([name, schema]) => [
    `${name} # ${shortDescription(schema.description ?? '')}`,
    ...fieldsOf(name, schema).map(([field, inner]) => {
      const since = releases.find(({ types }) => types[fullName(types, name)]?.properties?.[field]);
      const marks = [
        typeOfField(`${name}.${field}`, inner),
        ...(schema.required?.includes(field) ? ['required'] : []),
        ...(since === undefined || since === oldest ? [] : [`since ${since.minor}`]),
      ];
      return `  ${field}: ${marks.join(', ')} # ${shortDescription(inner.description ?? '')}`;
    }),
  ]);
  return lines.join('\n');
}

function fieldsOf(name: string, schema: OpenApiSchema): readonly (readonly [string, OpenApiSchema])[] {
  return Object.entries(schema.properties ?? {}).filter(([field]) => LEFT_OUT[name]?.(field) !== true);
}

function fullName(types: OpenApiTypes, name: string): string {
  const places = ['io.k8s.api.core.v1.', 'io.k8s.api.apps.v1.', 'io.k8s.apimachinery.pkg.apis.meta.v1.'];
  return places.map((place) => place + name).find((full) => types[full] !== undefined) ?? '';
}

function shortName(reference: string): string {
  return reference.slice(reference.lastIndexOf('.') + 1);
}

function refsIn({ $ref, allOf, items, additionalProperties }: OpenApiSchema): readonly string[] {
  const inner = [...(allOf ?? []), items, additionalProperties].filter((part) => part !== undefined);
  return [...($ref === undefined ? [] : [shortName($ref)]), ...inner.flatMap(refsIn)];
}

function typeOfField(place: string, schema: OpenApiSchema): string {
  return WORDS[place] ?? `${typeOf(schema)}${MAY_BE_EMPTY.has(place) ? '|""' : ''}`;
}

/** As `text`, `int32`, `One|Other`, `[EnvVar]`, `{quantity}`. */
function typeOf(schema: OpenApiSchema): string {
  const [reference] = [schema, ...(schema.allOf ?? [])].flatMap(({ $ref }) => $ref ?? []);
  if (reference !== undefined) return PLAIN[shortName(reference)] ?? shortName(reference);
  if (schema.enum !== undefined) return schema.enum.map((word) => (word === '' ? '""' : word)).join('|');
  if (schema.items !== undefined) return `[${typeOf(schema.items)}]`;
  if (schema.additionalProperties !== undefined) return `{${typeOf(schema.additionalProperties)}}`;
  if (schema.type === 'string') return 'text';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer') return schema.format ?? 'int64';
  throw new Error(`a type that this does not know: ${JSON.stringify(schema)}`);
}

/** The first sentence, on one line, without what begins a note of the sources. */
function shortDescription(description: string): string {
  const sentence = /^.*?[.:](?=\s|$)/s.exec(description)?.[0] ?? description;
  const line = sentence.replace(/\s+/g, ' ').replace(/[`\\]/g, "'").replace(/\$\{/g, '$ {').trim();
  if (line.length <= LONGEST_DESCRIPTION) return line;
  return `${line.slice(0, line.lastIndexOf(' ', LONGEST_DESCRIPTION))} ...`;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

const newestMinor = minorOf(versionOf(tools['kube-apiserver'].recipe));
const oldestMinor = /(\d+\.\d+)/.exec(KUBE_VERSION)?.[1] ?? '';
const released = Array.from(
  { length: Number(newestMinor.slice(2)) - Number(oldestMinor.slice(2)) },
  (_, index) => `1.${Number(oldestMinor.slice(2)) + index}`,
).map((minor) => ({ minor, types: releasedTypes(`${minor}.0`) }));
const [oldest, ...later] = released;
if (oldest === undefined) throw new Error('the pinned Kubernetes is the oldest that the charts accept');
const table = main(oldest, later, { minor: newestMinor, types: await servedTypes() });
const file = 'src/values/kubernetes/table.ts';
writeFileSync(
  resolve(projectRoot, file),
  `/**
 * The types of Kubernetes ${newestMinor} that values pass through, as its API server describes them. Written by
 * "npm run kubernetes-types". Do not edit.
 *
 * A type, then its fields: what a field holds, whether it is required, since which version it is known where that is
 * later than ${oldestMinor}, and what it means. \`[X]\` is a list, \`{X}\` a map, \`A|B\` one of some words.
 */
export const KUBERNETES_TYPES: string = \`
${table}
\`;
`,
);
console.log(`wrote ${file}`);
