import type { Failure, Requester, Result } from '../../kube/index.ts';
import type { ServerVersion } from '../../operator/checks/facts.ts';
import { at, textOf } from '../../text/json.ts';

/**
 * What the server says that it is: the first thing that is asked. A failure means that nothing else is worth asking, and says
 * in one sentence why.
 */
export async function askVersion(requester: Requester): Promise<Result<ServerVersion>> {
  const request = { method: 'GET', path: '/version', deadlineMs: 10_000 } as const;
  const answer = await requester.call(request);
  if (!answer.ok) return { ok: false, failure: explained(answer.failure) };
  const [gitVersion, major, minor] = ['gitVersion', 'major', 'minor'].map((key) =>
    textOf(at(answer.value, key)),
  );
  const numbers = [major, minor].map((text) => Number.parseInt(text ?? '', 10));
  if (gitVersion === undefined || numbers.some(Number.isNaN)) {
    return {
      ok: false,
      failure: {
        kind: 'malformed',
        at: requester.describe(request),
        message: 'expected the version of a Kubernetes API server, found something else',
        hint: NO_API_SERVER,
      },
    };
  }
  return { ok: true, value: { gitVersion, major: numbers[0] ?? 0, minor: numbers[1] ?? 0 } };
}

const NO_API_SERVER =
  'check the server of this context in the kubeconfig, and that no proxy or login page answers in its place';

function explained(failure: Failure): Failure {
  const { kind, code, reason = '' } = failure;
  if (kind === 'malformed') return { ...failure, hint: NO_API_SERVER };
  if (kind === 'status' && code === 401)
    return {
      ...failure,
      message:
        'expected to be known to the API server, found 401: the token or certificate is expired or of another cluster',
      hint: 'log in again, or choose another context with --context',
    };
  // An API server gives a reason; what stands in front of one does not.
  if (kind === 'status' && reason === '')
    return {
      ...failure,
      message: `expected an answer of a Kubernetes API server, found ${code ?? 'something else'}`,
      hint: NO_API_SERVER,
    };
  if (kind === 'unreachable' || kind === 'timeout')
    return { ...failure, hint: `${failure.hint}; or choose another context with --context` };
  return failure;
}
