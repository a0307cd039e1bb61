import { type Failure, failed, type Result, success } from './failure.ts';
import { at, listAt, textAt } from './json.ts';
import type { Requester } from './requests/requester.ts';
import { malformedFailure } from './requests/status.ts';

/** A kind as a server serves it. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/**
 * All kinds of a group at every version that is served, the server's preferred version first. A group that is not there has
 * none. A version that cannot be read is a failure: what is missing from an answer would look as if it were not served.
 */
export async function discoverGroup(
  requester: Requester,
  group: string,
  signal?: AbortSignal,
): Promise<Result<readonly ServedKind[]>> {
  const given = signal === undefined ? {} : { signal };
  const get = (path: string) => requester.call({ method: 'GET', path, ...given });
  const versions = group === '' ? success(['v1']) : await versionsOf(group, get);
  if (!versions.ok) return versions;
  const kinds: ServedKind[] = [];
  for (const version of versions.value) {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${encodeURIComponent(version)}`;
    const answer = await get(path);
    if (!answer.ok && isAbsent(answer.failure)) continue;
    if (!answer.ok) return answer;
    if (!Array.isArray(at(answer.value, 'resources'))) {
      return failed(malformedFailure(requester.describe({ method: 'GET', path }), 'a list of resources', ''));
    }
    kinds.push(...kindsIn(answer.value, group, version));
  }
  return success(kinds);
}

async function versionsOf(
  group: string,
  get: (path: string) => Promise<Result<unknown>>,
): Promise<Result<readonly string[]>> {
  const answer = await get(`/apis/${encodeURIComponent(group)}`);
  if (!answer.ok) return isAbsent(answer.failure) ? success([]) : answer;
  const preferred = textAt(answer.value, 'preferredVersion', 'version');
  const all = listAt(answer.value, 'versions').flatMap((each) => textAt(each, 'version') ?? []);
  return success([...new Set([...(preferred === undefined ? [] : [preferred]), ...all])]);
}

function isAbsent({ code }: Failure): boolean {
  return code === 404;
}

function kindsIn(body: unknown, group: string, version: string): readonly ServedKind[] {
  return listAt(body, 'resources').flatMap((each) => {
    const kind = textAt(each, 'kind');
    const plural = textAt(each, 'name');
    // `deployments/scale` and the like are parts of a kind.
    if (kind === undefined || plural === undefined || plural.includes('/')) return [];
    const verbs = listAt(each, 'verbs').filter((verb) => typeof verb === 'string');
    return [{ group, version, kind, plural, namespaced: at(each, 'namespaced') === true, verbs }];
  });
}
