import type { Manifest, RenderedManifest } from '../../../../src/index.ts';
import type { Entries, Entry, EntryRoute } from './protocol.ts';

type Gateway = Extract<Manifest, { kind: 'Gateway' }>;
type HttpRoute = Extract<Manifest, { kind: 'HTTPRoute' }>;

/** Reads the entries out of rendered objects: what stands there, and nothing of the values. */
export function entriesOf(manifests: readonly RenderedManifest[]): Entries {
  const routes = manifests.flatMap(({ manifest }) => (manifest.kind === 'HTTPRoute' ? [manifest] : []));
  const entryFrom = (file: string): Entry | undefined => {
    const found = manifests.find(({ source }) => source.endsWith(`/${file}.yaml`))?.manifest;
    return found?.kind === 'Gateway' ? entryOf(found, routes) : undefined;
  };
  const controlPlane = entryFrom('control-plane-gateway');
  return {
    provider: controlPlane === undefined ? 'haproxy' : 'gatewayapi',
    controlPlane,
    platform: entryFrom('platform-gateway'),
    workload: entryFrom('workload-gateway'),
  };
}

function entryOf({ metadata, spec }: Gateway, routes: readonly HttpRoute[]): Entry {
  const name = metadata.name ?? '';
  const { listeners } = spec;
  return {
    gateway: name,
    namespace: metadata.namespace ?? '',
    className: spec.gatewayClassName,
    listeners: listeners.map((listener) => ({
      name: listener.name,
      port: listener.port,
      protocol: listener.protocol,
    })),
    hostname: listeners.find(({ hostname }) => hostname !== undefined)?.hostname,
    routes: routes
      .filter((route) => (route.spec?.parentRefs ?? []).some((parent) => parent.name === name))
      .map(routeOf),
  };
}

function routeOf({ metadata, spec }: HttpRoute): EntryRoute {
  const rules = spec?.rules ?? [];
  const paths = rules.flatMap(({ matches = [] }) =>
    matches.map(
      ({ path }) => `${path?.value ?? '/'}${path?.type === 'PathPrefix' && path.value !== '/' ? '/…' : ''}`,
    ),
  );
  const backend = rules.flatMap(({ backendRefs = [] }) => backendRefs)[0];
  return {
    name: metadata?.name ?? '',
    paths,
    backend: backend === undefined ? 'redirect' : `${backend.name}:${backend.port}`,
  };
}
