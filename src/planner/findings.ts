import type { ObjectReference } from './world/action.ts';

/** An `error` keeps something from being served, a `warning` may, an `info` says why something waits. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing an operator should know, about one cluster, hostname or object. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Cluster id; null when it concerns what all clusters share. */
  readonly cluster: string | null;
  readonly hostname?: string;
  readonly object?: ObjectReference;
  /** What was seen and what was done about it. */
  readonly message: string;
}

interface FindingKind {
  readonly severity: Severity;
  readonly cause: string;
  readonly remedy: string;
}

/** The message of `TenantUnreadable` as long as nobody knows whether the tenant can be read. */
export const TENANT_NOT_READ = 'it has not been read yet';

/** Every finding code with its cause and remedy; docs/runtime.md is generated from this table. */
export const FINDING_KINDS = {
  // Sources
  InventoryIncomplete: {
    severity: 'warning',
    cause: 'The inventory says that it is not complete.',
    remedy: 'Restore the inventory source. Until then nothing is withdrawn because it is not listed.',
  },
  HostIncomplete: {
    severity: 'warning',
    cause: 'A list of host objects failed or is partial.',
    remedy:
      "See the API's permissions and its connection to the host cluster. Until then what is there stays, and nothing new gets HTTPS.",
  },
  TenantUnreadable: {
    severity: 'warning',
    cause: "The vCluster's API could not be read.",
    remedy: 'Check the vCluster and its kubeconfig Secret. Its endpoints and routes stay as they are.',
  },
  EmptyInventory: {
    severity: 'error',
    cause: 'The inventory is complete and lists no cluster, but objects of clusters exist.',
    remedy: "If that is meant, put the key in the message into the inventory's acknowledgedWithdrawals.",
  },
  MassWithdrawal: {
    severity: 'error',
    cause: 'More than 10 and more than 10 % of one kind would be withdrawn at once.',
    remedy:
      "It goes ahead when the same set stands for 5 minutes and the inventory's revision moved on, or at once when the key in the message is in acknowledgedWithdrawals.",
  },
  MemoryUnreadable: {
    severity: 'info',
    cause: "The planner's memory is missing parts or was written by another version.",
    remedy: 'None needed: it is derived again from live objects.',
  },
  ChangeIgnored: {
    severity: 'info',
    cause:
      'A change names a cluster that the inventory does not list, or takes away what is not there. It came too late or too early.',
    remedy:
      'None needed when it goes away with the next plan. Tell of a cluster before its tenant and probes.',
  },
  // Inventory entries
  ClusterInvalid: {
    severity: 'error',
    cause: 'A field of the cluster cannot be used in an object name, a label or a reference.',
    remedy: 'Correct the field in the inventory. Other clusters are not affected.',
  },
  DuplicateCluster: {
    severity: 'error',
    cause: 'Two inventory entries have the same cluster id.',
    remedy: 'Remove one. The oldest entry is used.',
  },
  CIDRInvalid: {
    severity: 'error',
    cause: 'A podCIDR or nodeCIDR of the inventory is not a CIDR, or its host bits are not zero.',
    remedy: 'Correct it. The other CIDRs of the cluster are used.',
  },
  HostnameInvalid: {
    severity: 'error',
    cause:
      'A hostname, CNAME target or control-plane hostname is not a DNS name that a route may carry; the message says what is wrong with it.',
    remedy: 'Correct it in the binding or the inventory. The other names of the cluster are served.',
  },
  HostnameReserved: {
    severity: 'error',
    cause:
      "The hostname is one that only the platform hands out (its own, the base domain, api or www there, a control-plane hostname and its domain, another cluster's CNAME target), lies below one of them, is a wildcard above one of them, or stands on the public suffix list.",
    remedy:
      'Bind a name in a domain of the customer’s own. If the domain is theirs and only shares it with a control plane, set the TXT record _kubebyon.<hostname> to this binding’s proof.',
  },
  WildcardUnproven: {
    severity: 'error',
    cause:
      'A wildcard would take every name below its domain, and nothing proves yet that the domain is this customer’s. It is not served, on HTTP neither.',
    remedy:
      'Set the TXT record _kubebyon.<domain without *.> to this binding’s proof. Names that are bound one by one need none.',
  },
  AlreadyClaimed: {
    severity: 'error',
    cause: 'Another cluster holds a better claim on the hostname, or on a wildcard above it.',
    remedy: 'Release it there, or set the TXT record _kubebyon.<hostname> to this binding’s proof.',
  },
  PointsToOtherCluster: {
    severity: 'error',
    cause: "The hostname's DNS reaches another cluster's current or retired CNAME target.",
    remedy: "Point its CNAME to this cluster's target. It is not served before that.",
  },
  ManagementContradiction: {
    severity: 'warning',
    cause: 'The binding says platform or self, but the base domain says otherwise.',
    remedy: 'Correct the binding. The base domain decides.',
  },
  // APIs and Gateways
  TLSRouteCRDMissing: {
    severity: 'error',
    cause: 'The host serves no version of TLSRoute that is known: v1, v1alpha3 or v1alpha2.',
    remedy:
      'Install the Gateway API CRDs of 1.5 or newer, the experimental bundle for controllers that need it (runbook section 2). What is written already stays.',
  },
  HTTPRouteCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve HTTPRoute v1.',
    remedy:
      'Install the Gateway API CRDs of 1.5 or newer (runbook section 2). What is written already stays.',
  },
  CertificateCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve Certificate cert-manager.io/v1.',
    remedy:
      'Install cert-manager 1.0 or newer (runbook section 3.1), or switch certManager off. Certificates that are there serve on.',
  },
  RoutePlanCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve RoutePlan kubebyon.app/v1alpha1.',
    remedy:
      'Upgrade the chart with crds.install=true, or switch podCIDRRoute off. Routes that are installed stay.',
  },
  ObjectFoughtOver: {
    severity: 'warning',
    cause:
      'An object of ours was written the same again and again, because somebody else changes or deletes it each time.',
    remedy:
      'The message names the field manager that wrote last. Have it leave the object alone, or make it stop managing what carries our labels. Until then it is written less and less often, every 5 minutes in the end.',
  },
  LocalRoutesNotKept: {
    severity: 'error',
    cause:
      'podCIDRRoute.mode is local, and the process that keeps the entries cannot change routes of its Node.',
    remedy:
      'Run it as the chart runs the API: on the network of the Node, with NET_ADMIN, iproute2 and the variables of the route agent; or set mode=routeagent. No route is touched, and Pods are reached through NodePorts.',
  },
  LocalRouteNotInstalled: {
    severity: 'warning',
    cause: 'A route to Pods cannot stand on the Node that keeps it itself (podCIDRRoute.mode=local).',
    remedy:
      'The message names the route and the rule or program in its way; docs/route-agent.md has the rules. The cluster is reached through NodePorts meanwhile.',
  },
  ListenerSetCRDMissing: {
    severity: 'warning',
    cause: 'listenerSets is on, but the host does not serve ListenerSet v1.',
    remedy: 'Install Gateway API 1.5 or newer. Until then dedicated listeners go to the Gateway, 64 at most.',
  },
  GatewayMissing: {
    severity: 'error',
    cause: 'The Gateway that the chart renders is not there.',
    remedy: 'Check the Helm release and the names in KUBEBYON_GATEWAY_API_*.',
  },
  GatewayNotProgrammed: {
    severity: 'error',
    cause:
      'The controller does not accept the Gateway or has not programmed it, so its entry answers nobody.',
    remedy:
      'The message holds the condition and, for the reasons of the Gateway API, what to change. Routes and certificates stay as they are.',
  },
  GatewayNotObserved: {
    severity: 'error',
    cause:
      'A minute after the Gateway was written, no controller has come to a verdict on it as it is, so it answers as before or not at all.',
    remedy:
      'See that its GatewayClass exists and is Accepted (kubectl get gatewayclass), and that the controller of that class runs. Routes and certificates stay as they are.',
  },
  ListenerMissing: {
    severity: 'error',
    cause:
      'The Gateway has no listener of the name that the chart gives it, so our routes attach to nothing.',
    remedy:
      'Upgrade the Helm release, which puts the listener back, or correct the name: gatewayAPI.listenerName for control planes, gatewayAPI.workload.listenerName for workloads.',
  },
  ConditionsWithoutGeneration: {
    severity: 'info',
    cause:
      'The Gateway controller does not say which generation of a listener its conditions speak of, so they may be of an earlier one.',
    remedy:
      'None needed: a listener counts as programmed when it has said so for a minute. An implementation that sets observedGeneration opens HTTPS sooner.',
  },
  ManagedFieldsMissing: {
    severity: 'error',
    cause: 'The Gateway was read without managedFields, so nobody can tell whose listeners it holds.',
    remedy: 'Read the Gateway whole. Its listeners stay as they are.',
  },
  ForeignObject: {
    severity: 'error',
    cause: 'An object of the planned name exists and does not carry our labels.',
    remedy: 'Rename or remove it. It is never taken over.',
  },
  ForeignTLSRoute: {
    severity: 'error',
    cause:
      'A TLSRoute that is not ours names a control-plane hostname on our listener. Two for one name freeze the listener for every cluster, and no condition shows it.',
    remedy: 'Delete or change that TLSRoute now; an Envoy restart before that refuses everyone.',
  },
  ForeignHTTPRoute: {
    severity: 'warning',
    cause:
      'An HTTPRoute that is not ours names one of our hostnames on our Gateway. The older of the two gets the requests.',
    remedy: 'Delete or change that HTTPRoute.',
  },
  RouteNotObserved: {
    severity: 'warning',
    cause:
      'A minute after the route was written, no controller has come to a verdict on it as it is, so it answers as before or not at all.',
    remedy:
      'See that the controller of the GatewayClass runs and watches this kind (kubectl get gatewayclass, then its Pods and their log). Envoy Gateway 1.7 and older watch TLSRoute v1alpha3 only.',
  },
  RouteNotAccepted: {
    severity: 'warning',
    cause: 'The Gateway controller does not accept the route or cannot resolve its backend.',
    remedy:
      'The message holds the condition and, for the reasons of the Gateway API, what to change. Its hostnames are not served meanwhile.',
  },
  // Control plane
  HostnameConflict: {
    severity: 'error',
    cause: 'Two clusters have the same control-plane hostname.',
    remedy: 'Give the younger cluster another one. The oldest is served.',
  },
  HostnameHandover: {
    severity: 'info',
    cause: "The control-plane hostname has just left another cluster's TLSRoute.",
    remedy: 'None needed: it is written within a minute, so that no two routes ever hold one name.',
  },
  ControlPlaneServiceMissing: {
    severity: 'warning',
    cause: "The vCluster's API Service is not there or lacks the port.",
    remedy: 'Check the vCluster. An existing route stays.',
  },
  InClusterAccess: {
    severity: 'warning',
    cause: 'Private nodes reach the API by SNI only, so pods that use kubernetes.default.svc do not.',
    remedy:
      'Set controlPlane.nodeAccess of the cluster to L4 or Proxy in the inventory: every vCluster has the same names inside, so they need an address of their own (RequiresUniqueL4Endpoint).',
  },
  // Backend
  AddressOutsideTenantCIDR: {
    severity: 'warning',
    cause: "A tenant's Pod or Node names no address that may be used; the message says why for each.",
    remedy:
      'If the address is right, correct podCIDRs or nodeCIDRs of the cluster in the inventory. It is never used as it is.',
  },
  AddressFamilyLeftOut: {
    severity: 'info',
    cause:
      'Pods or Nodes have addresses of both families, and those of one may not be used or are not reached; the message says why.',
    remedy:
      "None needed when one family is enough. Otherwise add the other family's ranges to podCIDRs or nodeCIDRs of the cluster, or give the ingress Service both families (ipFamilyPolicy: PreferDualStack).",
  },
  EndpointsLeftOut: {
    severity: 'info',
    cause: 'The cluster has more than 50 usable endpoints of one address family.',
    remedy: 'None needed: requests are spread over the Nodes, and the ingress spreads them further.',
  },
  NodeWithoutPodCIDR: {
    severity: 'info',
    cause:
      'A Node of the cluster has no podCIDRs, as with the IPAM of Cilium or Calico, so no route to its Pods can be planned.',
    remedy:
      'None needed: where there is a NodePort, requests go by it. For direct PodIP backends let kube-controller-manager of the vCluster allocate podCIDRs (--allocate-node-cidrs), or switch podCIDRRoute off where the network tells the host its routes itself (BGP).',
  },
  NodePortOutOfRange: {
    severity: 'warning',
    cause: "The ingress Service's nodePort is missing or not between 30000 and 32767.",
    remedy: 'Make the ingress Service a NodePort or LoadBalancer Service.',
  },
  PodCIDRConflict: {
    severity: 'warning',
    cause: "A podCIDR overlaps an older cluster's, or a protected or host network.",
    remedy:
      'Give the cluster a podCIDR of its own for direct PodIP backends. It is served by NodePort meanwhile.',
  },
  NoBackends: {
    severity: 'error',
    cause: 'The cluster was read and has no usable ingress Pod or Node. Requests get 503.',
    remedy:
      'See that the ingress Pods are Ready and match the podSelector of the inventory, and that a Node is Ready. The findings beside this one say which addresses are refused.',
  },
  IngressDown: {
    severity: 'warning',
    cause: 'Ingress Pods are reached and refuse the connection; NodePort would not help.',
    remedy:
      'Start the ingress controller of the cluster: its Pods are Ready and nothing listens on the target port of its Service.',
  },
  BackendDegraded: {
    severity: 'warning',
    cause: 'Probes of the Pods fail and there is no other way to the cluster, or the strategy forbids it.',
    remedy:
      'On the host Node that the message names, `ip route get POD-IP` must show a route to the PodCIDR that is not the default. The last endpoints stay.',
  },
  // DNS
  TargetUnresolvable: {
    severity: 'error',
    cause: "The cluster's CNAME target does not resolve, so no hostname can be judged.",
    remedy: "Publish the target's record. No hostname is demoted meanwhile.",
  },
  DnsNotReady: {
    severity: 'info',
    cause: 'The hostname does not reach its CNAME target yet.',
    remedy:
      'Have the customer create the CNAME record that the message ends with. HTTP is served meanwhile, and no certificate is ordered before that.',
  },
  DnsDegraded: {
    severity: 'warning',
    cause: 'The hostname was ready and has not reached its target for 10 minutes.',
    remedy: 'Restore the CNAME. It is served as before, but nothing is ordered for it.',
  },
  DnsLost: {
    severity: 'error',
    cause: 'The hostname has not reached its target for a day (a week later it is released).',
    remedy: 'Restore the CNAME, or release the binding. HTTPS has ended, HTTP is served until release.',
  },
  CaaForbids: {
    severity: 'error',
    cause: 'The CAA records of the hostname forbid every certificate authority.',
    remedy:
      'Add a CAA record that names the authority of the issuer, such as 0 issue "letsencrypt.org" (issuewild for a wildcard), or remove the records. Nothing is ordered before that.',
  },
  // Certificates and HTTPS
  BaseDomainMissing: {
    severity: 'warning',
    cause: 'TLS is on, but the inventory has no base domain, so there is no shared HTTPS listener.',
    remedy: 'Set managed_workload_ingress_base_domain.',
  },
  TargetOutsideBaseDomain: {
    severity: 'warning',
    cause: 'The CNAME target is not below the base domain, so the shared listener cannot serve it.',
    remedy: 'Give the cluster a target below the base domain. It is served on HTTP.',
  },
  WildcardNeedsDns01: {
    severity: 'warning',
    cause: 'A wildcard below the base domain needs an issuer with DNS-01.',
    remedy: 'Set certManager.wildcard when the issuer can prove wildcards. It is served on HTTP.',
  },
  TlsSecretMissing: {
    severity: 'warning',
    cause: 'The Secret for the shared HTTPS listener does not exist.',
    remedy:
      'Create it (type kubernetes.io/tls) in the namespace of the workload Gateway, or enable certManager.',
  },
  SecretNotOurs: {
    severity: 'error',
    cause: 'A Secret that our Certificate does not own stands under the name the Certificate would write.',
    remedy:
      'Delete that Secret when nobody needs it; for the shared certificate another gatewayAPI.workload.tls.secretName does as well. Nothing is ordered before that, because cert-manager would overwrite it.',
  },
  SecretWrittenByOthers: {
    severity: 'error',
    cause:
      'A Certificate that is not ours names the Secret that ours would write. Two writers of one Secret order again and again: thousands of CertificateRequests, until the authority refuses.',
    remedy: 'Give that Certificate another secretName, or remove it; ours is written by itself then.',
  },
  IssuerKindUnknown: {
    severity: 'error',
    cause: 'The binding names an issuer of the group cert-manager.io whose kind cert-manager does not have.',
    remedy:
      'Write Issuer or ClusterIssuer, or name the group of the external issuer. Nothing is ordered before that.',
  },
  SecretUnusable: {
    severity: 'error',
    cause: 'The Secret is not of type kubernetes.io/tls, its key does not match, or it has expired.',
    remedy: 'Renew the certificate. Its names are served on HTTP without a redirect meanwhile.',
  },
  CertificateFailed: {
    severity: 'warning',
    cause: 'cert-manager could not issue the Certificate.',
    remedy:
      'The message is that of cert-manager. kubectl describe certificate, then its certificaterequest, order and challenge, say which step failed. The old Secret stays in use, and cert-manager tries again by itself.',
  },
  CertificateNameQuarantined: {
    severity: 'warning',
    cause: 'An order with this name failed, so the name is left out for a day and the others are issued.',
    remedy: 'Correct its DNS. It is tried again by itself.',
  },
  SharedCertificateCapacity: {
    severity: 'error',
    cause: 'The shared listener holds 64 certificates of 100 names and no more.',
    remedy: 'Use an issuer that can prove the wildcard (certManager.wildcard).',
  },
  ShardOverlap: {
    severity: 'warning',
    cause: 'Two shared certificates hold the same name; the later one would be dropped whole.',
    remedy: 'None needed: the name leaves the later one.',
  },
  IssuanceBudget: {
    severity: 'error',
    cause: 'A further order would exceed 45 in 7 days for one registered domain.',
    remedy: 'Wait until the time in the message, or use a wildcard certificate.',
  },
  OverlappingCertificates: {
    severity: 'error',
    cause:
      'Another certificate already covers the hostname; a second one turns HTTP/2 off for all names of both.',
    remedy: 'Remove one of the two bindings, or the wildcard from the shared certificate.',
  },
  SecretLeft: {
    severity: 'info',
    cause:
      'A hostname left, its Certificate and listener are gone, and its Secret is kept, so that binding the name again orders nothing.',
    remedy: 'None needed. When the names do not come back, run the command in the message.',
  },
  ListenerCapacity: {
    severity: 'error',
    cause: 'The Gateway has 64 listeners and ListenerSets are off or not served.',
    remedy: 'Set gatewayAPI.workload.listenerSets. The oldest hostnames are kept.',
  },
  ForeignListener: {
    severity: 'warning',
    cause:
      'A listener that is not ours stands on one of our Gateways, itself or by a ListenerSet, at the port of ours and with a more specific hostname. It takes the requests for the names in the message: our routes do not attach to it, so they get 404, another certificate or nothing. Envoy Gateway takes single names below a wildcard only once that listener has a route for them.',
    remedy:
      'Remove that listener from the Gateway or ListenerSet. If those names are meant for it, unbind them here.',
  },
  ListenerNameTaken: {
    severity: 'error',
    cause:
      'A listener that is not ours has the name of one of ours, or stands at its port with the same hostname or a protocol that excludes ours. Gateway controllers mark both as Conflicted, and neither answers.',
    remedy:
      'Rename, move or remove the listener that the message names first: it is never taken over. What is ours works again by itself.',
  },
  ListenerNotProgrammed: {
    severity: 'warning',
    cause: 'The Gateway controller reports a listener of ours as not usable, so it answers nobody.',
    remedy:
      'The message holds the condition. InvalidCertificateRef: see the Secret and the Certificate of the listener’s name. Conflicted: another listener stands at its place (ListenerNameTaken), on this Gateway or on one that the controller merges with it.',
  },
  ListenerSetNotAccepted: {
    severity: 'warning',
    cause:
      'The Gateway controller does not accept our ListenerSet, or a minute after it was written has not looked at it. HTTPS of the hostnames in it waits.',
    remedy:
      'NotAllowed: the Gateway lacks allowedListeners, which the chart renders with gatewayAPI.workload.listenerSets. Not looked at: the controller does not know ListenerSets; upgrade it, or switch listenerSets off and delete the ListenerSet, and its listeners go to the Gateway.',
  },
  // PodCIDR routes
  RouteRejected: {
    severity: 'warning',
    cause:
      'A PodCIDR route of a Node is too wide or narrow, outside the cluster’s CIDRs, or holds its own next hop.',
    remedy: "Correct the Node's podCIDR or the inventory. Other routes are planned.",
  },
  RoutePlanCapacity: {
    severity: 'warning',
    cause: 'A RoutePlan holds 256 routes.',
    remedy: 'Use wider podCIDRs per Node. The first 256 are kept.',
  },
} as const satisfies Record<string, FindingKind>;

/** Stable name of a kind of finding; {@link FINDING_KINDS} has cause and remedy of each. */
export type FindingCode = keyof typeof FINDING_KINDS;

/** Makes a finding; severity comes from the table. */
export function finding(
  code: FindingCode,
  cluster: string | null,
  message: string,
  about: { readonly hostname?: string; readonly object?: ObjectReference } = {},
): Finding {
  return { code, severity: FINDING_KINDS[code].severity, cluster, ...about, message };
}
