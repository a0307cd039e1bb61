import { describeEnvironmentProblem, type Environment } from '../../contract/environment-codec.ts';
import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { type ThisHost, thisHost } from '../../controller/index.ts';
import { printable } from '../text/printable.ts';

export type Place =
  | { readonly ok: true; readonly host: ThisHost | undefined }
  | { readonly ok: false; readonly stderr: string };

/**
 * The Node whose routes this process keeps with mode local. Where nothing says that it runs on one, as on a laptop with
 * `--env-from`, it keeps none.
 */
export function placeOf(config: RuntimeConfig, environment: Environment): Place {
  const route = config.provider === 'gatewayapi' ? config.workload?.podCIDRRoute : undefined;
  const isLocal = route?.enabled === true && route.mode === 'local';
  if (!isLocal || (environment.NODE_IP ?? '') === '') return { ok: true, host: undefined };
  const read = thisHost(environment);
  if (read.ok) return read;
  const lines = read.problems.map((one) => `error: ${printable(describeEnvironmentProblem(one))}\n`);
  return { ok: false, stderr: `${lines.join('')}  hint: compare with docs/runtime.md, Variables\n` };
}
