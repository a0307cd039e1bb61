import { LABELS } from '../../src/contract/labels.ts';
import type { Planner } from '../../src/planner/engine/planner.ts';
import { hostnamesOf } from '../../src/planner/world/objects.ts';
import type { KubeObject, World } from '../../src/planner/world/world.ts';
import { served } from '../support/served.ts';

/**
 * One deliberately broken rule per invariant. Each variant lies to the planner about one input, or spoils one property
 * of its output, exactly as a wrong implementation of the rule would; the checks must catch it.
 */
export interface BrokenRule {
  readonly invariant: number;
  readonly rule: string;
  readonly variant: (planner: Planner) => Planner;
  /** The first history in which it shows; 1 unless given. */
  readonly shownBy?: number;
}

const lie =
  (change: (world: World) => World) =>
  (planner: Planner): Planner =>
  (world, config) =>
    planner(change(world), config);

const withObjects = (world: World, change: (object: KubeObject) => KubeObject): World => ({
  ...world,
  host: { ...world.host, objects: served(world.host.objects.map(change)) },
});

export const BROKEN_RULES: readonly BrokenRule[] = [
  {
    invariant: 1,
    rule: 'the answer does not depend on the order of the input',
    shownBy: 3,
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const first = world.inventory.clusters[0]?.id;
      return {
        ...result,
        findings: [...result.findings].sort(
          (a, b) => Number(b.cluster === first) - Number(a.cluster === first),
        ),
      };
    },
  },
  {
    invariant: 1,
    rule: 'what is as it should be is not written again',
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const service = world.host.objects.find(
        ({ kind, metadata }) => kind === 'Service' && metadata.labels?.[LABELS.clusterId] !== undefined,
      );
      if (service?.kind !== 'Service' || result.actions.length > 0) return result;
      const { uid = '' } = service.metadata;
      return {
        ...result,
        actions: [
          {
            id: 'again',
            verb: 'apply',
            object: {
              apiVersion: 'v1',
              kind: 'Service',
              metadata: {
                name: service.metadata.name,
                namespace: service.metadata.namespace ?? '',
                labels: service.metadata.labels ?? {},
              },
              // As it was seen, which is as it was written.
              spec: service.spec ?? {},
            },
            fieldManager: 'kubebyon-edge-sync',
            precondition: { uid },
            after: [],
            reason: '',
            cluster: null,
          },
        ],
      };
    },
  },
  {
    invariant: 2,
    rule: 'an incomplete source withdraws nothing',
    variant: lie((world) => ({
      ...world,
      inventory: { ...world.inventory, complete: true },
      host: { ...world.host, complete: true },
    })),
  },
  {
    invariant: 3,
    rule: 'an object without our labels is never touched',
    variant: lie((world) =>
      withObjects(world, (object) =>
        object.kind === 'TLSRoute' && object.metadata.name.startsWith('stranger')
          ? {
              ...object,
              metadata: {
                ...object.metadata,
                labels: {
                  [LABELS.managedBy]: 'kubebyon',
                  [LABELS.syncKind]: 'control-plane',
                  [LABELS.clusterId]: 'c-gone',
                },
              },
            }
          : object,
      ),
    ),
  },
  {
    invariant: 3,
    rule: "only our own entries of the Gateway are sent, never the chart's",
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const gateway = world.host.objects.find(
        ({ metadata }) => metadata.name === 'kubebyon-workload-gateway',
      );
      const chart = gateway?.kind === 'Gateway' ? (gateway.spec?.listeners ?? []).slice(0, 1) : [];
      const actions = result.actions.map((action) => {
        if (action.verb === 'delete' || action.object.kind !== 'Gateway') return action;
        const listeners = [...chart, ...action.object.spec.listeners];
        return { ...action, object: { ...action.object, spec: { listeners } } };
      });
      return { ...result, actions };
    },
  },
  {
    invariant: 4,
    rule: 'HTTPS opens only when listener and certificate serve the name',
    shownBy: 4,
    variant: lie((world) =>
      withObjects(world, (object) => {
        if (object.kind === 'Secret')
          return {
            ...object,
            certificate: { notAfter: '2999-01-01T00:00:00Z' },
            metadata: {
              ...object.metadata,
              annotations: {
                ...object.metadata.annotations,
                'cert-manager.io/alt-names': `*.edge.example.com,${object.metadata.annotations?.['cert-manager.io/alt-names'] ?? ''}`,
              },
            },
          };
        return object;
      }),
    ),
  },
  {
    invariant: 4,
    rule: 'a redirect goes before what it leads to',
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const actions = result.actions.map((action) => ({ ...action, after: [] })).reverse();
      return { ...result, actions };
    },
  },
  {
    invariant: 5,
    rule: "an address counts only inside the cluster's own CIDRs",
    variant: lie((world) => ({
      ...world,
      inventory: {
        ...world.inventory,
        clusters: world.inventory.clusters.map((cluster) =>
          cluster.workload === undefined
            ? cluster
            : { ...cluster, workload: { ...cluster.workload, nodeCIDRs: ['0.0.0.0/1', '128.0.0.0/1'] } },
        ),
      },
      host: { ...world.host, nodes: [], protectedCIDRs: [] },
    })),
  },
  {
    invariant: 6,
    rule: 'a malformed cluster stops nobody else',
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const broken = result.findings.some(
        ({ code }) => code === 'HostnameInvalid' || code === 'ClusterInvalid',
      );
      return broken ? { ...result, actions: [] } : result;
    },
  },
  {
    invariant: 7,
    rule: 'every bound hostname gets its route',
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      return {
        ...result,
        actions: result.actions.filter(({ id, verb }) => !(verb === 'apply' && id.includes('-https-'))),
      };
    },
  },
  {
    invariant: 8,
    rule: 'the receiver of a hostname is written before the donor',
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const gives = ({ id, verb }: { id: string; verb: string }): boolean =>
        id.includes('-http-') && (verb === 'delete' || id.includes('HTTPRoute'));
      const actions = result.actions.map((action) => ({ ...action, after: [] }));
      return {
        ...result,
        actions: [...actions.filter(gives), ...actions.filter((action) => !gives(action))],
      };
    },
  },
  {
    invariant: 8,
    rule: 'a control-plane hostname is written only where nobody else has it',
    shownBy: 4,
    variant: (planner) => (world, config) => {
      const result = planner(world, config);
      const actions = result.actions.map((action) =>
        action.object.kind === 'TLSRoute' ? { ...action, after: [] } : action,
      );
      // Without the order, the write that takes a name comes before the one that frees it.
      return {
        ...result,
        actions: [...actions].sort(
          (a, b) => Number(hostnamesOf(b.object).length) - Number(hostnamesOf(a.object).length),
        ),
      };
    },
  },
];
