import { CONTROL_PLANE_ENV, WORKLOAD_ENV } from '../../../contract/environment.ts';
import { LABELS } from '../../../contract/labels.ts';
import { EDGE_VARIABLES } from '../../../contract/variables/edge.ts';
import { at, get, listOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import type { ManifestObject } from '../manifest-object.ts';
import type { Pair } from '../pairs.ts';
import type { Changes, DiffRule, Found } from '../rule.ts';

type Environment = ReadonlyMap<string, string>;

/** A Deployment whose container keeps the entries, before and after. */
interface Runtime {
  readonly object: string;
  readonly before: Environment;
  readonly after: Environment;
}

const KEEPERS: ReadonlySet<unknown> = new Set(['api', 'edge-controller']);

function componentOf({ before, after }: Pair): unknown {
  return at(after ?? before, 'metadata', 'labels', LABELS.component);
}

function runtimes(changes: Changes): readonly Runtime[] {
  return changes
    .ofKind('Deployment')
    .filter((pair) => KEEPERS.has(componentOf(pair)) && pair.before !== undefined && pair.after !== undefined)
    .map(({ object, before, after }) => ({
      object,
      before: environmentOf(before),
      after: environmentOf(after),
    }));
}

function containersOf(object: ManifestObject | undefined): readonly unknown[] {
  return listOf(at(object, 'spec', 'template', 'spec', 'containers'));
}

function environmentOf(object: ManifestObject | undefined): Environment {
  const variables = containersOf(object).flatMap((container) => listOf(get(container, 'env')));
  return new Map(
    variables.map((one) => [textOf(get(one, 'name')) ?? '', textOf(get(one, 'value')) ?? ''] as const),
  );
}

/** A variable that is another one, of a process that had it and has it. */
function changesOf(runtime: Runtime, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const [before, after] = [runtime.before.get(name), runtime.after.get(name)];
    return before === undefined || after === undefined || before === after
      ? []
      : [`${name} ${before || '(empty)'} becomes ${after || '(empty)'}`];
  });
}

/** A rule about some variables of the runtime. */
function aboutVariables(
  rule: Omit<DiffRule, 'find'>,
  names: readonly string[],
  isMeant: (runtime: Runtime) => boolean = () => true,
): DiffRule {
  return {
    ...rule,
    find: (changes) =>
      runtimes(changes)
        .filter(isMeant)
        .flatMap((runtime): readonly Found[] => {
          const changed = changesOf(runtime, names);
          return changed.length === 0 ? [] : [{ object: runtime.object, message: listed(changed) }];
        }),
  };
}

const isEmptied =
  (name: string) =>
  ({ before, after }: Runtime): boolean =>
    before.get(name) !== '' && after.get(name) === '';

const isSwitchedOff =
  (name: string) =>
  ({ before, after }: Runtime): boolean =>
    before.get(name) === 'true' && after.get(name) === 'false';

const providerChanged: DiffRule = {
  name: 'ProviderChanged',
  says: 'The public entry of control planes moves between haproxy and Gateway API: the old one goes with the upgrade.',
  source: 'docs/upgrading.md, Changing the provider',
  weight: 'outage',
  next: 'install the definitions and the controller first, and set the DNS records in the same maintenance window',
  find: (changes) =>
    changes
      .ofKind('Deployment')
      .filter((pair) => componentOf(pair) === 'api' && pair.before !== undefined && pair.after !== undefined)
      .filter(({ before, after }) => hasHaproxy(before) !== hasHaproxy(after))
      .map(({ object, after }) => ({
        object,
        message: hasHaproxy(after)
          ? 'control planes are reached by haproxy in its Pods from now on'
          : 'control planes are reached by Gateways from now on, and haproxy goes',
      })),
};

function hasHaproxy(object: ManifestObject | undefined): boolean {
  return containersOf(object).some((container) => get(container, 'name') === 'haproxy');
}

const entryMoved = aboutVariables(
  {
    name: 'EntryMoved',
    says: 'The runtime attaches its routes to another Gateway or listener: each name moves when the next plan is written.',
    source: 'runbook 5, what the API keeps',
    weight: 'outage',
    next: 'point DNS at the new Gateway first, and keep the old one until nobody uses it',
  },
  [
    CONTROL_PLANE_ENV.gatewayNamespace,
    CONTROL_PLANE_ENV.gatewayName,
    CONTROL_PLANE_ENV.listenerName,
    WORKLOAD_ENV.gatewayNamespace,
    WORKLOAD_ENV.gatewayName,
    WORKLOAD_ENV.listenerName,
  ],
);

const httpsOff = aboutVariables(
  {
    name: 'HttpsOff',
    says: 'HTTPS of workloads is switched off: its listeners are withdrawn.',
    source: 'runbook 4.7; docs/runtime.md, Variables',
    weight: 'outage',
    next: 'leave gatewayAPI.workload.tls.enabled on while anybody uses HTTPS',
  },
  [WORKLOAD_ENV.httpsListenerName],
  isEmptied(WORKLOAD_ENV.httpsListenerName),
);

const httpsListenerRenamed = aboutVariables(
  {
    name: 'HttpsListenerRenamed',
    says: 'The HTTPS listener of workloads gets another name: routes move to it, and the old one is withdrawn.',
    source: 'Gateway API, Route: parentRefs.sectionName',
    weight: 'risk',
    next: 'keep the name, or expect HTTPS to be interrupted for a moment',
  },
  [WORKLOAD_ENV.httpsListenerName],
  (runtime) =>
    !isEmptied(WORKLOAD_ENV.httpsListenerName)(runtime) &&
    runtime.before.get(WORKLOAD_ENV.httpsListenerName) !== '',
);

const certificatesReissued = aboutVariables(
  {
    name: 'CertificatesReissued',
    says: 'Issuer, Secret or names of the certificates of workloads change: they are ordered anew, within the limits of the issuer.',
    source: 'cert-manager, Certificate: re-issuance when issuerRef, secretName or dnsNames change',
    weight: 'risk',
    next: 'see that the issuer is Ready, and that its limits allow as many orders as there are certificates',
  },
  [
    WORKLOAD_ENV.tlsSecretName,
    WORKLOAD_ENV.certManagerIssuerName,
    WORKLOAD_ENV.certManagerIssuerKind,
    WORKLOAD_ENV.certManagerIssuerGroup,
    WORKLOAD_ENV.selfManagedCertManagerIssuerName,
    WORKLOAD_ENV.selfManagedCertManagerIssuerKind,
    WORKLOAD_ENV.selfManagedCertManagerIssuerGroup,
    EDGE_VARIABLES.wildcardCertificate.name,
  ],
);

const certificatesNotKept: DiffRule = {
  name: 'CertificatesNotKept',
  says: 'The runtime orders certificates no longer: Certificates of its own are withdrawn, and nobody renews their Secrets.',
  source: 'runbook 4.7; docs/runtime.md, Variables',
  weight: 'outage',
  next: 'bring Secrets of your own before',
  find: (changes) =>
    runtimes(changes).flatMap((runtime) =>
      [WORKLOAD_ENV.certManagerEnabled, WORKLOAD_ENV.selfManagedCertManagerEnabled]
        .filter((name) => isSwitchedOff(name)(runtime))
        .map((name) => ({ object: runtime.object, message: `${name} true becomes false` })),
    ),
};

const redirectChanged = aboutVariables(
  {
    name: 'RedirectChanged',
    says: 'Requests by HTTP are redirected to HTTPS from now on, or no longer.',
    source: 'runbook 4.7',
    weight: 'risk',
    next: 'see that every hostname that is used has a certificate',
  },
  [WORKLOAD_ENV.httpToHttpsRedirect],
);

const backendsMoved = aboutVariables(
  {
    name: 'BackendsMoved',
    says: 'Requests reach the Pods of clusters in another way: by their addresses, by a port of Nodes, or by other addresses of these.',
    source: 'runbook 5.5; docs/runtime.md',
    weight: 'risk',
    next: 'see that firewalls allow the new way from the Nodes of the Gateway',
  },
  [WORKLOAD_ENV.backendStrategy, WORKLOAD_ENV.nodeAddressType],
);

const podRoutesMoved = aboutVariables(
  {
    name: 'PodRoutesMoved',
    says: 'Who keeps routes to Pods, on which Nodes, or where RoutePlans are, changes: routes of the old way are removed.',
    source: 'docs/route-agent.md',
    weight: 'risk',
    next: 'see that requests can go by NodePort meanwhile',
  },
  [
    WORKLOAD_ENV.podCIDRRouteEnabled,
    WORKLOAD_ENV.podCIDRRouteMode,
    WORKLOAD_ENV.routePlanNamespace,
    WORKLOAD_ENV.routeTargetNodeSelector,
  ],
);

const listenerSetsChanged = aboutVariables(
  {
    name: 'ListenerSetsChanged',
    says: 'Listeners of self-managed hostnames may stand in ListenerSets from now on, or may no longer.',
    source: 'Gateway API, ListenerSet',
    weight: 'risk',
    next: 'see that the controller of the class serves ListenerSets, and that the Gateway allows them',
  },
  [EDGE_VARIABLES.listenerSets.name],
);

export const RUNTIME_RULES: readonly DiffRule[] = [
  providerChanged,
  entryMoved,
  httpsOff,
  certificatesNotKept,
  httpsListenerRenamed,
  certificatesReissued,
  redirectChanged,
  backendsMoved,
  podRoutesMoved,
  listenerSetsChanged,
];
