/**
 * Runs the cluster of the conformance tests for a person: `node tools/cluster.ts [--gateway-api 1.5.1|1.6.3]
 * [--experimental] [--cert-manager] [--controller-manager]`. Prints how to reach it, runs until Ctrl-C, keeps nothing.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { startCluster } from '../test/conformance/support/cluster.ts';
import { toolPath } from '../test/conformance/support/tools.ts';

const { values } = parseArgs({
  options: {
    'gateway-api': { type: 'string', default: '1.6.3' },
    experimental: { type: 'boolean', default: false },
    'cert-manager': { type: 'boolean', default: false },
    'controller-manager': { type: 'boolean', default: false },
  },
});

const cluster = await startCluster({
  gatewayApiBundle: values['gateway-api'] === '1.5.1' ? '1.5.1' : '1.6.3',
  gatewayApiChannel: values.experimental ? 'experimental' : 'standard',
  certManager: values['cert-manager'],
  controllerManager: values['controller-manager'],
});
console.log(
  `export KUBECONFIG=${cluster.kubeconfig}\nalias kubectl=${toolPath('kubectl')}\n# Ctrl-C ends it`,
);
const keepAlive = setInterval(() => {}, 60_000);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
clearInterval(keepAlive);
await cluster.stop();
