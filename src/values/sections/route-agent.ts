import {
  DEFAULT_ROUTE_PROTOCOL,
  ROUTE_PROTOCOL_BOUNDS,
  TAKEN_ROUTE_PROTOCOLS,
} from '../../contract/route-protocols.ts';
import { flag, group, integer, list, text } from '../definition.ts';
import { CIDR, IPV4_ADDRESS } from '../grammar.ts';
import { image } from './image.ts';
import { podKeys } from './pod.ts';

/** The agent that keeps routes on every Node, with podCIDRRoute.mode=routeagent. */
export const routeAgent = group('The agent that keeps routes on Nodes, with podCIDRRoute.mode=routeagent.', {
  image: image('kubebyon-route-agent'),
  protocol: integer(
    DEFAULT_ROUTE_PROTOCOL,
    ROUTE_PROTOCOL_BOUNDS,
    `Routing protocol number that marks the routes of the agent; no other program may use it, and ${TAKEN_ROUTE_PROTOCOLS.join(', ')} are refused because some do.`,
  ),
  metric: integer(
    4242,
    [1, 2_147_483_647],
    'Metric of the routes of the agent; a foreign route with a lower one wins.',
  ),
  protectedCIDRs: list(
    text('', CIDR, 'One range.'),
    64,
    'Ranges that no route of the agent may touch, besides those that the agent protects by itself.',
  ),
  cleanUp: group('What happens to the routes when the release is uninstalled.', {
    enabled: flag(
      true,
      'Whether a Job takes the routes of all Nodes away before the rest of the release goes; without it they stay.',
    ),
    timeoutSeconds: integer(
      60,
      [1, 600],
      'Seconds that the agents have for it; then the Job names the Nodes that are left, and the release goes.',
    ),
  }),
  health: group(
    'Where an agent tells of its health; its Pod has the network of the Node, so the port is one of the Node.',
    {
      enabled: flag(
        false,
        'Whether agents answer /healthz, /readyz and /metrics, and the kubelet asks the first two.',
      ),
      address: text(
        '127.0.0.1',
        IPV4_ADDRESS,
        'Where they listen; 127.0.0.1 opens nothing to the network, 0.0.0.0 every address of the Node.',
      ),
      port: integer(9157, [1024, 65_535], 'Port of the Node that no other program uses.'),
    },
  ),
  admissionPolicy: group('What an agent may write, besides what its Role says.', {
    enabled: flag(
      false,
      'Whether the API server lets an agent write only what its own Node reports; its token must name its Node.',
    ),
  }),
  ...podKeys('route-agent', {
    podSecurityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
    },
    tolerations: [{ operator: 'Exists' }],
    priorityClassName: 'system-node-critical',
    terminationGracePeriodSeconds: 10,
  }),
});
