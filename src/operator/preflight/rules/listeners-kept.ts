import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { attachesTo } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { all, type SeenObject } from '../../checks/facts.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightFacts, PreflightRule } from '../facts.ts';
import { helmRelease } from '../own-objects.ts';
import { wantedOf } from '../wanted.ts';

export const listenersKept: PreflightRule = {
  code: 'ListenersKept',
  looksAt:
    'A Gateway that is there keeps the listeners of its chart: one that goes takes its routes with it, but for those of the release itself.',
  replaces: [],
  next: 'keep the name of the listener, or let names move first; listeners of the runtime come back by themselves',
  check: (facts) =>
    wantedOf(facts.wanted, 'Gateway').flatMap((wanted) =>
      ifThere(
        facts,
        'Gateway',
        wanted.metadata.namespace ?? '',
        wanted.metadata.name,
        (there): readonly Said[] => {
          const names = (spec: unknown): readonly string[] =>
            listOf(get(spec, 'listeners')).flatMap((one) => textOf(get(one, 'name')) ?? []);
          const used = listOf(at(there.status, 'listeners')).flatMap((one) => {
            const name = textOf(get(one, 'name')) ?? '';
            const attached = Number(get(one, 'attachedRoutes') ?? 0);
            return attached > routesOfRelease(facts, there, name) ? [name] : [];
          });
          const lost = used.filter(
            (name) =>
              !name.startsWith('kb-') && !isRuntimes(name, wanted) && !names(wanted.spec).includes(name),
          );
          return [
            lost.length === 0
              ? ok(nameOf(there), 'its listeners stay')
              : failed(
                  nameOf(there),
                  `the listener ${lost.join(', ')}, which has routes`,
                  `only ${names(wanted.spec).join(', ')} in the values`,
                ),
          ];
        },
      ),
    ),
};

/** How many routes of a listener are of the release: they are changed with it, as is the redirect of the platform. */
function routesOfRelease(facts: PreflightFacts, { metadata }: SeenObject, listener: string): number {
  const { name, namespace } = facts.wanted.release;
  const routes = all(facts, 'HTTPRoute', namespace);
  if (!routes.seen) return 0;
  const gateway = { namespace: metadata.namespace ?? '', name: metadata.name };
  return routes.value.filter(
    (route) => helmRelease(route) === `${namespace}/${name}` && attachesTo(route, gateway, listener),
  ).length;
}

/** The shared HTTPS listener of workloads is the runtime's, whatever it is called. */
function isRuntimes(
  name: string,
  { metadata }: { readonly metadata: { readonly labels?: unknown } },
): boolean {
  return get(metadata.labels, 'app.kubernetes.io/component') === 'workload-gateway' && name.endsWith('https');
}
