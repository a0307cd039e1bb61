import type { ObjectReference } from './action.ts';

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
    remedy: "Check the API's access to the host cluster. Until then nothing is withdrawn.",
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
    cause: 'A hostname or CNAME target is not a DNS name that a route may carry.',
    remedy: 'Correct the binding. The other hostnames of the cluster are served.',
  },
  HostnameReserved: {
    severity: 'error',
    cause:
      "The hostname is the platform's own, a control-plane hostname, another cluster's CNAME target, or api, www or the base domain itself.",
    remedy: 'Bind another hostname.',
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
    cause: 'The host serves no version of TLSRoute.',
    remedy:
      'Install the Gateway API CRDs, the experimental bundle for controllers that need it (runbook section 2).',
  },
  HTTPRouteCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve HTTPRoute v1.',
    remedy: 'Install the Gateway API CRDs (runbook section 2).',
  },
  CertificateCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve Certificate cert-manager.io/v1.',
    remedy: 'Install cert-manager (runbook section 3.1) or switch certManager off.',
  },
  RoutePlanCRDMissing: {
    severity: 'error',
    cause: 'The host does not serve RoutePlan kubebyon.app/v1alpha1.',
    remedy: 'Install the chart with crds.install, or switch podCIDRRoute off.',
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
    cause: 'No controller has written a status for the route for a minute.',
    remedy: 'Check the Gateway controller. Envoy Gateway 1.7 and older watch TLSRoute v1alpha3 only.',
  },
  RouteNotAccepted: {
    severity: 'warning',
    cause: 'The Gateway controller does not accept the route or cannot resolve its backend.',
    remedy: 'Read the condition in the message; check the listener name and the backend Service.',
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
    remedy: 'Set nodeAccess to L4 or Proxy. Reason: RequiresUniqueL4Endpoint.',
  },
  // Backend
  AddressOutsideTenantCIDR: {
    severity: 'warning',
    cause: "A tenant's Pod or Node names an address outside the cluster's CIDRs or inside a protected one.",
    remedy: 'Correct the CIDRs in the inventory if the address is right. It is never used as it is.',
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
    remedy: 'Check the ingress controller and the Nodes of the cluster.',
  },
  IngressDown: {
    severity: 'warning',
    cause: 'Ingress Pods are reached and refuse the connection; NodePort would not help.',
    remedy: 'Check the ingress controller of the cluster.',
  },
  BackendDegraded: {
    severity: 'warning',
    cause: 'Probes of the Pods fail and there is no other way to the cluster, or the strategy forbids it.',
    remedy: 'Check the routes to the PodCIDR. The last endpoints stay.',
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
    remedy: 'Create the CNAME record named in the message. No certificate is ordered before that.',
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
    remedy: "Allow the issuer's authority in CAA. Nothing is ordered before that.",
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
    remedy: 'Remove that Secret or choose another tls.secretName. cert-manager would overwrite it.',
  },
  SecretUnusable: {
    severity: 'error',
    cause: 'The Secret is not of type kubernetes.io/tls, its key does not match, or it has expired.',
    remedy: 'Renew the certificate. Its names are served on HTTP without a redirect meanwhile.',
  },
  CertificateFailed: {
    severity: 'warning',
    cause: 'cert-manager could not issue the Certificate.',
    remedy: 'Read the message and check the issuer. The old Secret stays in use.',
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
  ListenerCapacity: {
    severity: 'error',
    cause: 'The Gateway has 64 listeners and ListenerSets are off or not served.',
    remedy: 'Set gatewayAPI.workload.listenerSets. The oldest hostnames are kept.',
  },
  ListenerNameTaken: {
    severity: 'error',
    cause:
      'Another field manager owns a listener of the name that the runtime would use, or the same port and hostname.',
    remedy: 'Rename or remove that listener. It is never taken over.',
  },
  ListenerNotProgrammed: {
    severity: 'warning',
    cause: 'The Gateway controller reports the HTTPS listener as not usable.',
    remedy: 'Read the condition in the message.',
  },
  ListenerSetNotAccepted: {
    severity: 'warning',
    cause: 'The Gateway controller does not accept our ListenerSet.',
    remedy: "Check the Gateway's allowedListeners and the controller's version.",
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
