import { EVERYTHING, merge, PLATFORM_NAME, PLATFORM_SECRET, type Values } from '../../tools/lab/chart.ts';
import {
  at,
  byHttp,
  controlPlanes,
  type Entries,
  type Mode,
  ONLY_API_REDIRECTED,
  platform,
  redirectTo,
  WITH_WEB,
} from './modes.ts';

/** Control planes alone (runbook 4.1). */
export const CONTROL_PLANES_ALONE: Values = {
  publicAccess: { provider: 'gatewayapi' },
  ...(EVERYTHING.edgeController === undefined ? {} : { edgeController: EVERYTHING.edgeController }),
};

const PLATFORM: Values = merge(CONTROL_PLANES_ALONE, {
  gatewayAPI: { platform: { enabled: true, hostname: PLATFORM_NAME, tlsSecretName: PLATFORM_SECRET } },
});

/** A mode by all of its values, and the entries that it has. */
export interface WholeMode extends Mode {
  readonly entries: readonly (keyof Entries)[];
}

/** What the runbook lists for the chart of one Node before HTTPS of workloads (4.1 to 4.5), each with all of its values. */
export const SINGLE_NODE_MODES: readonly WholeMode[] = [
  {
    says: 'control planes alone',
    values: CONTROL_PLANES_ALONE,
    entries: ['control-plane'],
    expected: controlPlanes,
  },
  {
    says: 'the API of the platform beside them, redirected to HTTPS',
    values: PLATFORM,
    entries: ['control-plane', 'platform'],
    expected: (entries, clusters) => [
      ...controlPlanes(entries, clusters),
      ...platform(entries, ONLY_API_REDIRECTED),
    ],
  },
  {
    says: 'API and console of the platform, workloads by HTTP',
    values: merge(PLATFORM, { web: { enabled: true }, gatewayAPI: { workload: { enabled: true } } }),
    entries: ['control-plane', 'platform', 'workload'],
    expected: (entries, clusters) => [
      ...controlPlanes(entries, clusters),
      ...platform(entries, { ...WITH_WEB, [at('http', '/')]: redirectTo(PLATFORM_NAME) }),
      ...byHttp(entries, clusters),
    ],
  },
];
