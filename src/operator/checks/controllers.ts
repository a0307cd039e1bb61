import { label } from '../../planner/world/objects.ts';
import type { SeenObject } from './facts.ts';
import type { Question } from './question.ts';

/** The controllerName of Envoy Gateway. */
export const ENVOY_GATEWAY = 'gateway.envoyproxy.io/gatewayclass-controller';

/** Whether a Deployment is that of Envoy Gateway's chart. */
export function isEnvoyGateway(deployment: SeenObject): boolean {
  return label(deployment, 'app.kubernetes.io/name') === 'gateway-helm';
}

/** Whether a Deployment is one of the three of cert-manager's chart. `webhook` alone may be anybody's. */
export function isCertManager(deployment: SeenObject): boolean {
  const name = label(deployment, 'app.kubernetes.io/name') ?? '';
  return (
    name === 'cert-manager' ||
    (CERT_MANAGER.includes(name) && deployment.metadata.name.includes('cert-manager'))
  );
}

const CERT_MANAGER: readonly string[] = ['webhook', 'cainjector'];

/** What finds the controllers of Gateways and of certificates, whatever the namespace. */
export const CONTROLLERS: Pick<Question, 'kind' | 'labelSelector'> = {
  kind: 'Deployment',
  labelSelector: 'app.kubernetes.io/name in (gateway-helm,cert-manager,webhook,cainjector)',
};
