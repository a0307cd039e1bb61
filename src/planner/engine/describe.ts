import { FINDING_KINDS, type Finding } from '../findings.ts';
import type { ClusterStatus, HostnameStatus, SharedStatus } from '../status.ts';
import type { Action } from '../world/action.ts';
import { compareText } from '../world/json.ts';
import type { Planned } from './engine.ts';

/**
 * A plan as a person reads it: per cluster where it stands, what would be written and why, what is wrong and what to
 * do about it; then what all clusters share, and one line in the end.
 */
export function planText(result: Planned & { readonly memory?: unknown }): string {
  const clusters = new Set([
    ...result.status.clusters.map(({ id }) => id),
    ...result.actions.map(({ cluster }) => cluster).filter((id) => id !== null),
  ]);
  const sections = [...clusters].sort(compareText).map((id) => clusterText(id, result));
  return `${[...sections, sharedText(result), summary(result)].join('\n\n')}\n`;
}

function clusterText(id: string, { status, actions, findings }: Planned): string {
  const known = status.clusters.find((cluster) => cluster.id === id);
  return [
    `Cluster ${id}`,
    ...(known === undefined ? ['  not in the inventory'] : clusterLines(known)),
    ...actionLines(actions.filter(({ cluster }) => cluster === id)),
    ...findingLines(findings.filter(({ cluster }) => cluster === id)),
  ].join('\n');
}

function clusterLines({ controlPlane, backend, hostnames }: ClusterStatus): readonly string[] {
  return [
    ...(controlPlane === undefined
      ? []
      : [`  control plane  ${controlPlane.hostname}: ${controlPlane.phase} (${controlPlane.reason})`]),
    ...(backend === undefined
      ? []
      : [
          `  backend        ${backend.mode}, port ${backend.port}, ${plural(backend.endpoints, 'endpoint')} from ${backend.source}, since ${backend.since} (${backend.reason})`,
        ]),
    ...hostnames.map(
      (hostname, index) => `  ${index === 0 ? 'hostnames' : '         '}      ${hostnameText(hostname)}`,
    ),
  ];
}

const MANAGEMENT: Readonly<Record<HostnameStatus['management'], string>> = {
  target: 'CNAME target',
  platform: 'platform-managed',
  self: 'self-managed',
};

function hostnameText({
  hostname,
  management,
  phase,
  reason,
  http,
  https,
  httpsReason,
  routeProblem,
}: HostnameStatus): string {
  const secure =
    https === 'waiting' ? `HTTPS waits: ${httpsReason ?? 'its gate is closed'}` : `HTTPS ${https}`;
  const problem = routeProblem === undefined ? '' : `; not answered: ${routeProblem}`;
  return `${hostname} (${MANAGEMENT[management]}): ${phase}, ${reason}; HTTP ${http}; ${secure}${problem}`;
}

function actionLines(actions: readonly Action[]): readonly string[] {
  if (actions.length === 0) return ['  nothing to write'];
  return actions.flatMap(({ id, verb, reason, after }) => [
    `  ${verb === 'apply' ? '+' : '-'} ${id}: ${reason}`,
    ...after.map((one) => `      after ${one}`),
  ]);
}

function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ code, severity, hostname, message }) => [
    `  ! ${severity} ${code}${hostname === undefined ? '' : ` ${hostname}`}: ${message}`,
    `      cause:  ${FINDING_KINDS[code].cause}`,
    `      remedy: ${FINDING_KINDS[code].remedy}`,
  ]);
}

function sharedText({ status, actions, findings }: Planned): string {
  return [
    'All clusters',
    ...sharedLines(status.shared),
    ...actionLines(actions.filter(({ cluster }) => cluster === null)),
    ...findingLines(findings.filter(({ cluster }) => cluster === null)),
  ].join('\n');
}

function sharedLines({ listeners, certificates, orders }: SharedStatus): readonly string[] {
  return [
    `  listeners      ${listeners.onGateway} on the Gateway (${listeners.freeOnGateway} free), ${listeners.inListenerSets} in ListenerSets`,
    ...certificates.map(
      ({ name, names, ready }) =>
        `  certificate    ${name}: ${plural(names, 'name')}, ${ready ? 'ready' : 'not ready'}`,
    ),
    ...Object.entries(orders).map(([domain, count]) => `  orders         ${domain}: ${count} in 7 days`),
  ];
}

function summary({ actions, findings, nextCheckAt }: Planned): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((one) => one.severity === severity).length;
  const next = nextCheckAt === null ? 'time alone changes nothing' : `look again at ${nextCheckAt}`;
  return `${plural(actions.length, 'write')}, ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}; ${next}.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
