import type { Failure, Result } from '../../kube/index.ts';
import { compareIp, type IpAddress } from '../../text/ip.ts';
import type { Kernel } from '../types.ts';
import { askIp } from './failure.ts';
import type { RunIp } from './run-ip.ts';

/** The oldest version that prints rules and numeric names in JSON. */
const OLDEST = { major: 5, snapshot: 190_319 };

/** The version of `ip`, as it says it; a failure when it is missing, too old or another program of that name. */
export async function ipVersion(run: RunIp): Promise<Result<string>> {
  const answer = await askIp(run, { args: ['-V'] });
  if (!answer.ok) return answer;
  const found = answer.value.trim().slice(0, 80);
  return isNewEnough(found) ? { ok: true, value: found } : { ok: false, failure: tooOld(found) };
}

/** Releases are called `iproute2-6.1.0`; before 5.6 they were called by their day, `iproute2-ss200127`. */
function isNewEnough(version: string): boolean {
  const [, major, snapshot] = /\biproute2-(?:(\d+)\.\d|ss(\d{6}))/.exec(version) ?? [];
  if (major !== undefined) return Number(major) >= OLDEST.major;
  return snapshot !== undefined && Number(snapshot) >= OLDEST.snapshot;
}

function tooOld(found: string): Failure {
  return {
    kind: 'malformed',
    at: 'ip -V',
    message: `expected iproute2 ${OLDEST.major}.0 or newer, found ${JSON.stringify(found)}`,
    hint: 'use the image of the route agent, or install iproute2',
  };
}

/** Whether this process is in the network of its Node; anywhere else nothing may be touched. */
export function checkNetwork({ links }: Kernel, nodeAddress: IpAddress, text: string): Result<undefined> {
  const isHere = links.some(({ addresses }) => addresses.some(({ ip }) => compareIp(ip, nodeAddress) === 0));
  if (isHere) return { ok: true, value: undefined };
  return {
    ok: false,
    failure: {
      kind: 'malformed',
      at: `NODE_IP ${text}`,
      message: `expected an address of this host, found it on none of ${links.length} links: this is not the network of the Node`,
      hint: 'run the Pod with hostNetwork: true',
    },
  };
}
