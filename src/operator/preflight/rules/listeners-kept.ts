import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { wantedOf } from '../wanted.ts';

export const listenersKept: PreflightRule = {
  code: 'ListenersKept',
  looksAt:
    'A Gateway that is there keeps the listeners of its chart: one that goes takes its routes with it.',
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
          const used = listOf(at(there.status, 'listeners'))
            .filter((one) => Number(get(one, 'attachedRoutes') ?? 0) > 0)
            .flatMap((one) => textOf(get(one, 'name')) ?? []);
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

/** The shared HTTPS listener of workloads is the runtime's, whatever it is called. */
function isRuntimes(
  name: string,
  { metadata }: { readonly metadata: { readonly labels?: unknown } },
): boolean {
  return get(metadata.labels, 'app.kubernetes.io/component') === 'workload-gateway' && name.endsWith('https');
}
