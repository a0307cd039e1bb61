import { type Expr, entries } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { objectLabels } from './metadata.ts';

/** A moment at which Helm makes an object that is no part of the release. */
export interface HookMoment {
  readonly hook: 'pre-delete';
  /** Hooks of one moment come in the order of their weights. */
  readonly weight: number;
}

/** Metadata of an object that Helm makes at a moment, and removes when everything of that moment has succeeded. */
export function hookMetadata(
  namespace: Expr<string>,
  name: Expr<string>,
  component: string,
  { hook, weight }: HookMoment,
) {
  return {
    name,
    namespace,
    labels: objectLabels(component),
    annotations: entries(
      {
        'helm.sh/hook': hook,
        'helm.sh/hook-weight': String(weight),
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      },
      values.commonAnnotations,
    ),
  };
}
