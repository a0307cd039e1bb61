import { at, get, listOf, textOf, textsOf } from '../../planner/world/json.ts';
import type { SeenObject } from './facts.ts';

/** What a resource definition says of itself. */
export interface Definition {
  /** `v1.6.1`; of the Gateway API only. */
  readonly bundleVersion?: string;
  /** `standard` or `experimental`; of the Gateway API only. */
  readonly channel?: string;
  readonly served: readonly string[];
  /** At which objects may be stored. */
  readonly stored: readonly string[];
  readonly listed: readonly string[];
  readonly established: boolean;
}

/** Reads a CustomResourceDefinition. */
export function definitionOf({ metadata, spec, status }: SeenObject): Definition {
  const versions = listOf(get(spec, 'versions'));
  const bundleVersion = textOf(get(metadata.annotations, 'gateway.networking.k8s.io/bundle-version'));
  const channel = textOf(get(metadata.annotations, 'gateway.networking.k8s.io/channel'));
  return {
    ...(bundleVersion === undefined ? {} : { bundleVersion }),
    ...(channel === undefined ? {} : { channel }),
    served: versions.flatMap((one) => (get(one, 'served') === true ? (textOf(get(one, 'name')) ?? []) : [])),
    listed: versions.flatMap((one) => textOf(get(one, 'name')) ?? []),
    stored: textsOf(get(status, 'storedVersions')),
    established: listOf(at(status, 'conditions')).some(
      (one) => get(one, 'type') === 'Established' && get(one, 'status') === 'True',
    ),
  };
}
