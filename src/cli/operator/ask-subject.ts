import type { Requester } from '../../kube/index.ts';
import type { Answer } from '../../operator/checks/facts.ts';
import { type Right, type Rights, rightKey } from '../../operator/preflight/rights.ts';
import { at } from '../../text/json.ts';

const PATH = '/apis/authorization.k8s.io/v1/subjectaccessreviews';

/** A service account. */
export interface Subject {
  readonly namespace: string;
  readonly name: string;
}

/** What a service account may do. When the first question is refused, no further one is asked. */
export async function askSubject(
  requester: Requester,
  { namespace, name }: Subject,
  rights: readonly Right[],
): Promise<Rights> {
  const review = async (right: Right): Promise<Answer<boolean>> => {
    const [resource = '', subresource] = right.resource.split('/');
    const answer = await requester.call({
      method: 'POST',
      path: PATH,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: {
          user: `system:serviceaccount:${namespace}:${name}`,
          groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
          resourceAttributes: {
            verb: right.verb,
            group: right.group,
            resource,
            ...(subresource === undefined ? {} : { subresource }),
            ...(right.namespace === '' ? {} : { namespace: right.namespace }),
          },
        },
      },
    });
    if (answer.ok) return { seen: true, value: at(answer.value, 'status', 'allowed') === true };
    const isDenied = answer.failure.code === 403;
    const why = isDenied ? 'you may not create subjectaccessreviews' : answer.failure.message;
    return {
      seen: false,
      why,
      next: isDenied
        ? 'grant it; --permissions prints everything that this command needs'
        : answer.failure.hint,
    };
  };
  const [first] = rights;
  if (first === undefined) return {};
  const answer = await review(first);
  const rest = answer.seen
    ? await Promise.all(rights.map(async (right) => [rightKey(right), await review(right)] as const))
    : rights.map((right) => [rightKey(right), answer] as const);
  return Object.fromEntries(rest);
}
