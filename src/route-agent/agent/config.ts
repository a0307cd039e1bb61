import type { Environment, EnvironmentProblem } from '../../contract/environment-codec.ts';
import { guardProtocolOf } from '../../contract/route-protocols.ts';
import type { Grammar } from '../../contract/variables/grammar.ts';
import {
  ROUTE_AGENT_EXTRA_VARIABLES,
  ROUTE_AGENT_NODE_VARIABLES,
  ROUTE_AGENT_VARIABLES,
} from '../../contract/variables/route-agent.ts';
import { WORKLOAD_VARIABLES } from '../../contract/variables/workload.ts';
import { type IpAddress, parseCidrs, parseIp } from '../../text/ip.ts';
import type { Policy } from '../types.ts';

/** What an agent is told. */
export interface AgentConfig {
  readonly nodeName: string;
  readonly nodeAddress: IpAddress;
  readonly nodeIp: string;
  /** Where RoutePlans and Leases are. */
  readonly namespace: string;
  readonly staleAfterMs: number;
  readonly commandTimeoutMs: number;
  readonly intervalMs: number;
  readonly policy: Policy;
  readonly protectedCIDRs: readonly string[];
}

export type ParsedAgentConfig =
  | { readonly ok: true; readonly config: AgentConfig }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

interface Row<Value> {
  readonly name: string;
  readonly grammar: Grammar<Value>;
}

/** Reads the variables that the chart gives to whoever keeps routes; every one but that of extraEnv must be there. */
export function parseAgentEnvironment(environment: Environment): ParsedAgentConfig {
  const problems: EnvironmentProblem[] = [];
  const refuse = ({ name }: { readonly name: string }, expected: string): void => {
    problems.push({ severity: 'error', variable: name, found: environment[name], expected });
  };
  const told = <Value>(row: Row<Value>): Value => {
    const text = environment[row.name];
    if (text !== undefined && row.grammar.accepts(text)) return row.grammar.parse(text);
    refuse(row, row.grammar.words);
    return row.grammar.parse('');
  };
  const toldOr = <Value>(row: Row<Value>, absent: Value): Value =>
    environment[row.name] === undefined ? absent : told(row);
  const { routePlanNamespace, routeStaleAfterSeconds, routeCommandTimeoutSeconds, routeSyncIntervalSeconds } =
    WORKLOAD_VARIABLES;
  const { protocol, metric, protectedCIDRs } = ROUTE_AGENT_VARIABLES;
  const { allowedCoverings, guards } = ROUTE_AGENT_EXTRA_VARIABLES;
  const nodeIp = told(ROUTE_AGENT_NODE_VARIABLES.nodeIp);
  const staleAfter = told(routeStaleAfterSeconds);
  const interval = told(routeSyncIntervalSeconds);
  const ownProtocol = told(protocol);
  const config = {
    nodeName: told(ROUTE_AGENT_NODE_VARIABLES.nodeName),
    nodeIp,
    namespace: told(routePlanNamespace),
    staleAfterMs: staleAfter * 1_000,
    commandTimeoutMs: told(routeCommandTimeoutSeconds) * 1_000,
    intervalMs: interval * 1_000,
    policy: {
      protocol: ownProtocol,
      metric: told(metric),
      ...(toldOr(guards, true) ? { guardProtocol: guardProtocolOf(ownProtocol) } : {}),
      allowedCoverings: parseCidrs(toldOr(allowedCoverings, [])),
    },
    protectedCIDRs: told(protectedCIDRs),
  };
  if (staleAfter > 0 && staleAfter < 3 * interval)
    refuse(routeStaleAfterSeconds, `at least ${3 * interval}, three times ${routeSyncIntervalSeconds.name}`);
  const nodeAddress = parseIp(nodeIp);
  if (problems.length > 0 || nodeAddress === undefined) return { ok: false, problems };
  return { ok: true, config: { ...config, nodeAddress } };
}
