import { flag, group, integer, list, text } from '../definition.ts';
import { CIDR } from '../grammar.ts';
import { image } from './image.ts';
import { podKeys } from './pod.ts';

/** The agent that keeps routes on every Node, with podCIDRRoute.mode=routeagent. */
export const routeAgent = group('The agent that keeps routes on Nodes, with podCIDRRoute.mode=routeagent.', {
  image: image('kubebyon-route-agent'),
  protocol: integer(
    157,
    [20, 252],
    'Routing protocol number that marks the routes of the agent; no other program may use it.',
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
