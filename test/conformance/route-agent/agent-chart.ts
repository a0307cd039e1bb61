import { containerOf, objectOf, objectsOf } from '../../support/objects.ts';
import { digList, digText } from '../../support/rules/dig.ts';

/** The agents as the chart installs them, but with a round every two seconds. */

export const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };

/** The DaemonSet, its account and its Roles. */
export const ACCOUNT = 'kubebyon-kubebyon-route-agent';

export const agentObjects = objectsOf(
  'multi-node',
  {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: {
      workload: {
        enabled: true,
        podCIDRRoute: {
          enabled: true,
          staleAfterSeconds: 30,
          syncIntervalSeconds: 2,
          commandTimeoutSeconds: 30,
        },
      },
    },
  },
  RELEASE,
);

/** What the DaemonSet tells an agent; which Node it is on, the kubelet adds. */
export const agentEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  digList(containerOf(objectOf(agentObjects, 'DaemonSet', ACCOUNT), 'route-agent'), 'env').map((one) => [
    digText(one, 'name'),
    digText(one, 'value'),
  ]),
);
