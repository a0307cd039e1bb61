import type { EdgeClusterInput, Inventory } from '../../../../src/planner/world/world.ts';
import type { TenantHolds } from '../../../support/fake-tenants.ts';
import { healthyTenant } from '../../../support/fake-tenants.ts';
import { BASE, cluster, targetOf } from '../../../support/worlds.ts';
import { inventoryOf } from '../platform.ts';

/** What the platform, a tenant or cert-manager does next. */
export interface Step {
  readonly clusters?: readonly EdgeClusterInput[];
  readonly inventory?: Partial<Inventory>;
  /** What a tenant's API server holds from now on, by the number of its cluster. */
  readonly tenants?: Readonly<Record<number, TenantHolds>>;
  /** Hostnames whose Certificates are issued. */
  readonly issued?: readonly string[];
}

export interface LongStory {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Names of the hostnames that the stories bind; DNS says of each that it is an alias of its cluster. */
export const ALIASES: Readonly<Record<string, string>> = {
  'www.one.test': targetOf(1),
  'shop.one.test': targetOf(1),
  'www.two.test': targetOf(2),
};

const one = (hostnames: readonly string[] = []) => cluster(1, { hostnames });
const two = (hostnames: readonly string[] = []) => cluster(2, { hostnames });
const three = cluster(3, { hostnames: [`app3.${BASE}`] });

function withControlPlane(entry: EdgeClusterInput, hostname: string): EdgeClusterInput {
  const { controlPlane } = entry;
  if (controlPlane === undefined) throw new Error('no control plane');
  return { ...entry, controlPlane: { ...controlPlane, hostname } };
}

function withoutFirstNode(index: number): TenantHolds {
  const { nodes = [], pods = [], ...rest } = healthyTenant(index);
  return { ...rest, nodes: nodes.slice(1), pods: pods.slice(1) };
}

export const LONG_STORIES: readonly LongStory[] = [
  {
    name: 'clusters come, change and go',
    steps: [
      { clusters: [one(), three] },
      { clusters: [one([`a.${BASE}`]), two(), three] },
      { clusters: [withControlPlane(one([`a.${BASE}`]), 'moved.cp.example.com'), two(), three] },
      {
        clusters: [
          withControlPlane(one([`a.${BASE}`]), 'moved.cp.example.com'),
          { ...two(), suspended: true },
        ],
      },
      { clusters: [{ ...one([`a.${BASE}`]), deleting: true }, two()] },
    ],
  },
  {
    name: 'a name of a customer gets HTTPS and loses it',
    steps: [
      { clusters: [one(['www.one.test'])] },
      { issued: ['www.one.test'] },
      { clusters: [one(['www.one.test', 'shop.one.test']), two(['www.two.test'])] },
      { issued: ['shop.one.test', 'www.two.test'] },
      { clusters: [one(['shop.one.test']), two(['www.two.test'])] },
      { clusters: [one(['shop.one.test'])] },
    ],
  },
  {
    name: 'names move between clusters while nodes go',
    steps: [
      { clusters: [one([`a.${BASE}`]), two([`b.${BASE}`])] },
      { tenants: { 1: withoutFirstNode(1) } },
      {
        clusters: [
          withControlPlane(one([`a.${BASE}`]), 'c2.cp.example.com'),
          withControlPlane(two([`b.${BASE}`]), 'c1.cp.example.com'),
        ],
      },
      { clusters: [one([`b.${BASE}`]), two([`a.${BASE}`])] },
      { clusters: [two([`a.${BASE}`, `b.${BASE}`])], tenants: { 2: withoutFirstNode(2) } },
    ],
  },
];

export function inventoryAfter(steps: readonly Step[]): Inventory {
  const clusters = steps.findLast((step) => step.clusters !== undefined)?.clusters ?? [];
  return inventoryOf(clusters, { revision: String(steps.length) });
}
