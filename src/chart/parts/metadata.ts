import { APP_NAME, LABELS } from '../../contract/labels.ts';
import {
  chart,
  type Entries,
  type Expr,
  entries,
  entriesWith,
  isSet,
  or,
  release,
  sharedEntries,
  type When,
  when,
} from '../../template/index.ts';

import { values } from '../../values/chart-definition.ts';
import { chartLabel } from '../../values/names.ts';

type TextMap = Expr<Readonly<Record<string, string>>>;

const { commonAnnotations, commonLabels } = values;

const selector = sharedEntries(
  'selectorLabels',
  'Labels that Pods are found by, besides their component. They never change: selectors are immutable.',
  entries({ [LABELS.name]: APP_NAME, [LABELS.instance]: release.name }),
);

const chartLabels = sharedEntries(
  'chartLabels',
  'Labels of every object besides commonLabels and its component.',
  entriesWith(selector, {
    [LABELS.version]: chart.appVersion,
    [LABELS.managedBy]: release.service,
    [LABELS.helmChart]: chartLabel,
  }),
);

const allLabels = sharedEntries(
  'labels',
  'Labels of every object besides its component.',
  entriesWith(chartLabels, {}, commonLabels),
);

/** What a Service, a Deployment and a PodDisruptionBudget find their Pods by. Never anything else: it is immutable. */
export function selectorLabels(component: string): Entries {
  return entriesWith(selector, { [LABELS.component]: component });
}

/** Labels of an object; those of `more` win over commonLabels. */
export function objectLabels(component: string, ...more: readonly TextMap[]): Entries {
  const own = { [LABELS.component]: component };
  return more.length === 0
    ? entriesWith(allLabels, own)
    : entriesWith(chartLabels, own, commonLabels, ...more);
}

/** Labels of a Pod: no version of the chart, so that a new chart alone restarts nothing. */
export function podLabels(component: string, more: TextMap): Entries {
  return entriesWith(selector, { [LABELS.component]: component }, commonLabels, more);
}

/** Annotations of an object; those of `more` win over commonAnnotations. None when all maps are empty. */
export function objectAnnotations(...more: readonly TextMap[]): When<Entries> {
  const maps = [commonAnnotations, ...more];
  return when(or(...maps.map(isSet)), entries({}, ...maps));
}

/** Name, labels and annotations of an object in the release namespace. */
export function namespacedMetadata(name: Expr<string>, component: string) {
  return metadataIn(release.namespace, name, component);
}

/** Name, labels and annotations of an object in another namespace. */
export function metadataIn(namespace: Expr<string>, name: Expr<string>, component: string) {
  return { name, namespace, labels: objectLabels(component), annotations: objectAnnotations() };
}

/** Name, labels and annotations of an object without namespace. */
export function clusterMetadata(name: Expr<string>, component: string) {
  return { name, labels: objectLabels(component), annotations: objectAnnotations() };
}
