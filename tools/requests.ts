/**
 * Sends real requests through Envoy Gateway and Envoy to what the planner plans: `node tools/requests.ts`.
 *
 * It shows that names of the platform and of other tenants never reach a tenant's wildcard, and that a more specific
 * listener of others takes requests as the finding `ForeignListener` says. Everything runs in a network namespace of its
 * own, because Envoy Gateway binds every address. Needs root or unprivileged user namespaces, and the tools envoy and
 * envoy-gateway: `node tools/build.ts envoy envoy-gateway`. Ends with 0 when every answer is as expected.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const inside = new URL('./requests/inside.ts', import.meta.url).pathname;
const userNamespace = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
const child = spawn(
  'unshare',
  [
    ...userNamespace,
    '--net',
    '--',
    'sh',
    '-c',
    'ip link set lo up && exec "$0" "$1"',
    process.execPath,
    inside,
  ],
  { stdio: 'inherit' },
);
const [code] = await once(child, 'exit');
process.exitCode = typeof code === 'number' ? code : 1;
