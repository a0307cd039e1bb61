import { get, textOf } from '../../planner/world/json.ts';
import { failed, ok, type Said, warned } from './check.ts';
import { notTrue } from './condition-text.ts';
import { CONTROLLERS, ENVOY_GATEWAY, isCertManager, isEnvoyGateway } from './controllers.ts';
import { all, answerTo, type ClusterFacts } from './facts.ts';
import { ifSeen, ifThere } from './look.ts';
import { kubectlDescribe, nameOf } from './object-name.ts';

/** What preflight and verify both ask. */

/** Whether a controller has accepted some classes. */
export function classesAccepted(facts: ClusterFacts, names: Iterable<string>): readonly Said[] {
  return [...names].flatMap((name) =>
    ifThere(facts, 'GatewayClass', '', name, (object): readonly Said[] => {
      const problem = notTrue(object, 'Accepted');
      if (problem === undefined) return [ok(nameOf(object), 'Accepted')];
      return [
        failed(
          nameOf(object),
          'Accepted is True',
          problem,
          `see that its controller runs: ${kubectlDescribe(object)}`,
        ),
      ];
    }),
  );
}

/** Whether Envoy Gateway runs, where one of some classes is of it. */
export function envoyGatewayRuns(facts: ClusterFacts, names: ReadonlySet<string>): readonly Said[] {
  const classes = all(facts, 'GatewayClass');
  const isOfEnvoy =
    classes.seen &&
    classes.value.some(
      ({ metadata, spec }) =>
        names.has(metadata.name) && textOf(get(spec, 'controllerName')) === ENVOY_GATEWAY,
    );
  if (!isOfEnvoy) return [];
  return ifSeen(answerTo(facts, CONTROLLERS), 'Deployment of Envoy Gateway', (found): readonly Said[] => {
    const deployments = found.filter(isEnvoyGateway);
    if (deployments.length > 0) return deployments.map(availability);
    return [
      warned(
        'Deployment of Envoy Gateway',
        'one with the label app.kubernetes.io/name=gateway-helm',
        'none in this cluster',
        'see where the controller of the class runs; outside the cluster it cannot be looked at',
      ),
    ];
  });
}

/** Whether cert-manager runs. */
export function certManagerRuns(facts: ClusterFacts): readonly Said[] {
  return ifSeen(answerTo(facts, CONTROLLERS), 'Deployment of cert-manager', (found): readonly Said[] => {
    const deployments = found.filter(isCertManager);
    if (deployments.length > 0) return deployments.map(availability);
    return [failed('Deployment of cert-manager', 'one that runs', 'none', 'install cert-manager')];
  });
}

/** Whether a Deployment is Available. */
export function availability(deployment: Parameters<typeof notTrue>[0]): Said {
  const problem = notTrue(deployment, 'Available');
  return problem === undefined
    ? ok(nameOf(deployment), 'Available')
    : failed(
        nameOf(deployment),
        'Available is True',
        problem,
        `see its Pods: ${kubectlDescribe(deployment)}`,
      );
}
