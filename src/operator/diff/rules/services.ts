import { at, listOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import type { Pair } from '../pairs.ts';
import { type Changes, type DiffRule, fieldsAt } from '../rule.ts';

function kept(changes: Changes, ...kinds: readonly string[]): readonly Pair[] {
  return changes.ofKind(...kinds).filter(({ before, after }) => before !== undefined && after !== undefined);
}

const serviceGone: DiffRule = {
  name: 'ServiceGone',
  says: 'A Service is removed: its name and its addresses answer no longer, that of a load balancer included.',
  source: 'Kubernetes, Service',
  weight: 'outage',
  next: 'see that no route, no client and no DNS record uses it',
  find: (changes) =>
    changes
      .ofKind('Service')
      .filter(({ after }) => after === undefined)
      .map(({ object }) => ({ object, message: 'it goes, and its addresses with it' })),
};

const serviceTypeChanged: DiffRule = {
  name: 'ServiceTypeChanged',
  says: 'The type of a Service changes: ports of Nodes and addresses of load balancers are taken or given back.',
  source: 'Kubernetes, Service: type',
  weight: 'outage',
  next: 'move whoever uses the old address first',
  find: (changes) =>
    kept(changes, 'Service')
      .filter((pair) => fieldsAt(pair, 'spec.type').length > 0)
      .map(({ object, before, after }) => ({
        object,
        message: `type ${typeOf(before)} becomes ${typeOf(after)}`,
      })),
};

function typeOf(service: unknown): string {
  return textOf(at(service, 'spec', 'type')) ?? 'ClusterIP';
}

const serviceAddressChanged: DiffRule = {
  name: 'ServiceAddressChanged',
  says: 'What a load balancer makes the address of a Service from changes: its class, its address, its annotations, or who may reach it.',
  source:
    'Kubernetes, Service: loadBalancerClass, loadBalancerIP, loadBalancerSourceRanges, externalIPs; annotations of cloud providers',
  weight: 'risk',
  next: 'see which address the Service has afterwards',
  find: (changes) =>
    kept(changes, 'Service').flatMap((pair) => {
      const places = ['loadBalancerClass', 'loadBalancerIP', 'loadBalancerSourceRanges', 'externalIPs'];
      const fields = fieldsAt(pair, ...places.map((one) => `spec.${one}`), 'metadata.annotations');
      return fields.length === 0
        ? []
        : [{ object: pair.object, message: `another ${listed(fields.map(({ path }) => path))}` }];
    }),
};

const servicePortChanged: DiffRule = {
  name: 'ServicePortChanged',
  says: 'Ports of a Service change: who uses an old one is not answered.',
  source: 'Kubernetes, Service: ports',
  weight: 'outage',
  next: 'change whoever uses the port with it: routes, monitors, firewalls',
  find: (changes) =>
    kept(changes, 'Service').flatMap((pair) => {
      const fields = fieldsAt(pair, 'spec.ports');
      return fields.length === 0
        ? []
        : [{ object: pair.object, message: `another ${listed(fields.map(({ path }) => path))}` }];
    }),
};

const serviceSelectorChanged: DiffRule = {
  name: 'ServiceSelectorChanged',
  says: 'A Service chooses other Pods.',
  source: 'Kubernetes, Service: selector',
  weight: 'outage',
  next: 'see that Pods with the new labels are ready before the upgrade',
  find: (changes) =>
    kept(changes, 'Service')
      .filter((pair) => fieldsAt(pair, 'spec.selector').length > 0)
      .map(({ object }) => ({ object, message: 'other Pods answer for it' })),
};

const networkPolicyChanged: DiffRule = {
  name: 'NetworkPolicyChanged',
  says: 'A NetworkPolicy comes or changes: what was allowed may be refused.',
  source: 'Kubernetes, Network Policies: Pods are isolated once a policy selects them',
  weight: 'risk',
  next: 'compare the allowed ports and peers with what talks to the Pods',
  find: (changes) =>
    changes
      .ofKind('NetworkPolicy')
      .filter(({ after }) => after !== undefined)
      .map(({ object, before }) => ({
        object,
        message: before === undefined ? 'its Pods are isolated from now on' : 'other traffic is allowed',
      })),
};

const disruptionBudgetGone: DiffRule = {
  name: 'DisruptionBudgetGone',
  says: 'A PodDisruptionBudget is removed or weaker: draining Nodes may end all Pods at once.',
  source: 'Kubernetes, Disruptions',
  weight: 'risk',
  next: 'keep it where Nodes are drained',
  find: (changes) =>
    changes
      .ofKind('PodDisruptionBudget')
      .filter(
        (pair) =>
          pair.after === undefined || fieldsAt(pair, 'spec.minAvailable', 'spec.maxUnavailable').length > 0,
      )
      .map(({ object, after }) => ({
        object,
        message:
          after === undefined
            ? 'nothing keeps its Pods while Nodes are drained'
            : 'another number of Pods is kept',
      })),
};

const routeHostnameGone: DiffRule = {
  name: 'RouteHostnameGone',
  says: 'A route goes or answers to fewer hostnames.',
  source: 'Gateway API, HTTPRoute: hostnames',
  weight: 'outage',
  next: 'see that nobody uses the hostnames any more',
  find: (changes) =>
    changes.ofKind('HTTPRoute', 'TLSRoute', 'GRPCRoute').flatMap(({ object, before, after }) => {
      if (before === undefined) return [];
      const stay = hostnamesOf(after);
      const gone = hostnamesOf(before).filter((name) => !stay.includes(name));
      if (after === undefined)
        return [
          {
            object,
            message: `it goes${gone.length === 0 ? '' : `, and answers no longer to ${listed(gone)}`}`,
          },
        ];
      return gone.length === 0 ? [] : [{ object, message: `it answers no longer to ${listed(gone)}` }];
    }),
};

function hostnamesOf(route: unknown): readonly string[] {
  return listOf(at(route, 'spec', 'hostnames')).map(String);
}

const routeMoved: DiffRule = {
  name: 'RouteChanged',
  says: 'A route attaches to another Gateway or listener, or sends requests elsewhere.',
  source: 'Gateway API, HTTPRoute: parentRefs and rules',
  weight: 'risk',
  next: 'see in the status of the route that it is accepted by every parent',
  find: (changes) =>
    kept(changes, 'HTTPRoute', 'TLSRoute', 'GRPCRoute').flatMap((pair) => {
      const fields = fieldsAt(pair, 'spec.parentRefs', 'spec.rules');
      return fields.length === 0
        ? []
        : [{ object: pair.object, message: `another ${listed(fields.map(({ path }) => path))}` }];
    }),
};

export const SERVICE_RULES: readonly DiffRule[] = [
  serviceGone,
  serviceTypeChanged,
  servicePortChanged,
  serviceSelectorChanged,
  routeHostnameGone,
  serviceAddressChanged,
  routeMoved,
  networkPolicyChanged,
  disruptionBudgetGone,
];
