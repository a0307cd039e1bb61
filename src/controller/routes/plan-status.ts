import { at, get, listOf, numberOf, recordOf, textOf } from '../../planner/world/json.ts';
import type { HostNode, KubeObject } from '../../planner/world/world.ts';
import { type Condition, conditionsOf, type Saying } from '../inventory/conditions.ts';
import { type NodeItem, nodeItems } from './node-items.ts';

/** What the controller says of a RoutePlan beside the items of the agents. */
export interface RoutePlanStatus {
  readonly observedGeneration?: number;
  readonly desired: number;
  readonly conditions: readonly Condition[];
}

export interface PlanStatusFacts {
  readonly plan: KubeObject;
  readonly nodes: readonly HostNode[];
  /** Nodes whose agents have given a sign of life in time. */
  readonly alive: ReadonlySet<string>;
  /** RFC 3339. */
  readonly now: string;
}

/** The status to write. Nothing in it changes because time passes: one that is stored already needs no write. */
export function routePlanStatus({ plan, nodes, alive, now }: PlanStatusFacts): RoutePlanStatus {
  const { generation } = plan.metadata;
  const desired = listOf(at(plan.spec, 'routes')).length;
  const targets = nodes.filter((node) => isTarget(node, plan)).map(({ name }) => name);
  const items = new Map(nodeItems(plan).map((one) => [one.nodeName, one]));
  const reports = targets.filter((name) => alive.has(name)).flatMap((name) => items.get(name) ?? []);
  const current = reports.filter(({ item }) => numberOf(item.observedGeneration) === generation);
  const owing = targets.filter((name) => alive.has(name) && !current.some((one) => one.nodeName === name));
  const silent = targets.filter((name) => !alive.has(name));
  const sayings = [
    accepted(current),
    applied({ desired, current, owing, targets }),
    stale(silent, reports, targets),
  ];
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    desired,
    conditions: conditionsOf(sayings, { before: get(plan.status, 'conditions'), generation, now }),
  };
}

/** What of a status the controller writes, as it is stored. */
export function ownPart(status: unknown): Readonly<Record<string, unknown>> {
  const { observedGeneration, desired, conditions } = recordOf(status);
  return { observedGeneration, desired, conditions };
}

/** The items that stay, where some are of Nodes that are gone; undefined: all stay. */
export function keptItems(
  plan: KubeObject,
  nodes: ReadonlySet<string>,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const items = nodeItems(plan);
  const kept = items.filter(({ nodeName }) => nodes.has(nodeName));
  return kept.length === items.length ? undefined : kept.map(({ item }) => item);
}

function isTarget({ labels }: HostNode, plan: KubeObject): boolean {
  return Object.entries(recordOf(at(plan.spec, 'nodeSelector'))).every(
    ([key, value]) => labels?.[key] === value,
  );
}

function accepted(current: readonly NodeItem[]): Saying {
  const type = 'Accepted';
  if (current.length === 0) return { type, status: 'Unknown', reason: 'NoReports' };
  for (const { nodeName, item } of current) {
    const [issue] = listOf(item.issues);
    if (issue === undefined) continue;
    const reason = textOf(get(issue, 'reason')) ?? 'Refused';
    const [destination, message] = [textOf(get(issue, 'destination')), textOf(get(issue, 'message'))];
    return { type, status: 'False', reason, message: `${nodeName}: ${destination}: ${message ?? reason}` };
  }
  return { type, status: 'True', reason: 'Accepted' };
}

interface AppliedFacts {
  readonly desired: number;
  readonly current: readonly NodeItem[];
  readonly owing: readonly string[];
  readonly targets: readonly string[];
}

/** Of the Nodes whose agents live; those of the others are spoken of by `Stale`. */
function applied({ desired, current, owing, targets }: AppliedFacts): Saying {
  const type = 'Applied';
  if (targets.length === 0)
    return { type, status: 'Unknown', reason: 'NoNodes', message: 'no Node has the labels of nodeSelector' };
  if (current.length === 0 && owing.length === 0) return { type, status: 'Unknown', reason: 'NoAgents' };
  if (owing.length > 0)
    return { type, status: 'False', reason: 'Pending', message: `${named(owing)} has yet to report` };
  const lacking = current.filter(({ item }) => item.applied !== desired || item.effective !== desired);
  const [first] = lacking;
  if (first === undefined)
    return { type, status: 'True', reason: 'Applied', message: `${desired} routes on ${named(targets)}` };
  const message = `${first.nodeName}: ${first.item.effective} of ${desired} routes are effective`;
  const others = lacking.length === 1 ? '' : `, and fewer than all on ${lacking.length - 1} more`;
  return { type, status: 'False', reason: 'NotEffective', message: `${message}${others}` };
}

function stale(silent: readonly string[], reports: readonly NodeItem[], targets: readonly string[]): Saying {
  const type = 'Stale';
  if (silent.length > 0 && targets.length > 0) {
    const message = `${named(silent)} gives no sign of life of its agent`;
    return { type, status: 'True', reason: 'AgentSilent', message };
  }
  const deaf = reports.filter(({ item }) => item.stale === true).map(({ nodeName }) => nodeName);
  if (deaf.length > 0) {
    return { type, status: 'True', reason: 'PlannerSilent', message: `${named(deaf)} hears no planner` };
  }
  return { type, status: 'False', reason: 'Fresh' };
}

function named(nodes: readonly string[]): string {
  const [first = ''] = nodes.toSorted();
  return nodes.length === 1 ? first : `${first} and ${nodes.length - 1} more`;
}
