/**
 * What must not compile. `npm run typecheck` reads this file: every `@ts-expect-error` that is not an error is
 * one itself.
 */
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import {
  block,
  choose,
  concat,
  eq,
  not,
  spread,
  type Template,
  toText,
  type When,
  when,
} from '../../src/template/index.ts';
import { values, workerValues } from '../../src/values/chart-definition.ts';

const { api, gatewayAPI } = values;
const enabled = gatewayAPI.workload.enabled;

const listener = { name: 'http', port: 80, protocol: 'HTTP' } as const;

export const compiles: Template<IDeployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: concat('a-', gatewayAPI.name), labels: when(enabled, { a: gatewayAPI.name }) },
  spec: {
    replicas: api.replicas,
    selector: { matchLabels: { a: 'b' } },
    template: {
      spec: {
        hostNetwork: when(api.hostNetwork, true),
        containers: [
          {
            name: 'api',
            env: [
              { name: 'A', value: toText(api.replicas) },
              block(enabled, [{ name: 'B', value: 'x' }, when(enabled, { name: 'C', value: 'y' })]),
              spread(api.extraEnv),
            ],
            livenessProbe: when(enabled, api.livenessProbe),
          },
          when(enabled, { name: 'side', imagePullPolicy: choose(enabled, 'Always', 'Never') }),
        ],
      },
    },
  },
};

// @ts-expect-error an unknown value path
export const unknownPath = gatewayAPI.workload.enabledd;

// @ts-expect-error the worker's values are not those of both charts
export const noWorker = values.worker;
export const worker = workerValues.replicas;

// @ts-expect-error a text where a flag is asked for
export const textAsCondition = not(gatewayAPI.name);

// @ts-expect-error a flag compared with a text
export const flagAgainstText = eq(enabled, 'true');

// @ts-expect-error a word that the choice does not have
export const unknownWord = eq(gatewayAPI.addressMode, 'triple');

export const wrongLeafType: Template<IGateway> = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  // @ts-expect-error a text where a number is asked for
  spec: { gatewayClassName: 'eg', listeners: [{ name: 'a', port: gatewayAPI.name, protocol: 'HTTP' }] },
};

export const wrongEnumeration: Template<IHTTPRoute> = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  // @ts-expect-error `Prefix` is no path type
  spec: { rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }] },
};

export const misspelt: Template<IDeployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  // @ts-expect-error `imge`
  spec: { selector: {}, template: { spec: { containers: [{ name: 'api', imge: 'x' }] } } },
};

export const misspeltUnderCondition: Template<IDeployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: {
    selector: {},
    template: {
      spec: {
        containers: [
          // @ts-expect-error `imge`, in a conditional element
          when(enabled, { name: 'api', imge: 'x' }),
        ],
      },
    },
  },
};

export const misspeltInBlock: Template<IDeployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: {
    selector: {},
    template: {
      spec: {
        containers: [
          // @ts-expect-error `valu`, in a block
          { name: 'api', env: [block(enabled, [{ name: 'A', valu: 'x' }])] },
        ],
      },
    },
  },
};

export const conditionalRequired: Template<IGateway> = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  spec: {
    // @ts-expect-error gatewayClassName is required, so it cannot be conditional
    gatewayClassName: when(enabled, 'eg'),
    listeners: [listener],
  },
};

// @ts-expect-error a condition must be a flag
export const nonBooleanCondition: When<string> = when(gatewayAPI.name, 'x');

// @ts-expect-error numbers are no conditions either
export const numberCondition: When<string> = when(api.replicas, 'x');
