import type { Kube, Result } from '../../kube/index.ts';
import type { Host } from '../types.ts';
import type { AgentConfig } from './config.ts';
import { dependences, hostOf } from './host.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' };

/** Reads the Node that this process runs on, as often as it is called. */
export async function hostReader(
  kube: Pick<Kube, 'get' | 'server'>,
  { nodeName, protectedCIDRs }: Pick<AgentConfig, 'nodeName' | 'protectedCIDRs'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<() => Promise<Result<Host>>> {
  const addresses = await dependences(kube.server, environment);
  return async () => {
    const read = await kube.get(NODES, { name: nodeName });
    if (!read.ok) return read;
    if (read.value !== undefined)
      return { ok: true, value: hostOf(read.value, { protectedCIDRs, addresses }) };
    return {
      ok: false,
      failure: {
        kind: 'status',
        at: `Node ${nodeName}`,
        message: 'expected the Node of NODE_NAME, found none',
        hint: 'see whether NODE_NAME is the name of this Node',
      },
    };
  };
}
