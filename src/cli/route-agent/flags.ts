import type { ListenAddress } from '../input/process-flags.ts';

/** What `route-agent` is told, checked. */
export interface RouteAgentFlags {
  readonly kubeconfig?: string;
  /** Where metrics and health are answered; nowhere unless given. */
  readonly metricsAddress?: ListenAddress;
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
  readonly logFormat: 'json' | 'text';
}
