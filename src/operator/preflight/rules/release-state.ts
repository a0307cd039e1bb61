import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said, warned } from '../../checks/check.ts';
import { answerTo } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { releaseStorage } from '../questions.ts';

export const releaseState: PreflightRule = {
  code: 'ReleaseState',
  looksAt:
    'The last revision of the release is deployed, or there is none: one that is pending refuses every upgrade.',
  replaces: [],
  next: 'wait for the other helm, or go back: helm history NAME, then helm rollback NAME REVISION',
  check: (facts) => {
    const { name, namespace } = facts.wanted.release;
    const object = `release ${namespace}/${name}`;
    return ifSeen(
      answerTo(facts, releaseStorage(facts.wanted.release)),
      object,
      (secrets): readonly Said[] => {
        const [last] = secrets
          .map(({ metadata }) => ({
            revision: Number(textOf(get(metadata.labels, 'version')) ?? 0),
            status: textOf(get(metadata.labels, 'status')) ?? '',
          }))
          .toSorted((a, b) => b.revision - a.revision);
        if (last === undefined) return [ok(object, 'not installed yet')];
        const { status, revision } = last;
        const found = `revision ${revision} is ${status}`;
        if (status.startsWith('pending-')) return [failed(object, 'no other helm at work', found)];
        return [
          status === 'deployed' ? ok(object, found) : warned(object, 'a revision that is deployed', found),
        ];
      },
    );
  },
};
