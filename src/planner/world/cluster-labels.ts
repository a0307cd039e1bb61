import { LABELS, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../../contract/labels.ts';
import type { EdgeClusterInput } from './world.ts';

/**
 * Labels of what the runtime makes for one cluster (runbook section 6.5). The slug is for people who look for a cluster;
 * nothing rests on it, because it may change.
 */
export function clusterLabels(
  { id, slug }: Pick<EdgeClusterInput, 'id' | 'slug'>,
  kind: keyof typeof SYNC_KINDS,
): Record<string, string> {
  const value = labelValue(slug);
  return {
    [LABELS.managedBy]: RUNTIME_MANAGED_BY,
    [LABELS.syncKind]: SYNC_KINDS[kind],
    [LABELS.clusterId]: id,
    ...(value === '' ? {} : { [LABELS.clusterSlug]: value }),
  };
}

const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** A text as the value of a label: other characters become dashes; empty when nothing is left. */
function labelValue(text: string): string {
  if (LABEL_VALUE.test(text)) return text;
  return text
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63)
    .replace(/[^A-Za-z0-9]+$/, '');
}
