import { describe, expect, test } from 'vitest';
import { edgeName } from '../../../src/contract/runtime-names.ts';
import { readRouteConditions } from '../../../src/planner/routes/route-conditions.ts';
import { formatTime, MINUTE } from '../../../src/planner/world/clock.ts';
import { observeShards } from '../../../src/planner/world/route-shards.ts';
import type { KubeObject } from '../../../src/planner/world/world.ts';
import { contextsOf } from '../../support/contexts.ts';
import { edgeRoute, type RouteChanges, toGateway, worldWith } from '../../support/edge-objects.ts';
import { cluster, gatewayConfig, NOW } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const GENERATION = 3;

interface Said {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly observedGeneration?: number;
}

const parent = (conditions: readonly Said[], parentRef: unknown = toGateway('workload-http')) => ({
  parentRef,
  controllerName: 'x.test/controller',
  conditions: conditions.map((one) => ({
    type: 'Accepted',
    status: 'True',
    reason: 'Accepted',
    message: '',
    observedGeneration: GENERATION,
    ...one,
  })),
});

/** A route of two names that was written an hour ago, with what controllers say of it. */
const route = (parents: readonly unknown[] | undefined, changes: RouteChanges = {}): KubeObject =>
  edgeRoute(1, 'http', ['a.test', 'b.test'], {
    ...(parents === undefined ? {} : { status: { parents } }),
    ...changes,
    metadata: {
      generation: GENERATION,
      creationTimestamp: formatTime(now - 60 * MINUTE),
      ...changes.metadata,
    },
  });

const read = (...routes: readonly KubeObject[]) => {
  const context = contextsOf(worldWith([cluster(1)], routes), gatewayConfig()).of('c-1');
  const { findings, problems } = readRouteConditions(
    context,
    observeShards(context.objects, 'vc-1', edgeName('c-1')),
  );
  return {
    messages: findings.map(({ code, message }) => `${code}: ${message}`),
    problems: Object.fromEntries(problems),
  };
};

const WHERE =
  'http route of 2 names, Gateway kubebyon-system/kubebyon-workload-gateway, listener workload-http';
const FINE = { messages: [], problems: {} };

describe('a route that is served', () => {
  test('is no finding', () => {
    expect(read(route([parent([{}])]))).toEqual(FINE);
    expect(read(route([parent([{}, { type: 'ResolvedRefs' }])]))).toEqual(FINE);
  });

  test('is no finding when one of two controllers serves it', () => {
    const refuses = parent([{ status: 'False', reason: 'NoMatchingParent' }]);
    expect(read(route([refuses, parent([{}])]))).toEqual(FINE);
    expect(read(route([parent([{}]), refuses]))).toEqual(FINE);
  });
});

describe('a route that is refused', () => {
  test('is told with the reason, for all of its names', () => {
    const refused = parent([{ status: 'False', reason: 'NotAllowedByListeners' }]);
    expect(read(route([refused]))).toEqual({
      messages: [
        expect.stringContaining(
          `RouteNotAccepted: ${WHERE}: Accepted is False, NotAllowedByListeners; its listener admits no routes`,
        ),
      ],
      problems: { 'a.test': 'NotAllowedByListeners', 'b.test': 'NotAllowedByListeners' },
    });
  });

  test('is so when its references are not resolved, though it is accepted', () => {
    const unresolved = parent([{}, { type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound' }]);
    expect(read(route([unresolved])).problems).toEqual({
      'a.test': 'BackendNotFound',
      'b.test': 'BackendNotFound',
    });
    const other = parent([{}, { type: 'PartiallyInvalid', status: 'False', reason: 'X' }]);
    expect(read(route([other]))).toEqual(FINE);
  });

  test('is so without a generation, and not by a word about an earlier one', () => {
    const { observedGeneration: _, ...unversioned } =
      parent([{ status: 'False', reason: 'X' }]).conditions[0] ?? {};
    expect(read(route([{ ...parent([]), conditions: [unversioned] }])).problems).toEqual({
      'a.test': 'X',
      'b.test': 'X',
    });
    const earlier = parent([{ status: 'False', reason: 'X', observedGeneration: GENERATION - 1 }]);
    expect(read(route([earlier]))).toEqual(FINE);
  });

  test('by one of its parents, is told of that one', () => {
    const parentRefs = [toGateway('workload-http'), toGateway('other')];
    const parents = [parent([{}]), parent([{ status: 'False', reason: 'X' }], toGateway('other'))];
    expect(read(route(parents, { parentRefs })).messages).toEqual([
      'RouteNotAccepted: http route of 2 names, Gateway kubebyon-system/kubebyon-workload-gateway, listener other: Accepted is False, X',
    ]);
  });

  test('is counted by its names and told for its whole parent', () => {
    const single = edgeRoute(1, 'redirect', ['a.test'], {
      parentRefs: [toGateway()],
      status: { parents: [parent([{ status: 'False', reason: 'X' }], toGateway())] },
      metadata: { generation: GENERATION },
    });
    expect(read(single).messages).toEqual([
      'RouteNotAccepted: redirect route of 1 name, Gateway kubebyon-system/kubebyon-workload-gateway: Accepted is False, X',
    ]);
  });
});

describe('a route that nobody has looked at', () => {
  test('a minute after it was written is told', () => {
    const written = (milliseconds: number) =>
      read(route(undefined, { metadata: { creationTimestamp: formatTime(now - milliseconds) } }));
    expect(written(MINUTE - 1)).toEqual(FINE);
    expect(written(MINUTE)).toEqual({
      messages: [
        `RouteNotObserved: ${WHERE}: no controller has written Accepted, a minute after it was written`,
      ],
      problems: { 'a.test': 'NotObserved', 'b.test': 'NotObserved' },
    });
  });

  test('is so when what was said is about something else', () => {
    for (const other of [
      { ...toGateway('workload-http'), name: 'other' },
      { ...toGateway('workload-http'), namespace: 'other' },
      { ...toGateway('workload-http'), kind: 'ListenerSet' },
      toGateway('other'),
    ])
      expect(read(route([parent([{}], other)])).problems, JSON.stringify(other)).toEqual({
        'a.test': 'NotObserved',
        'b.test': 'NotObserved',
      });
  });

  test('is not so when what was said leaves out what goes without saying', () => {
    const { kind: _, ...withoutKind } = toGateway('workload-http');
    expect(read(route([parent([{}], withoutKind)]))).toEqual(FINE);
    expect(read(route([parent([{}], toGateway())]))).toEqual(FINE);
    const { namespace: __, ...withoutNamespace } = toGateway('workload-http');
    const near = { ...withoutNamespace };
    expect(read(route([parent([{}], near)], { parentRefs: [near] }))).toEqual(FINE);
    expect(read(route([parent([{}], near)])).problems).not.toEqual({});
  });

  test('is told of the first parent that lacks a verdict', () => {
    const parentRefs = [toGateway('workload-http'), toGateway('other')];
    expect(read(route([parent([{}])], { parentRefs })).messages).toEqual([
      expect.stringContaining('listener other: no controller'),
    ]);
  });
});

test('routes of all roles are read, each for its own names', () => {
  const refused = parent([{ status: 'False', reason: 'X' }], toGateway('workload-https'));
  const https = edgeRoute(1, 'https', ['c.test'], {
    status: { parents: [refused] },
    metadata: { generation: GENERATION },
  });
  expect(read(route([parent([{}])]), https).problems).toEqual({ 'c.test': 'X' });
});
