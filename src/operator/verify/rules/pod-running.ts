import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { conditionText } from '../../checks/condition-text.ts';
import { answerTo, type SeenObject } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { VerifyRule } from '../facts.ts';
import { podsOf } from '../questions.ts';

export const podRunning: VerifyRule = {
  code: 'PodRunning',
  looksAt: 'No Pod of the release waits for an image, a Secret or a Node, or ends again and again.',
  replaces: [],
  next: 'kubectl -n NAMESPACE describe pod NAME, and its log: kubectl -n NAMESPACE logs NAME --previous',
  check: (facts) =>
    ifSeen(answerTo(facts, podsOf(facts.release)), 'Pods of the release', (pods): readonly Said[] =>
      pods.map((pod) => {
        const problem = podProblem(pod);
        const { namespace = '', name } = pod.metadata;
        return problem === undefined
          ? ok(nameOf(pod), textOf(get(pod.status, 'phase')) ?? 'running')
          : failed(nameOf(pod), 'a Pod that runs', problem, `kubectl -n ${namespace} describe pod ${name}`);
      }),
    ),
};

/** Reasons for which a container waits a moment in any case. */
const MOMENTARY: readonly string[] = ['ContainerCreating', 'PodInitializing'];

function podProblem({ status }: SeenObject): string | undefined {
  const containers = [
    ...listOf(get(status, 'initContainerStatuses')),
    ...listOf(get(status, 'containerStatuses')),
  ];
  const waiting = containers
    .map((container) => ({
      name: textOf(get(container, 'name')) ?? '',
      reason: textOf(at(container, 'state', 'waiting', 'reason')),
      message: textOf(at(container, 'state', 'waiting', 'message')) ?? '',
    }))
    .find(({ reason }) => reason !== undefined && !MOMENTARY.includes(reason));
  if (waiting !== undefined)
    return `container ${waiting.name} waits: ${waiting.reason ?? ''}${waiting.message === '' ? '' : ` (${waiting.message.slice(0, 200)})`}`;
  const conditions = get(status, 'conditions');
  const isUnscheduled = listOf(conditions).some(
    (one) => get(one, 'type') === 'PodScheduled' && get(one, 'status') === 'False',
  );
  if (isUnscheduled) return conditionText(conditions, 'PodScheduled');
  return textOf(get(status, 'phase')) === 'Failed' ? 'it has failed' : undefined;
}
