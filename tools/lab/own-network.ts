import { spawnSync } from 'node:child_process';
import { findProgram } from '../lib/find-program.ts';

/** Stands in the environment of everything that a lab starts, with the id of the lab: so its processes are known as its own. */
export const LAB_ID = 'KUBEBYON_LAB';

/** Words before a command that is to run in a network of its own; without root also in a user namespace of its own. */
export function inOwnNetwork(): readonly [string, ...string[]] {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...user, '--net', '--'];
}

/** Why there can be no network of its own on this machine, and what to do; undefined: there can. */
export function whyNoNetwork(): { readonly isMachine: boolean; readonly text: string } | undefined {
  const missing = ['ip', 'unshare', 'nsenter', 'setpriv'].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) {
    return { isMachine: false, text: `${missing.join(', ')} missing: install iproute2 and util-linux` };
  }
  const [unshare, ...words] = inOwnNetwork();
  const tries = 'ip link add veth0 type veth peer name veth1 && echo 1 >/proc/sys/net/ipv4/ip_forward';
  const { status } = spawnSync(unshare, [...words, 'sh', '-c', tries], { stdio: 'ignore' });
  return status === 0
    ? undefined
    : {
        isMachine: true,
        text: 'network namespaces need root: run as root, or in a container with NET_ADMIN and SYS_ADMIN',
      };
}
