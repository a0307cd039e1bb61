/** A request that was made from where the command runs. */
export interface RequestTarget {
  readonly hostname: string;
  /** Which entry answers it. */
  readonly role: 'control-plane' | 'platform' | 'workload';
  /** Addresses that DNS should give: those in the status of the Gateway. */
  readonly addresses: readonly string[];
  /** Whether it is served by TLS. */
  readonly tls: boolean;
  /** Whether plain HTTP should be sent to HTTPS; absent where there is no listener for plain HTTP. */
  readonly redirects?: boolean;
  /** Paths that are asked for by HTTP, those of the runbook first. */
  readonly paths: readonly string[];
}

/** What became of it. What was not tried is absent. */
export interface RequestFacts {
  readonly target: RequestTarget;
  /** What DNS says, or why not; absent where --resolve says the address. */
  readonly dns?: Tried<readonly string[]>;
  /** The address that was connected to; from DNS, from the Gateway, or from --resolve. */
  readonly address?: string;
  readonly tcp?: readonly { readonly port: number; readonly result: Tried<true> }[];
  readonly tls?: Tried<ShownCertificate>;
  readonly http?: readonly { readonly url: string; readonly result: Tried<HttpAnswer> }[];
}

export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string };

/** The certificate that was shown. */
export interface ShownCertificate {
  readonly dnsNames: readonly string[];
  readonly notAfter: string;
  /** Why it is not trusted here; absent when it is. */
  readonly untrusted?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly location?: string;
}
