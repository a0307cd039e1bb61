import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartNamed } from '../../../src/chart/charts.ts';
import { evaluateChart, hasErrors, validate, valuesFrom } from '../../../src/index.ts';
import { fragmentPlaces } from '../../../src/values/fragment-places.ts';
import { changedOnce } from '../../support/fragments/changed.ts';
import { drawnOf } from '../../support/fragments/drawn.ts';
import { VALID } from '../../support/fragments/valid.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { inParallel } from '../support/parallel.ts';
import { seed } from '../support/seed.ts';
import { createNamespace, dryRun, kubeObject } from './dry-run.ts';
import { STRICTER } from './fragments-stricter.ts';
import { RELEASE } from './helm-jobs.ts';

const CHART = 'multi-node';
const RUNS = Number(process.env.RUNS ?? 2_400);

/** All Pods run. */
const BASE = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: {
    platform: { enabled: true, hostname: 'kubebyon.example.com', tlsSecretName: 'platform-tls' },
    workload: {
      enabled: true,
      podCIDRRoute: { enabled: true },
      allowedRoutes: { namespaces: { from: 'Selector' } },
    },
  },
  web: { enabled: true },
  edgeController: { enabled: true },
};

const SELECTOR = ['gatewayAPI', 'workload', 'allowedRoutes', 'namespaces', 'selector'];

interface Case {
  readonly path: readonly string[];
  readonly kind: string;
  readonly piece: unknown;
}

/** A piece at any place, most of them valid ones with one change. */
const cases: fc.Arbitrary<Case> = fc
  .constantFrom(...fragmentPlaces(chartNamed(CHART).values))
  .filter(({ path }) => path[0] !== 'haproxy')
  .chain(({ path, definition: { of, shape } }) => {
    const one = drawnOf(of);
    const drawn = shape === 'list' ? fc.array(one, { minLength: 1, maxLength: 2 }) : one;
    const valid = VALID[path.at(-1) ?? ''] ?? [];
    const piece = fc.oneof(
      { arbitrary: fc.constantFrom(...valid), weight: 3 },
      { arbitrary: drawn, weight: 1 },
    );
    return piece.chain((start) =>
      changedOnce(start, one)
        // What is no map or list at all is not rendered.
        .filter(({ value }) => typeof value === 'object' && Array.isArray(value) === (shape === 'list'))
        .map(({ kind, value }) => ({ path, kind, piece: value })),
    );
  });

type Values = Parameters<typeof valuesFrom>[1];

function withPiece({ path, piece }: Case): Values {
  const values = structuredClone(BASE) as Record<string, unknown>;
  let at = values;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>; // a section of the literal above, or the new one
  }
  at[path.at(-1) ?? ''] = piece;
  if (path.join() !== SELECTOR.join()) return withSelector(values);
  return values as Values;
}

function withSelector(values: Record<string, unknown>): Values {
  const merged = structuredClone(values) as typeof BASE & Record<string, unknown>;
  Object.assign(merged.gatewayAPI.workload.allowedRoutes.namespaces, {
    selector: { matchLabels: { a: 'b' } },
  });
  return merged as Values;
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
  await createNamespace(cluster, RELEASE.namespace);
});
afterAll(() => cluster?.stop());

/** What the API server says of the objects that a piece gets into. */
async function serverRefusals(values: Values): Promise<readonly string[]> {
  const loaded = valuesFrom(CHART, values);
  const objects = evaluateChart(CHART, loaded.values, RELEASE)
    .map(({ manifest }) => kubeObject(manifest))
    .filter(({ kind }) => ['Deployment', 'DaemonSet', 'Gateway', 'NetworkPolicy'].includes(kind));
  const answers = await Promise.all(objects.map((object) => dryRun(cluster, object)));
  return answers.flatMap((answer) => (answer.ok ? [] : [answer.message]));
}

describe('a piece of a manifest with one change', () => {
  test(`that passes is taken by the API server, and one that is refused is not, ${RUNS} times`, async () => {
    const drawn = fc.sample(cases, { seed, numRuns: RUNS });
    let taken = 0;
    const results = await inParallel(
      drawn,
      async (aCase) => {
        const values = withPiece(aCase);
        const problems = validate(valuesFrom(CHART, values), RELEASE).filter(
          ({ severity }) => severity === 'error',
        );
        const refusals = await serverRefusals(values);
        if (refusals.length === 0) taken += 1;
        const text = `${aCase.path.join('.')} (${aCase.kind}): ${JSON.stringify(aCase.piece)}`;
        if (!hasErrors(problems) && refusals.length > 0)
          return [`PASSES, but the server: ${refusals[0]}\n${text}`];
        if (!hasErrors(problems) || refusals.length > 0) return [];
        return problems.every((problem) => STRICTER.some(({ applies }) => applies(problem)))
          ? []
          : [
              `REFUSED, but the server takes it: ${problems.map(({ code, path, message }) => `${code} ${path}: ${message}`).join('; ')}\n${text}`,
            ];
      },
      8,
    );
    const differences = results.flat();
    expect(differences, `seed ${seed}`).toEqual([]);
    expect(taken).toBeGreaterThan(RUNS / 6);
    expect(RUNS - taken).toBeGreaterThan(RUNS / 6);
  }, 300_000);
});
