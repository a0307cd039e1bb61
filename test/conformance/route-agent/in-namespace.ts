import { systemClock } from '../../../src/kube/index.ts';
import { ipRunner, kernelObserver, type RunIp } from '../../../src/route-agent/index.ts';
import { isGuard } from '../../../src/route-agent/plan/guards.ts';
import type { Kernel, KernelRoute } from '../../../src/route-agent/types.ts';
import { formatCidr, formatIp } from '../../../src/text/ip.ts';
import { GUARDING } from '../../route-agent/model.ts';
import type { Namespace } from './namespaces.ts';

/** The agent's own way to run `ip`, in another network than that of the test. */
export function ipIn(namespace: Namespace, timeoutMs = 30_000): RunIp {
  const [program = '', ...enter] = namespace.enter;
  const run = ipRunner({ program, timeoutMs, clock: systemClock });
  return ({ args, ...rest }) => run({ args: [...enter, 'ip', ...args], ...rest });
}

export async function kernelOf(namespace: Namespace): Promise<Kernel> {
  const read = await kernelObserver(ipIn(namespace)).read();
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

/** Entries of the main table, one line each, in a fixed order. */
export async function tableOf(
  namespace: Namespace,
  which: 'own' | 'guards' | 'foreign',
): Promise<readonly string[]> {
  const { routes } = await kernelOf(namespace);
  const kindOf = (route: KernelRoute): typeof which =>
    route.protocol === GUARDING.protocol ? 'own' : isGuard(route, GUARDING) ? 'guards' : 'foreign';
  return routes
    .filter((route) => route.table === 254 && kindOf(route) === which)
    .map(
      ({ range, gateway, device, protocol, metric }) =>
        `${formatCidr(range)} ${gateway === undefined ? '-' : formatIp(gateway)} ${device ?? '-'} ${protocol} ${metric}`,
    )
    .sort();
}
