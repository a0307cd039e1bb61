import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitDocument } from '../../../src/index.ts';
import { dig } from '../../support/rules/dig.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm, helmVersions } from '../support/helm.ts';
import { chartFolder } from './chart-folder.ts';

/**
 * Pieces of a Pod that keep their name and become something else. The server has filled in a field beside what was
 * written of each (defaultMode, type, scheme, service), and that must go too.
 */
const CHANGES: readonly { readonly what: string; readonly from: object; readonly to: object }[] = [
  {
    what: 'volumes get other sources',
    from: {
      extraVolumes: [
        { name: 'a', secret: { secretName: 's' } },
        { name: 'b', hostPath: { path: '/srv' } },
        { name: 'c', emptyDir: {} },
      ],
    },
    to: {
      extraVolumes: [
        { name: 'a', configMap: { name: 'c' } },
        { name: 'b', emptyDir: {} },
        { name: 'c', secret: { secretName: 's' } },
      ],
    },
  },
  {
    what: 'a probe of HTTP becomes one of TCP',
    from: { startupProbe: { httpGet: { path: '/healthz', port: 8080 } } },
    to: { startupProbe: { tcpSocket: { port: 8080 } } },
  },
  {
    what: 'a probe of gRPC becomes one of HTTP',
    from: { startupProbe: { grpc: { port: 8080 } } },
    to: { startupProbe: { httpGet: { path: '/healthz', port: 8080 } } },
  },
  {
    what: 'a variable gets a source, and loses it',
    from: { extraEnv: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    to: { extraEnv: [{ name: 'A', value: 'b' }] },
  },
];

/** Who writes the two revisions: one Helm, or Helm 4 what Helm 3 has made, in its way or in that of before. */
const WRITERS: readonly (readonly [HelmVersion, HelmVersion, readonly string[]])[] = [
  ...helmVersions.map((version) => [version, version, []] as const),
  ['3.22', '4.3', []],
  ['3.22', '4.3', ['--server-side=true']],
];

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

describe.each(WRITERS.map((writers, index) => ({ writers, index })))(
  'Helm $writers.0, then $writers.1 $writers.2',
  ({ writers: [first, second, flags], index }) => {
    const namespace = `sources-${index}`;
    const upgrade = async (version: HelmVersion, api: object, more: readonly string[] = []) => {
      const { code, stderr } = await helm(
        version,
        [
          ...['upgrade', 'r', chartFolder('single-node'), '--install', '--reset-values', '-f', '-'],
          ...['--namespace', namespace, '--create-namespace', ...more],
        ],
        {
          kubeconfig: cluster.kubeconfig,
          input: emitDocument({ crds: { install: false }, api }),
        },
      );
      expect(code, stderr).toBe(0);
    };

    test.each(CHANGES)('$what', async ({ from, to }) => {
      await upgrade(first, from);
      await upgrade(second, to, flags);
      expect(await piecesOf(namespace)).toMatchObject(to);
      await upgrade(second, from, flags);
      expect(await piecesOf(namespace)).toMatchObject(from);
    });
  },
);

/** The pieces of the API's Pod as the server has them, by their keys in the values. It takes one source or handler only. */
async function piecesOf(namespace: string): Promise<object> {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'r-kubebyon-api', namespace },
  };
  const answer = await cluster.api.get(deployment);
  if (!answer.ok) throw new Error(answer.message);
  const pod = dig(answer.object, 'spec', 'template', 'spec');
  const container = dig(pod, 'containers', '0');
  const own = (list: unknown, names: string) =>
    (Array.isArray(list) ? list : []).filter((item) => names.includes(String(dig(item, 'name'))));
  return {
    extraVolumes: own(dig(pod, 'volumes'), 'abc'),
    extraEnv: own(dig(container, 'env'), 'A'),
    startupProbe: dig(container, 'startupProbe'),
  };
}
