import { describe, expect, test } from 'vitest';
import {
  API_USES,
  EDGE_CONTROLLER_USES,
  INVENTORY_USES,
  ROUTE_AGENT_USES,
  ROUTE_CLEANUP_USES,
} from '../../src/contract/declared-uses.ts';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  INVENTORY_PERMISSIONS,
  type Permission,
  ROUTE_CLEANUP_PERMISSIONS,
  RUNTIME_PERMISSIONS,
} from '../../src/contract/permissions.ts';
import { type Action, plan, type World } from '../../src/planner/index.ts';
import { KIND_USES, type KindUse, permissionsOf } from '../../src/planner/world/kinds.ts';
import { groupOf } from '../../src/planner/world/objects.ts';
import { gatewayValues, objectsOf } from '../support/objects.ts';
import { dig, digList, digText } from '../support/rules/dig.ts';
import { served } from '../support/served.ts';
import { configOf, planCase, readWorld, worldCases } from '../support/world-cases.ts';

/** One verb on one resource, such as `get secrets  workload-gateway-namespace tls`. */
type Right = string;

function rightsOf(permissions: readonly Omit<Permission, 'why'>[]): readonly Right[] {
  return permissions.flatMap(({ apiGroup, resources, verbs, scope, when }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource} ${apiGroup} ${scope} ${when}`)),
  );
}

interface Disagreement {
  readonly withoutGrant: readonly Right[];
  readonly withoutUse: readonly Right[];
}

const NONE: Disagreement = { withoutGrant: [], withoutUse: [] };

function disagreement(used: readonly Right[], granted: readonly Right[]): Disagreement {
  return {
    withoutGrant: used.filter((right) => !granted.includes(right)),
    withoutUse: granted.filter((right) => !used.includes(right)),
  };
}

const used = rightsOf([...permissionsOf(KIND_USES), ...API_USES]);
const granted = rightsOf(RUNTIME_PERMISSIONS);

describe('what the API does and what it may', () => {
  test('are the same', () => {
    expect(disagreement(used, granted)).toEqual(NONE);
  });

  test('stand there once each', () => {
    expect(new Set(granted).size).toBe(granted.length);
    expect(new Set(used).size).toBe(used.length);
  });

  test.each(granted)('and without the grant "%s" a use is without one', (right) => {
    const rest = granted.filter((one) => one !== right);
    expect(disagreement(used, rest)).toEqual({ ...NONE, withoutGrant: [right] });
  });

  test('and a grant that nobody uses is found', () => {
    const extra = 'update gateways gateway.networking.k8s.io workload-gateway-namespace workload';
    expect(disagreement(used, [...granted, extra])).toEqual({ ...NONE, withoutUse: [extra] });
  });

  test('and a use that is no more leaves its grants over', () => {
    const fewer = KIND_USES.filter(({ kind }) => kind !== 'Node');
    expect(disagreement(rightsOf([...permissionsOf(fewer), ...API_USES]), granted)).toEqual({
      ...NONE,
      withoutUse: ['get', 'list', 'watch'].map((verb) => `${verb} nodes  cluster workload`),
    });
  });
});

test.each([
  ['the edge controller does besides', EDGE_CONTROLLER_USES, EDGE_CONTROLLER_PERMISSIONS],
  ['the API does beside an edge controller', INVENTORY_USES, INVENTORY_PERMISSIONS],
  ['the Job does that takes routes away', ROUTE_CLEANUP_USES, ROUTE_CLEANUP_PERMISSIONS],
])('what %s, and what it may, are the same', (_, uses, permissions) => {
  const may = rightsOf(permissions);
  expect(may.length).toBeGreaterThan(0);
  expect(new Set(may).size).toBe(may.length);
  expect(disagreement(rightsOf(uses), may)).toEqual(NONE);
});

/** The world after a plan, as far as kinds are concerned: what was created is there. */
function afterwards(world: World, actions: readonly Action[]): World {
  const made = actions
    .filter(({ verb, precondition }) => verb === 'apply' && precondition.uid === undefined)
    .map(({ object }, index) => ({
      ...object,
      metadata: { ...object.metadata, uid: `made-${index}`, resourceVersion: '1' },
    }));
  return { ...world, host: { ...world.host, objects: served([...world.host.objects, ...made]) } };
}

/** The world in which every tenant gave its names back. */
function withoutHostnames(world: World): World {
  const clusters = world.inventory.clusters.map((cluster) => ({ ...cluster, hostnames: [] }));
  return { ...world, inventory: { ...world.inventory, clusters } };
}

/** Kinds that a world shows: `observed Service `. */
function shown({ host }: World): readonly string[] {
  const nodes = (host.nodes ?? []).length > 0 ? [{ kind: 'Node', apiVersion: 'v1' }] : [];
  return [...host.objects, ...nodes].map(({ kind, apiVersion }) => `observed ${kind} ${groupOf(apiVersion)}`);
}

/** What an action does, `deleted Service `; a server-side apply that may create needs the verb of changing as well. */
function written({ verb, object, precondition }: Action): readonly string[] {
  const made = precondition.uid === undefined ? ['created', 'changed'] : ['changed'];
  const done = verb === 'delete' ? ['deleted'] : made;
  return done.map((what) => `${what} ${object.kind} ${groupOf(object.apiVersion)}`);
}

/** All that stories show and plans do, and what happens when it is switched off, or names leave, after that. */
const seenInStories: ReadonlySet<string> = new Set(
  worldCases().flatMap((name) => {
    const { world, env } = readWorld(name);
    const { actions } = planCase(name);
    const settled = afterwards(world, actions);
    const off = plan(settled, { provider: 'haproxy' }).actions;
    const gone = plan(withoutHostnames(settled), configOf(env)).actions;
    return [...shown(settled), ...[...actions, ...off, ...gone].flatMap(written)];
  }),
);

function doneTo({ kind, apiGroup, created, changed, deleted }: KindUse): readonly string[] {
  const done = { observed: true, created, changed, deleted };
  return Object.entries(done).flatMap(([what, where]) =>
    where === undefined ? [] : [`${what} ${kind} ${apiGroup}`],
  );
}

test('the kinds of the planner are those of the stories, with what is done to each', () => {
  expect([...seenInStories].toSorted()).toEqual(KIND_USES.flatMap(doneTo).toSorted());
});

test('what the route agent does and what it may are the same', () => {
  const values = gatewayValues({ workload: { enabled: true, podCIDRRoute: { enabled: true } } });
  const rules = objectsOf('single-node', values)
    .filter((object) => /Role$/.test(object.kind))
    .filter((object) => digText(object, 'metadata', 'name').includes('route-agent'))
    .flatMap((role) =>
      digList(role, 'rules').map((rule) => ({ rule, scope: dig(role, 'metadata', 'namespace') })),
    );
  const may = rules.flatMap(({ rule, scope }) =>
    digList(rule, 'apiGroups').flatMap((group) =>
      digList(rule, 'resources').flatMap((resource) =>
        digList(rule, 'verbs').map(
          (verb) =>
            `${verb} ${resource} ${group} ${scope === undefined ? 'cluster' : 'route-plan-namespace'} podCIDRRoute`,
        ),
      ),
    ),
  );
  expect(may.length).toBeGreaterThan(0);
  expect(disagreement(rightsOf(ROUTE_AGENT_USES), may)).toEqual(NONE);
});
