import type { Requester } from '../../kube/index.ts';

/** Requests to one server, counted, and refused beyond a number. */
export interface Counted {
  readonly requester: Requester;
  count(): number;
}

export function counted(requester: Requester, most: number): Counted {
  let count = 0;
  return {
    count: () => count,
    requester: {
      ...requester,
      call: async (request) => {
        if (count >= most) {
          const failure = {
            kind: 'stopped',
            at: requester.describe(request),
            message: `expected at most ${most} requests, found one more`,
            hint: 'ask about less: fewer namespaces and Secrets among the values',
          } as const;
          return { ok: false, failure };
        }
        count += 1;
        return requester.call(request);
      },
    },
  };
}
