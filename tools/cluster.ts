/**
 * Runs the cluster of the conformance tests for a person: `node tools/cluster.ts [--gateway-api 1.5.1|1.6.3]
 * [--experimental] [--cert-manager] [--controller-manager]`. Prints how to reach it, runs until Ctrl-C, keeps nothing.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { type ClusterOptions, gatewayApiBundles, startCluster } from '../test/conformance/support/cluster.ts';
import { toolPath } from '../test/conformance/support/tools.ts';

const usage =
  'usage: node tools/cluster.ts [--gateway-api 1.5.1|1.6.3] [--experimental] [--cert-manager] [--controller-manager]';

function readOptions(): ClusterOptions {
  const { values } = parseArgs({
    options: {
      'gateway-api': { type: 'string', default: '1.6.3' },
      experimental: { type: 'boolean', default: false },
      'cert-manager': { type: 'boolean', default: false },
      'controller-manager': { type: 'boolean', default: false },
    },
  });
  const gatewayApiBundle = gatewayApiBundles.find((bundle) => bundle === values['gateway-api']);
  if (gatewayApiBundle === undefined) throw new Error(`no bundle ${values['gateway-api']}`);
  return {
    gatewayApiBundle,
    gatewayApiChannel: values.experimental ? 'experimental' : 'standard',
    certManager: values['cert-manager'],
    controllerManager: values['controller-manager'],
  };
}

let options: ClusterOptions;
try {
  options = readOptions();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exit(2);
}

// Listened for before anything is started or printed: whoever reads the first line may end this at once.
const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const keepAlive = setInterval(() => {}, 60_000);
const cluster = await startCluster(options);
console.log(
  `export KUBECONFIG=${cluster.kubeconfig}\nalias kubectl=${toolPath('kubectl')}\n# Ctrl-C ends it`,
);
await asked;
clearInterval(keepAlive);
await cluster.stop();
