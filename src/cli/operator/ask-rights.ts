import type { Requester } from '../../kube/index.ts';
import type { Answer } from '../../operator/checks/facts.ts';
import {
  type GrantedRule,
  isGranted,
  type Right,
  type Rights,
  rightKey,
} from '../../operator/preflight/rights.ts';
import { at, listOf, textOf } from '../../text/json.ts';

const REVIEWS = '/apis/authorization.k8s.io/v1';

/**
 * What the caller may do. One question answers for somebody who may do everything; for others the rules of each namespace
 * are read, and what is in no namespace is asked about by itself.
 */
export async function askRights(requester: Requester, rights: readonly Right[]): Promise<Rights> {
  const everything = await mayI(requester, { verb: '*', group: '*', resource: '*', namespace: '' });
  if (everything.seen && everything.value) return fromEntries(rights.map((right) => [right, everything]));
  const groups = Map.groupBy(rights, ({ namespace }) => namespace);
  const namespaces = [...groups.keys()].filter((namespace) => namespace !== '');
  const rules = await Promise.all(namespaces.map((namespace) => rulesIn(requester, namespace)));
  const inNamespaces = namespaces.flatMap((namespace, index) =>
    (groups.get(namespace) ?? []).map(
      (right) => [right, answerOf(rules[index] ?? NOTHING_SAID, right)] as const,
    ),
  );
  const inCluster = await ofTheCluster(requester, groups.get('') ?? [], rules[0] ?? NOTHING_SAID);
  return fromEntries([...inNamespaces, ...inCluster]);
}

function fromEntries(entries: readonly (readonly [Right, Answer<boolean>])[]): Rights {
  return Object.fromEntries(entries.map(([right, answer]) => [rightKey(right), answer]));
}

/**
 * One verb stands for all that Helm does to a kind: a role that lets make one lets change it. The rules of a namespace hold
 * those of the whole cluster, so what they do not grant need not be asked about.
 */
async function ofTheCluster(requester: Requester, rights: readonly Right[], rules: Answer<Granted>) {
  const asked = new Map<string, Answer<boolean>>();
  const answers: (readonly [Right, Answer<boolean>])[] = [];
  for (const right of rights) {
    const verb = right.verb === 'escalate' ? 'escalate' : 'create';
    const key = rightKey({ ...right, verb });
    const said = asked.get(key) ?? answerOf(rules, { ...right, verb });
    const isSurelyNot = said.seen && !said.value;
    const answer = asked.has(key) || isSurelyNot ? said : await mayI(requester, { ...right, verb });
    asked.set(key, answer);
    answers.push([right, answer]);
  }
  return answers;
}

interface Granted {
  readonly rules: readonly GrantedRule[];
  /** False where an authorizer does not tell its rules. */
  readonly complete: boolean;
}

const NOTHING_SAID: Answer<never> = {
  seen: false,
  why: 'it was not asked about',
  next: 'ask with kubectl auth can-i',
};

async function rulesIn(requester: Requester, namespace: string): Promise<Answer<Granted>> {
  const answer = await requester.call({
    method: 'POST',
    path: `${REVIEWS}/selfsubjectrulesreviews`,
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
  });
  if (!answer.ok) return { seen: false, why: answer.failure.message, next: answer.failure.hint };
  const rules = listOf(at(answer.value, 'status', 'resourceRules')).map(ruleOf);
  return { seen: true, value: { rules, complete: at(answer.value, 'status', 'incomplete') !== true } };
}

function answerOf(granted: Answer<Granted>, right: Right): Answer<boolean> {
  if (!granted.seen) return granted;
  const isAllowed = isGranted(granted.value.rules, right);
  if (isAllowed || granted.value.complete) return { seen: true, value: isAllowed };
  return { seen: false, why: 'an authorizer does not tell its rules', next: 'ask with kubectl auth can-i' };
}

function ruleOf(rule: unknown): GrantedRule {
  const texts = (key: string): readonly string[] => listOf(at(rule, key)).flatMap((one) => textOf(one) ?? []);
  return {
    verbs: texts('verbs'),
    apiGroups: texts('apiGroups'),
    resources: texts('resources'),
    resourceNames: texts('resourceNames'),
  };
}

async function mayI(
  requester: Requester,
  { verb, group, resource, namespace }: Right,
): Promise<Answer<boolean>> {
  const resourceAttributes = { verb, group, resource, ...(namespace === '' ? {} : { namespace }) };
  const answer = await requester.call({
    method: 'POST',
    path: `${REVIEWS}/selfsubjectaccessreviews`,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    },
  });
  if (!answer.ok) return { seen: false, why: answer.failure.message, next: answer.failure.hint };
  return { seen: true, value: at(answer.value, 'status', 'allowed') === true };
}
