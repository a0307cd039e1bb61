import { describeFailure } from '../../kube/index.ts';
import type { Finding } from '../../planner/index.ts';
import { type Action, referenceKey } from '../../planner/world/index.ts';
import type { Entry } from '../../process/entries.ts';
import type { Verdict } from '../writes/verdict.ts';

/** What came of a write, and why it was written. */
export function writtenEntry(action: Action, verdict: Verdict): Entry {
  const { verb, object, reason, cluster } = action;
  const { namespace = '', name } = object.metadata;
  const failure = 'failure' in verdict ? verdict.failure : undefined;
  return {
    level: LEVELS[verdict.kind],
    message: `${verb} ${object.kind} ${namespace}/${name}: ${WORDS[verdict.kind]}; ${reason}`,
    fields: {
      event: 'write',
      verb,
      kind: object.kind,
      namespace,
      name,
      cluster,
      reason,
      result: verdict.kind,
      ...(failure === undefined ? {} : { failure: describeFailure(failure) }),
    },
  };
}

const LEVELS: Readonly<Record<Verdict['kind'], Entry['level']>> = {
  done: 'info',
  stale: 'info',
  busy: 'warn',
  refused: 'error',
  unclear: 'warn',
  fenced: 'error',
};

const WORDS: Readonly<Record<Verdict['kind'], string>> = {
  done: 'done',
  stale: 'it has changed meanwhile, so it is looked at again',
  busy: 'the API server asks to wait',
  refused: 'refused',
  unclear: 'nobody knows whether it was done, so it is looked at again',
  fenced: 'not sent, because this process does not lead any more',
};

/** What is new among the findings, and what is over. */
export function plannedEntries(before: readonly Finding[], after: readonly Finding[]): readonly Entry[] {
  if (before === after) return [];
  // Most are the same objects as before: only the others are looked at.
  const [were, are] = [new Set(before), new Set(after)];
  const come = after.filter((one) => !were.has(one));
  const gone = before.filter((one) => !are.has(one));
  const known = new Set(gone.map(keyOf));
  const now = new Set(come.map(keyOf));
  return [
    ...come.filter((one) => !known.has(keyOf(one))).map((one) => findingEntry(one, one.message, false)),
    ...gone
      .filter((one) => !now.has(keyOf(one)))
      .map((one) => findingEntry(one, `over: ${one.message}`, true)),
  ];
}

function keyOf({ code, cluster, hostname = '', object, message }: Finding): string {
  return JSON.stringify([code, cluster, hostname, object === undefined ? '' : referenceKey(object), message]);
}

function findingEntry(finding: Finding, message: string, isOver: boolean): Entry {
  const { code, severity, cluster, hostname } = finding;
  return {
    level: isOver || severity === 'info' ? 'info' : severity === 'warning' ? 'warn' : 'error',
    message: `${code}: ${message}`,
    fields: { event: isOver ? 'findingOver' : 'finding', code, cluster, ...(hostname && { hostname }) },
  };
}
