import { type ChartName, chartNamed } from '../../chart/charts.ts';
import type { Manifest, RenderedManifest } from '../../library/manifest.ts';
import { nearest } from '../../text/nearest.ts';
import { objectName } from '../text/object-name.ts';
import { printable } from '../text/printable.ts';
import { suggestion, UsageError } from '../usage.ts';

/** Objects asked for: all of a kind, or one by its name. */
export interface Selector {
  /** Spelt as Kubernetes does. */
  readonly kind: string;
  /** Undefined: those of all namespaces, and those without one. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/**
 * Reads `KIND`, `KIND/NAME` or `KIND/NAMESPACE/NAME`; the kind in any case.
 *
 * @throws UsageError for a kind that the chart never renders.
 */
export function parseSelectors(chart: ChartName, texts: readonly string[]): readonly Selector[] {
  return texts.map((text) => {
    const [, kind = '', namespace, name] = /^([^/]*)(?:\/(?:([^/]*)\/)?(.*))?$/su.exec(text) ?? [];
    return { kind: knownKind(chart, kind), namespace, name };
  });
}

/** The kind of a chart that a word means, upper and lower case being the same. */
export function knownKind(chart: ChartName, word: string): string {
  const kinds = kindsOf(chart);
  const kind = kinds.find((known) => known.toLowerCase() === word.toLowerCase());
  if (kind !== undefined) return kind;
  throw new UsageError(
    `the ${chart} chart has no object of kind ${JSON.stringify(word)}`,
    suggestion(word, kinds, 'its kinds'),
  );
}

function kindsOf(chart: ChartName): readonly string[] {
  return [...new Set(chartNamed(chart).objects.map(({ kind }) => kind))].sort();
}

/** The objects selected, or what to say when a selector matches none. */
export type Selected =
  | { readonly ok: true; readonly manifests: readonly RenderedManifest[] }
  | { readonly ok: false; readonly message: string };

/** Picks objects; without selectors all of them. */
export function select(manifests: readonly RenderedManifest[], selectors: readonly Selector[]): Selected {
  if (selectors.length === 0) return { ok: true, manifests };
  const idle = selectors.find((selector) => !manifests.some((rendered) => matches(rendered, selector)));
  if (idle !== undefined) return { ok: false, message: nothingMatches(manifests, idle) };
  return {
    ok: true,
    manifests: manifests.filter((rendered) => selectors.some((selector) => matches(rendered, selector))),
  };
}

function matches({ manifest }: RenderedManifest, { kind, namespace, name }: Selector): boolean {
  return (
    manifest.kind === kind &&
    (name === undefined || nameOf(manifest) === name) &&
    (namespace === undefined || namespaceOf(manifest) === namespace)
  );
}

function namespaceOf({ metadata }: Manifest): string | undefined {
  return metadata.namespace;
}

/** The name of an object. */
export function nameOf({ metadata }: Manifest): string {
  return metadata.name;
}

function nothingMatches(manifests: readonly RenderedManifest[], { kind, namespace, name }: Selector): string {
  const names = manifests
    .filter(({ manifest }) => manifest.kind === kind)
    .map(({ manifest }) => nameOf(manifest));
  const asked = printable(objectName(kind, namespace, name));
  return `error: no ${asked} is rendered with these values\n  hint: ${hintOf(names, kind, name ?? '')}\n`;
}

function hintOf(names: readonly string[], kind: string, name: string): string {
  if (names.length === 0) return `no object of kind ${kind} is; leave --only out to see what is`;
  const near = nearest(name, names);
  return near === undefined ? `rendered: ${names.join(', ')}` : `did you mean ${kind}/${near}?`;
}
