import { get, numberOf } from '../../../planner/world/json.ts';
import { failed, ok } from '../../checks/check.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { ofRelease, type VerifyRule } from '../facts.ts';

export const daemonSetReady: VerifyRule = {
  code: 'DaemonSetReady',
  looksAt: 'A route agent is ready on every Node that is selected.',
  replaces: [],
  next: 'see the Pods that are not ready',
  check: (facts) =>
    ofRelease(facts, 'DaemonSet').map((object) => {
      const wanted = numberOf(get(object.status, 'desiredNumberScheduled'));
      const ready = numberOf(get(object.status, 'numberReady')) ?? 0;
      if (wanted !== undefined && wanted > 0 && ready >= wanted)
        return ok(nameOf(object), `${ready} of ${wanted} ready`);
      return failed(
        nameOf(object),
        wanted === 0 ? 'a Node that is selected' : `${wanted ?? 'some'} Pods that are ready`,
        wanted === 0 ? 'none' : `${ready}`,
        `see why: ${kubectlDescribe(object)}`,
      );
    }),
};
