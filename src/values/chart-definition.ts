import { group, type ValueOf } from './definition.ts';
import { referencesOf } from './references.ts';
import { api } from './sections/api.ts';
import { edgeController } from './sections/edge-controller.ts';
import { gatewayAPI } from './sections/gateway-api.ts';
import { general, global } from './sections/general.ts';
import { haproxy } from './sections/haproxy.ts';
import { routeAgent } from './sections/route-agent.ts';
import { web } from './sections/web.ts';
import { worker } from './sections/worker.ts';

/** Values of the single-node chart. */
export const singleNode = group('Values of the kubebyon-single-node chart.', {
  ...general,
  gatewayAPI,
  api,
  web,
  edgeController,
  routeAgent,
  haproxy,
  global,
});

/** Values of the multi-node chart. */
export const multiNode = group('Values of the kubebyon-multi-node chart.', {
  ...general,
  gatewayAPI,
  api,
  worker,
  web,
  edgeController,
  routeAgent,
  haproxy,
  global,
});

/** Complete, valid values of the single-node chart. */
export type SingleNodeValues = ValueOf<typeof singleNode>;

/** Complete, valid values of the multi-node chart. */
export type MultiNodeValues = ValueOf<typeof multiNode>;

/** References to the values that both charts have. */
export const values = referencesOf(singleNode);

/** References to the values of the worker, which only the multi-node chart has. */
export const workerValues = referencesOf(worker, ['worker']);
