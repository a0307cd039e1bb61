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
  const answers: (readonly [Right, Answer<boolean>])[] = [];
  for (const [namespace, group] of groups) {
    answers.push(
      ...(namespace === ''
        ? await ofTheCluster(requester, group)
        : await ofNamespace(requester, namespace, group)),
    );
  }
  return fromEntries(answers);
}

function fromEntries(entries: readonly (readonly [Right, Answer<boolean>])[]): Rights {
  return Object.fromEntries(entries.map(([right, answer]) => [rightKey(right), answer]));
}

/** One verb stands for all that Helm does to a kind: a role that lets make one lets change it. */
async function ofTheCluster(requester: Requester, rights: readonly Right[]) {
  const asked = new Map<string, Answer<boolean>>();
  const answers: (readonly [Right, Answer<boolean>])[] = [];
  for (const right of rights) {
    const verb = right.verb === 'get' ? 'get' : right.verb === 'escalate' ? 'escalate' : 'create';
    const key = rightKey({ ...right, verb });
    const answer = asked.get(key) ?? (await mayI(requester, { ...right, verb }));
    asked.set(key, answer);
    answers.push([right, answer]);
  }
  return answers;
}

async function ofNamespace(requester: Requester, namespace: string, rights: readonly Right[]) {
  const answer = await requester.call({
    method: 'POST',
    path: `${REVIEWS}/selfsubjectrulesreviews`,
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
  });
  if (!answer.ok) {
    const unseen: Answer<boolean> = { seen: false, why: answer.failure.message, next: answer.failure.hint };
    return rights.map((right) => [right, unseen] as const);
  }
  const rules = listOf(at(answer.value, 'status', 'resourceRules')).map(ruleOf);
  const isIncomplete = at(answer.value, 'status', 'incomplete') === true;
  return rights.map((right): readonly [Right, Answer<boolean>] => {
    const granted = isGranted(rules, right);
    if (granted || !isIncomplete) return [right, { seen: true, value: granted }];
    return [
      right,
      { seen: false, why: 'an authorizer does not tell its rules', next: 'ask with kubectl auth can-i' },
    ];
  });
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
