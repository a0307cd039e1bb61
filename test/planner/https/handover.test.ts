import { describe, expect, test } from 'vitest';
import { hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { overlapOf, ownWildcardAbove } from '../../../src/planner/https/certificate-overlap.ts';
import {
  claimContext,
  receiverAwaited,
  restsRedirectOfAnother,
} from '../../../src/planner/https/handover.ts';
import type { DnsAnswer, EdgeClusterInput, KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeCertificate, edgeRoute, tlsSecret, toGateway, worldWith } from '../../support/edge-objects.ts';
import {
  binding,
  cluster,
  cname,
  gatewayConfig,
  httpOnly,
  NOW,
  targetOf,
  workloadConfig,
} from '../../support/worlds.ts';

const NAME = 'app.customer.test';
const WILDCARD = '*.customer.test';

/** Every cluster's names with DNS that reaches its own target, and wildcards proven. */
function reached(clusters: readonly EdgeClusterInput[]): Record<string, readonly DnsAnswer[]> {
  return Object.fromEntries(
    clusters.flatMap(({ workload, hostnames }) =>
      hostnames.map(({ hostname }) => [
        hostname,
        cname([workload?.cnameTarget ?? '']).map((answer) => ({ ...answer, txt: ['proof'] })),
      ]),
    ),
  );
}

const bound = (index: number, ...hostnames: readonly string[]): EdgeClusterInput =>
  cluster(index, {
    hostnames: hostnames.map((hostname) =>
      binding(hostname, { proof: 'proof', createdAt: `2026-02-0${index}T00:00:00Z` }),
    ),
  });

const contexts = (
  clusters: readonly EdgeClusterInput[],
  objects: readonly KubeObject[] = [],
  changes: Partial<World> = {},
  hold = holding(),
) =>
  contextsOf(
    worldWith(clusters, objects, { dns: reached(clusters), ...changes }),
    gatewayConfig(workloadConfig()),
    hold,
  );

describe('whoever serves a name goes on', () => {
  /** Whether c-1 goes on, which does not claim the name any more. */
  const goesOn = (
    hostname: string,
    others: readonly EdgeClusterInput[],
    objects: readonly KubeObject[] = [],
    changes: Partial<World> = {},
  ): boolean => receiverAwaited(contexts([bound(1), ...others], objects, changes).of('c-1'), hostname);

  test('until another that claims it is seen with it', () => {
    expect(goesOn(NAME, [])).toBe(false);
    expect(goesOn(NAME, [bound(2, NAME)])).toBe(true);
    expect(goesOn(NAME, [bound(2, NAME)], [edgeRoute(2, 'http', [NAME])])).toBe(false);
    expect(goesOn(NAME, [bound(2, NAME)], [edgeRoute(2, 'http', ['x.customer.test'])])).toBe(true);
    expect(goesOn(NAME, [bound(2, NAME)], [edgeRoute(1, 'http', [NAME])])).toBe(true);
  });

  test('while the route of the other is attached to another listener', () => {
    const elsewhere = edgeRoute(2, 'http', [NAME], { parentRefs: [toGateway('other')] });
    expect(goesOn(NAME, [bound(2, NAME)], [elsewhere])).toBe(true);
  });

  test('while the other may have let go of it a moment ago', () => {
    const left = (at: string) => ({ memory: { version: 1, clusters: { 'c-2': { left: { [NAME]: at } } } } });
    const routes = [edgeRoute(2, 'http', [NAME])];
    expect(goesOn(NAME, [bound(2, NAME)], routes, left(NOW))).toBe(true);
    expect(goesOn(NAME, [bound(2, NAME)], routes, left('2026-11-23T09:59:00Z'))).toBe(false);
  });

  test('not for one that may not serve it', () => {
    const others = [bound(2, NAME)];
    const elsewhere = { [NAME]: cname([targetOf(1)]) };
    expect(goesOn(NAME, others, [], { dns: elsewhere })).toBe(false);
  });

  test('until the wildcard above it is seen, if nobody else claims it', () => {
    const wildcard = [bound(2, WILDCARD)];
    expect(goesOn(NAME, wildcard)).toBe(true);
    expect(goesOn(NAME, wildcard, [edgeRoute(2, 'http', [WILDCARD])])).toBe(false);
    expect(goesOn(NAME, [...wildcard, bound(3, NAME)], [edgeRoute(3, 'http', [NAME])])).toBe(false);
    // One that nobody may serve is waited for no longer, whatever becomes of the other.
    const unproven = cluster(3, { hostnames: ['*.b.customer.test'] });
    expect(
      goesOn('a.b.customer.test', [bound(2, WILDCARD), unproven], [], { dns: reached([bound(2, WILDCARD)]) }),
    ).toBe(true);
    // Of two wildcards one that serves is enough.
    const both = [bound(2, '*.b.customer.test'), bound(3, WILDCARD)];
    expect(goesOn('a.b.customer.test', both)).toBe(true);
    expect(goesOn('a.b.customer.test', both, [edgeRoute(3, 'http', [WILDCARD])])).toBe(false);
  });

  test('with a wildcard until every claimed name below it is seen', () => {
    const below = [bound(2, NAME, 'x.customer.test')];
    expect(goesOn(WILDCARD, below)).toBe(true);
    expect(goesOn(WILDCARD, below, [edgeRoute(2, 'http', [NAME])])).toBe(true);
    expect(goesOn(WILDCARD, below, [edgeRoute(2, 'http', [NAME, 'x.customer.test'])])).toBe(false);
    // A name that is no wildcard passes nothing below it on.
    expect(goesOn('customer.test', below)).toBe(false);
  });

  test('and nobody is waited for without a workload Gateway', () => {
    const clusters = [bound(1), bound(2, NAME)];
    const { workload: _, ...config } = gatewayConfig(httpOnly());
    expect(receiverAwaited(contextsOf(worldWith(clusters, []), config).of('c-1'), NAME)).toBe(false);
  });
});

describe('while withdrawals are held back', () => {
  test('whoever serves a name without claiming it carries it', () => {
    const clusters = [bound(1), bound(2, NAME)];
    const routes = [edgeRoute(1, 'http', [NAME])];
    const carriedBy = (objects: readonly KubeObject[], hold = holding('hostname')) =>
      claimContext(contexts(clusters, objects, {}, hold).of('c-2')).carriedBy(NAME);
    expect(carriedBy(routes)).toBe('c-1');
    expect(carriedBy(routes, holding('everything'))).toBe('c-1');
    expect(carriedBy(routes, holding())).toBeUndefined();
    expect(carriedBy(routes, holding('HTTPRoute'))).toBeUndefined();
    expect(carriedBy([edgeRoute(2, 'http', [NAME])])).toBeUndefined();
    const unclaimed = contexts([bound(1), bound(2)], routes, {}, holding('hostname')).of('c-2');
    expect(claimContext(unclaimed).carriedBy(NAME)).toBe('c-1');
    const both = contexts([bound(1, NAME), bound(2, NAME)], routes, {}, holding('hostname')).of('c-2');
    expect(claimContext(both).carriedBy(NAME)).toBeUndefined();
    const foreign = edgeRoute(1, 'http', [NAME], { metadata: { labels: {}, name: 'foreign' } });
    expect(carriedBy([foreign])).toBeUndefined();
  });
});

describe('a redirect of another cluster rests on ours', () => {
  const rests = (...objects: readonly KubeObject[]) =>
    restsRedirectOfAnother(contexts([bound(1), bound(2), bound(3)], objects).shared, NAME, 'c-1');

  test('when that has no HTTPS route for the name', () => {
    expect(rests()).toBe(false);
    expect(rests(edgeRoute(2, 'redirect', [NAME]))).toBe(true);
    expect(rests(edgeRoute(2, 'redirect', ['x.customer.test']))).toBe(false);
    expect(rests(edgeRoute(1, 'redirect', [NAME]))).toBe(false);
    expect(rests(edgeRoute(2, 'http', [NAME]))).toBe(false);
    for (const role of ['https', 'https-dedicated'] as const) {
      expect(rests(edgeRoute(2, 'redirect', [NAME]), edgeRoute(2, role, [NAME]))).toBe(false);
      expect(rests(edgeRoute(2, 'redirect', [NAME]), edgeRoute(2, role, ['x.customer.test']))).toBe(true);
    }
    expect(rests(edgeRoute(2, 'redirect', [NAME]), edgeRoute(2, 'http', [NAME]))).toBe(true);
  });

  test('and of several one with HTTPS of its own is enough', () => {
    const redirects = [edgeRoute(2, 'redirect', [NAME]), edgeRoute(3, 'redirect', [NAME])];
    expect(rests(...redirects)).toBe(true);
    expect(rests(...redirects, edgeRoute(3, 'https', [NAME]))).toBe(false);
  });

  test('which a route that is not ours is not', () => {
    expect(rests(edgeRoute(2, 'redirect', [NAME], { metadata: { labels: {} } }))).toBe(false);
  });
});

describe('a certificate overlaps another', () => {
  const overlap = (
    hostname: string,
    clusters: readonly EdgeClusterInput[],
    objects: readonly KubeObject[] = [],
    dns?: World['dns'],
  ) => {
    const context = contexts(clusters, objects, dns === undefined ? {} : { dns }).of('c-2');
    const own = context.claims.bindings.find((one) => one.hostname === hostname);
    if (own === undefined) throw new Error(`c-2 does not bind ${hostname}`);
    return overlapOf(context, own);
  };

  test('that is an older wildcard directly above it, or an older name directly below', () => {
    expect(overlap(NAME, [bound(1, WILDCARD), bound(2, NAME)])).toBe(
      '*.customer.test of cluster c-1 is older',
    );
    expect(overlap(NAME, [bound(3, WILDCARD), bound(2, NAME)])).toBeUndefined();
    expect(overlap(WILDCARD, [bound(1, NAME), bound(2, WILDCARD)])).toBe(
      'app.customer.test of cluster c-1 is older',
    );
    expect(overlap(WILDCARD, [bound(3, NAME), bound(2, WILDCARD)])).toBeUndefined();
    expect(overlap(WILDCARD, [bound(1, 'a.b.customer.test'), bound(2, WILDCARD)])).toBeUndefined();
    expect(overlap('a.b.customer.test', [bound(1, WILDCARD), bound(2, 'a.b.customer.test')])).toBeUndefined();
  });

  test('that is of the same age and stands before it', () => {
    const twin = (index: number, hostname: string) =>
      cluster(index, { hostnames: [binding(hostname, { proof: 'proof' })] });
    expect(overlap(NAME, [twin(1, WILDCARD), twin(2, NAME)])).toBe('*.customer.test of cluster c-1 is older');
    expect(overlap(WILDCARD, [twin(1, NAME), twin(2, WILDCARD)])).toBeUndefined();
  });

  test('that is the shared one, when that holds the name or the wildcard above it', () => {
    const holds = (...names: readonly string[]) => [tlsSecret('kubebyon-workload-tls', names)];
    expect(overlap(NAME, [bound(2, NAME)], holds(NAME))).toBe(`the shared certificate holds ${NAME}`);
    expect(overlap(NAME, [bound(2, NAME)], holds(WILDCARD))).toBe(`the shared certificate holds ${WILDCARD}`);
    expect(overlap(NAME, [bound(2, NAME)], holds('*.test', 'customer.test'))).toBeUndefined();
    expect(overlap(WILDCARD, [bound(2, WILDCARD)], holds(WILDCARD))).toBe(
      `the shared certificate holds ${WILDCARD}`,
    );
  });

  test('which one of the same cluster is not, nor one that may not be served', () => {
    expect(overlap(NAME, [bound(2, NAME, WILDCARD)])).toBeUndefined();
    const clusters = [bound(1, WILDCARD), bound(2, NAME)];
    expect(
      overlap(NAME, clusters, [], { [NAME]: cname([targetOf(2)]), [WILDCARD]: cname([targetOf(1)]) }),
    ).toBeUndefined();
  });
});

describe('the wildcard of the same cluster directly above a name serves it', () => {
  const above = (
    objects: readonly KubeObject[] = [],
    dns?: World['dns'],
    clusters = [bound(1, NAME, WILDCARD)],
  ) => {
    const context = contexts(clusters, objects, dns === undefined ? {} : { dns }).of('c-1');
    const own = context.claims.bindings.find((one) => one.hostname === NAME);
    if (own === undefined) throw new Error('it is not bound');
    return ownWildcardAbove(context, own);
  };
  const certificateOf = (hostname: string, clusterId = 'c-1') =>
    edgeCertificate(hostnameObjectName(hostname), [hostname], clusterId);
  const unasked = {};

  test('when its certificate is there or may be ordered', () => {
    expect(above()).toBe(WILDCARD);
    expect(above([], { [NAME]: cname([targetOf(1)]) })).toBeUndefined();
    const proven = cname([]).map((answer) => ({ ...answer, error: 'ESERVFAIL', txt: ['proof'] }));
    expect(above([certificateOf(WILDCARD)], { [WILDCARD]: proven })).toBe(WILDCARD);
    expect(above([], { [WILDCARD]: proven })).toBeUndefined();
    expect(above([certificateOf(WILDCARD, 'c-2')], { [WILDCARD]: proven })).toBeUndefined();
  });

  test('unless the name has a certificate or a listener of its own already', () => {
    expect(above([certificateOf(NAME)])).toBeUndefined();
    const routed = (section: string, hostnames = [NAME]) =>
      edgeRoute(1, 'https-dedicated', hostnames, { parentRefs: [toGateway(section)] });
    expect(above([routed(hostnameObjectName(NAME))])).toBeUndefined();
    expect(above([routed(hostnameObjectName(WILDCARD))])).toBe(WILDCARD);
    expect(above([routed(hostnameObjectName(NAME), ['x.customer.test'])])).toBe(WILDCARD);
    const both = [hostnameObjectName(WILDCARD), hostnameObjectName(NAME)].map((section) =>
      toGateway(section),
    );
    expect(above([edgeRoute(1, 'https-dedicated', [NAME], { parentRefs: both })])).toBeUndefined();
  });

  test('and none of another cluster, or that may not be served', () => {
    expect(above([], undefined, [bound(1, NAME), bound(2, WILDCARD)])).toBeUndefined();
    expect(above([], unasked)).toBeUndefined();
    const refused = { [WILDCARD]: cname([targetOf(2)]) };
    expect(above([certificateOf(WILDCARD)], refused, [bound(1, NAME, WILDCARD), bound(2)])).toBeUndefined();
    const context = contexts([bound(1, WILDCARD)]).of('c-1');
    const [own] = context.claims.bindings;
    if (own === undefined) throw new Error('it is not bound');
    expect(ownWildcardAbove(context, own)).toBeUndefined();
  });
});
