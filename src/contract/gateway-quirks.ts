const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * What chart and planner do because an implementation of the Gateway API needs it. Each row is what the neediest one that was
 * seen wants, and right for the others: so nothing depends on which one runs. What cannot be right for all is a value
 * (`gatewayAPI.workload.listenerSets`, or a GatewayClass). docs/implementations.md has the table.
 */
export const GATEWAY_QUIRKS = {
  /** Status of redirects. Older Envoy Gateways refuse 308 (runbook 5.3). */
  redirectStatus: 302,
  /** Timeout of rules to a backend, none: Envoy Gateway cuts answers after 15 s otherwise: logs, watches. */
  requestTimeout: '0s',
  /** A controller that looks at an object at all does so within this: Envoy Gateway took 1.3 s at most for 64 listeners. */
  lookedAtWithin: MINUTE,
  /** A controller that reports a listener as programmed may still be handing it to its proxies: Envoy Gateway for 50 ms. */
  programmedFor: SECOND,
  /** The same where conditions do not say of which generation they are: nothing tells that the listener is meant as it is. */
  programmedUnversionedFor: MINUTE,
} as const;
