import type { Entry } from '../../process/entries.ts';
import { formatCidr, formatIp } from '../../text/ip.ts';
import type { OpResult } from '../kernel/execute.ts';
import type { Issue, PlanReport } from '../types.ts';
import type { Round } from './round.ts';

/** More changes of one round are counted, and not each told: the first round of a host may have thousands. */
const EACH = 20;

/** What a round has changed in the kernel. */
export function changeEntries({ results, held }: Round): readonly Entry[] {
  const each =
    results.length <= EACH ? results : results.filter(({ kind }) => kind !== 'done').slice(0, EACH);
  return [
    ...each.map(changeEntry),
    ...(results.length <= EACH ? [] : [countEntry(results)]),
    ...(held === undefined ? [] : [HELD]),
  ];
}

const HELD: Entry = {
  level: 'warn',
  message: 'more than half of the routes are to go: waiting for a second list that says the same',
  fields: { event: 'deletesHeld' },
};

function changeEntry(result: OpResult): Entry {
  const { op, kind } = result;
  const destination = formatCidr(op.route.range);
  const nextHop = 'nextHop' in op.route ? ` via ${formatIp(op.route.nextHop)}` : '';
  const message = 'message' in result ? `: ${result.message}` : '';
  return {
    level: kind === 'failed' || kind === 'unclear' ? 'error' : 'info',
    message: `${op.do} ${destination}${nextHop}: ${WORDS[kind]}${message}`,
    fields: { event: 'route', verb: op.do, destination, result: kind },
  };
}

const WORDS: Readonly<Record<OpResult['kind'], string>> = {
  done: 'done',
  overtaken: 'the kernel has it otherwise meanwhile, so it is looked at again',
  failed: 'failed',
  unclear: 'nobody knows whether it was done, so it is looked at again',
};

function countEntry(results: readonly OpResult[]): Entry {
  const count = (verb: OpResult['op']['do']): number =>
    results.filter(({ op, kind }) => op.do === verb && kind === 'done').length;
  const [added, replaced, deleted] = [count('add'), count('replace'), count('delete')];
  const [guarded, unguarded] = [count('guard'), count('unguard')];
  return {
    level: 'info',
    message: `${added} routes added, ${replaced} replaced, ${deleted} deleted; ${guarded} guards added, ${unguarded} deleted`,
    fields: { event: 'routes', added, replaced, deleted, guarded, unguarded },
  };
}

/** What is new among the issues of plans, and what is over. */
export function issueEntries(before: readonly PlanReport[], after: readonly PlanReport[]): readonly Entry[] {
  const known = issuesIn(before);
  const now = issuesIn(after);
  return [
    ...[...now].filter(([key]) => !known.has(key)).map(([, one]) => issueEntry(one, false)),
    ...[...known].filter(([key]) => !now.has(key)).map(([, one]) => issueEntry(one, true)),
  ].slice(0, 2 * EACH);
}

interface PlanIssue extends Issue {
  readonly plan: string;
}

function issuesIn(reports: readonly PlanReport[]): ReadonlyMap<string, PlanIssue> {
  return new Map(
    reports.flatMap(({ plan: { key: plan }, issues }) =>
      issues.map((issue) => [
        `${plan} ${issue.destination} ${issue.reason} ${issue.message}`,
        { ...issue, plan },
      ]),
    ),
  );
}

function issueEntry({ plan, destination, reason, message }: PlanIssue, isOver: boolean): Entry {
  return {
    level: isOver ? 'info' : 'warn',
    message: `${isOver ? 'over: ' : ''}${reason}: RoutePlan ${plan}, route ${destination}: ${message}`,
    fields: { event: isOver ? 'issueOver' : 'issue', plan, destination, reason },
  };
}
