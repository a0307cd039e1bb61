import type { Cluster, ClusterOptions } from '../../test/conformance/support/cluster.ts';
import type { RunningProgram } from '../../test/conformance/support/program.ts';

/** An implementation of the Gateway API, as a lab runs it. */
export interface Implementation {
  /** Its program, as people call it. */
  readonly name: string;
  /** Which resources of the Gateway API it needs, and of its own. */
  readonly cluster: Pick<ClusterOptions, 'gatewayApiChannel' | 'envoyGateway'>;
  /** Where the Pods of its data plane are, beside those of the release. */
  readonly namespace: string;
  /** Addresses of names by which Pods call it. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Makes what it needs before it starts, and its classes. */
  prepare(host: Cluster): Promise<void>;
  /** Starts its controllers and waits until they answer; by the names of their programs. */
  start(host: Cluster): Promise<Readonly<Record<string, RunningProgram>>>;
}
