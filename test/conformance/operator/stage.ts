import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dump } from 'js-yaml';
import { projectRoot } from '../../../scripts/write-generated.ts';
import { counted } from '../../../src/cli/operator/counted.ts';
import { preflightFacts } from '../../../src/cli/operator/run-preflight.ts';
import { verifyFacts } from '../../../src/cli/operator/run-verify.ts';
import { connect, type Kube, kubeconfigCredentials, systemClock } from '../../../src/kube/index.ts';
import { loadValues } from '../../../src/library/load.ts';
import { render } from '../../../src/library/render.ts';
import { isKind, KINDS, type KindName } from '../../../src/operator/checks/kinds.ts';
import type { PreflightFacts } from '../../../src/operator/preflight/facts.ts';
import { wantedFrom } from '../../../src/operator/preflight/wanted.ts';
import type { VerifyFacts } from '../../../src/operator/verify/facts.ts';
import { at, listOf } from '../../../src/text/json.ts';
import type { KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';

export const NAMESPACE = 'kubebyon-system';
export const RELEASE = { name: 'kubebyon', namespace: NAMESPACE };

/** Puts back what was changed. */
export type Undo = () => Promise<void>;

/** Values that are laid over those of the stage. */
export type Overlay = Readonly<Record<string, unknown>>;

/** A cluster whose objects are written by hand, their status too: nothing runs that would change them. */
export interface Stage {
  readonly cluster: Cluster;
  readonly kube: Kube;
  /** Writes an object and its status; undo takes it away. */
  add(object: KubeObject): Promise<Undo>;
  /** Replaces an object and its status by what `change` makes of a copy; undo writes what it was. */
  change(kind: KindName, name: string, change: (object: Draft) => void, namespace?: string): Promise<Undo>;
  /** Deletes an object; undo makes it anew. */
  remove(kind: KindName, name: string, namespace?: string): Promise<Undo>;
  preflight(overlay?: Overlay, now?: number): Promise<PreflightFacts>;
  verify(now?: number): Promise<VerifyFacts>;
  stop(): Promise<void>;
}

/** A copy of an object that may be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a test changes fields of any kind of object
export type Draft = any;

const COMPLETE = join(projectRoot, 'fixtures/multi-node/complete/values.yaml');

/** The objects of the release with the values of the stage. */
export function renderedWith(overlay: Overlay = {}) {
  const sources = [
    { kind: 'file' as const, name: 'complete', text: readFileSync(COMPLETE, 'utf8') },
    { kind: 'file' as const, name: 'stage', text: dump(STAGE_VALUES) },
    { kind: 'file' as const, name: 'overlay', text: dump(overlay) },
  ];
  const { manifests, problems } = render(loadValues('multi-node', sources), RELEASE);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message, path }) => `${path}: ${message}`).join('; '));
  return manifests.map(({ manifest }) => manifest);
}

/** Besides the fixture "complete": an edge controller, and a Secret for pulling images. */
const STAGE_VALUES = {
  edgeController: { enabled: true },
  imagePullSecrets: [{ name: 'pull' }],
};

export async function startStage(): Promise<Stage> {
  const cluster = await startCluster({ gatewayApiBundle: '1.6.3', certManager: true });
  const credentials = await kubeconfigCredentials({
    file: cluster.kubeconfig,
    clock: systemClock,
    environment: {},
  });
  if (!credentials.ok) throw new Error(credentials.failure.message);
  const kube = connect(credentials.value);
  return {
    cluster,
    kube,
    ...changesOf(cluster.api),
    preflight: async (overlay = {}, now = Date.now()) => {
      const { requester } = counted(kube.requester, 200);
      return preflightFacts(
        { requester, version: await versionOf(kube) },
        wantedFrom(RELEASE, renderedWith(overlay)),
        now,
      );
    },
    verify: async (now = Date.now()) => {
      const { requester } = counted(kube.requester, 2_000);
      return verifyFacts(
        { requester, version: await versionOf(kube) },
        { release: RELEASE, hostnames: [] },
        now,
      );
    },
    stop: async () => {
      await kube.close();
      await cluster.stop();
    },
  };
}

/** Writes, changes and removes objects of an API server, and puts back what was. */
export function changesOf(api: Cluster['api']): Pick<Stage, 'add' | 'change' | 'remove'> {
  const must = async (answer: ReturnType<typeof api.request>): Promise<KubeObject> => {
    const got = await answer;
    if (!got.ok) throw new Error(`${got.status} ${got.message}`);
    return got.object;
  };
  const add = async (object: KubeObject): Promise<Undo> => {
    const path = pathOf(object);
    const { status, ...rest } = object;
    await must(api.request({ method: 'POST', path: path.slice(0, path.lastIndexOf('/')), body: rest }));
    if (status !== undefined) await writeStatus(path, status);
    return async () => {
      await must(api.request({ method: 'DELETE', path }));
    };
  };
  const writeStatus = async (path: string, status: unknown): Promise<void> => {
    const body = { status };
    const contentType = 'application/merge-patch+json';
    await must(api.request({ method: 'PATCH', path: `${path}/status`, body, contentType }));
  };
  const write = async (path: string, object: KubeObject): Promise<void> => {
    const { status, ...rest } = object;
    const { metadata } = await must(api.request({ method: 'GET', path }));
    const body = { ...rest, metadata: { ...rest.metadata, resourceVersion: metadata.resourceVersion } };
    const stored = await must(api.request({ method: 'PUT', path, body }));
    if (status === undefined && at(stored, 'status') === undefined) return;
    const next = { ...stored, status: ofGeneration(status ?? {}, object, stored) };
    await must(api.request({ method: 'PUT', path: `${path}/status`, body: next }));
    if (object.kind === 'CustomResourceDefinition') await untilServed(stored);
  };
  /** Serving begins and ends a moment after the definition was written. */
  const untilServed = async ({ spec }: KubeObject): Promise<void> => {
    for (const version of listAt(spec, 'versions')) {
      const path = `/apis/${at(spec, 'group')}/${at(version, 'name')}/${at(spec, 'names', 'plural')}?limit=1`;
      const isWanted = at(version, 'served') === true;
      const deadline = performance.now() + 60_000;
      while ((await api.request({ method: 'GET', path })).ok !== isWanted) {
        if (performance.now() > deadline) throw new Error(`${path}: served is not ${isWanted} after 60 s`);
        await sleep(20);
      }
    }
  };
  const nameOf = (kind: KindName, name: string, namespace = NAMESPACE): KubeObject => ({
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: KINDS[kind].namespaced ? { name, namespace } : { name },
  });

  return {
    add,
    change: async (kind, name, change, namespace) => {
      const path = pathOf(nameOf(kind, name, namespace));
      const before = await must(api.request({ method: 'GET', path }));
      const after: Draft = structuredClone(before);
      change(after);
      await write(path, after);
      return () => write(path, before);
    },
    remove: async (kind, name, namespace) => {
      const path = pathOf(nameOf(kind, name, namespace));
      const before = await must(api.request({ method: 'GET', path }));
      await must(api.request({ method: 'DELETE', path }));
      const {
        uid: _,
        resourceVersion: __,
        generation: ___,
        creationTimestamp: ____,
        managedFields: _____,
        ...metadata
      } = before.metadata;
      return async () => {
        await add({ ...before, metadata });
      };
    },
  };
}

/** What spoke of the object as it was read speaks of it as it is stored now: as if its controller had looked at it again. */
function ofGeneration(status: unknown, read: KubeObject, stored: KubeObject): unknown {
  return JSON.parse(JSON.stringify(status), (key, value: unknown) =>
    key === 'observedGeneration' && value === read.metadata.generation ? stored.metadata.generation : value,
  );
}

async function versionOf(kube: Kube) {
  const answer = await kube.requester.call({ method: 'GET', path: '/version' });
  const body = answer.ok ? answer.value : {};
  return {
    gitVersion: String(at(body, 'gitVersion')),
    major: Number(at(body, 'major')),
    minor: Number.parseInt(String(at(body, 'minor')), 10),
  };
}

function apiVersionOf(kind: KindName): string {
  const { group, version } = KINDS[kind];
  return group === '' ? version : `${group}/${version}`;
}

/** The path of an object of a kind that is known. */
export function pathOf({ kind, metadata }: KubeObject): string {
  if (!isKind(kind)) throw new Error(`no path of ${kind}`);
  const { group, version, plural, namespaced } = KINDS[kind];
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const place = namespaced ? `/namespaces/${metadata.namespace ?? NAMESPACE}` : '';
  return `${root}${place}/${plural}/${metadata.name}`;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  return listOf(at(value, key));
}
