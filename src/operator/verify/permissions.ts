import { type Grant, grantsFor } from '../checks/permissions.ts';
import type { VerifyFacts } from './facts.ts';
import { mostQuestions } from './questions.ts';

const REVIEWS: Grant = {
  namespace: '',
  rule: { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
};

/**
 * What somebody must be allowed to do who runs `verify` or `why`: to read, and to ask what the controller may do.
 *
 * @param gateways namespaces of Gateways and RoutePlans; that of the release when none is given.
 */
export function verifyGrants(release: VerifyFacts['release'], gateways: readonly string[]): readonly Grant[] {
  const places = gateways.length === 0 ? [release.namespace] : gateways;
  return [...grantsFor(mostQuestions(release, places)), REVIEWS];
}
