/** Whether the API of a cluster answers under its hostname, as a condition says it. */
export interface Reachability {
  readonly status: 'True' | 'False';
  readonly reason: ReachabilityReason;
  readonly message: string;
}

export type ReachabilityReason =
  | 'Reachable'
  /** The Gateway has no address. */
  | 'NoAddress'
  /** Nobody listens at the address, or nothing answers in time. */
  | 'Refused'
  | 'Timeout'
  /** The Gateway ends the connection: it knows no route for the hostname. */
  | 'Reset'
  /** The certificate is the cluster's, and does not hold the hostname. */
  | 'SANMismatch'
  /** Something else answers under the hostname. */
  | 'UntrustedCertificate';

/** Where a control plane is asked. */
export interface ControlPlaneTarget {
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
}

export function noAddress(hostname: string): Reachability {
  return {
    status: 'False',
    reason: 'NoAddress',
    message: `${hostname}: the control-plane Gateway has no address yet`,
  };
}

/**
 * What came of a TLS handshake with a Gateway, verified by the authority of the cluster.
 *
 * @param code of the error, as Node gives it; undefined: the handshake was verified.
 */
export function reachabilityOf(target: ControlPlaneTarget, code: string | undefined): Reachability {
  const { hostname, address, port } = target;
  if (code === undefined) {
    return { status: 'True', reason: 'Reachable', message: `the cluster answers as ${hostname}` };
  }
  const reason = reasonOf(code);
  return { status: 'False', reason, message: `${hostname} at ${address}:${port}: ${REMEDIES[reason]}` };
}

function reasonOf(code: string): Exclude<ReachabilityReason, 'Reachable' | 'NoAddress'> {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'SANMismatch';
  if (code === 'ECONNREFUSED') return 'Refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'Reset';
  if (/^E(TIMEDOUT|HOSTUNREACH|NETUNREACH)$/.test(code)) return 'Timeout';
  return 'UntrustedCertificate';
}

const REMEDIES: Readonly<Record<ReturnType<typeof reasonOf>, string>> = {
  Refused: 'expected the Gateway, found that nobody listens; see the Pods and the Service of the Gateway',
  Timeout: 'expected an answer within 5 s, found none; see the Pods and the Service of the Gateway',
  Reset:
    'expected the cluster, found that the connection is ended; see the TLSRoute of the cluster, and whether another one has its hostname',
  SANMismatch:
    'expected a certificate for the hostname, found one without it; add it to controlPlane.proxy.extraSANs of the vCluster',
  UntrustedCertificate:
    'expected a certificate that the authority of the kubeconfig Secret has signed, found another; see which TLSRoute has the hostname',
};
