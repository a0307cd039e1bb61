import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import type { PreflightRule } from '../facts.ts';
import { type Right, rightKey, rightsOf } from '../rights.ts';

export const mayWrite: PreflightRule = {
  code: 'MayWrite',
  looksAt:
    'Whoever asks may do everything that Helm does when it installs, upgrades and removes the release.',
  replaces: [],
  next: 'grant it, or let somebody install who may: kubectl auth can-i VERB RESOURCE -n NAMESPACE',
  check: ({ wanted, rights }) => {
    const groups = Map.groupBy(rightsOf(wanted), placeOf);
    return [...groups].map(([object, group]): Said => {
      const answers = group.map((right) => ({ verb: right.verb, answer: rights[rightKey(right)] }));
      const verbs = group.map(({ verb }) => verb).join(', ');
      const denied = answers.filter(({ answer }) => answer?.seen === true && !answer.value);
      if (denied.length > 0)
        return failed(object, `to be allowed ${verbs}`, `not ${denied.map(({ verb }) => verb).join(', ')}`);
      const unseen = answers.find(({ answer }) => answer?.seen !== true)?.answer;
      if (unseen === undefined && answers.every(({ answer }) => answer?.seen === true))
        return ok(object, verbs);
      return unknown(
        object,
        `to be allowed ${verbs}`,
        unseen?.seen === false ? unseen.why : 'it was not asked about',
      );
    });
  },
};

function placeOf({ group, resource, namespace }: Right): string {
  return `${resource}${group === '' ? '' : `.${group}`} ${namespace === '' ? 'of the cluster' : `in ${namespace}`}`;
}
