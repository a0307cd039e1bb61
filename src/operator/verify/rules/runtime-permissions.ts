import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import { type Right, rightKey } from '../../preflight/rights.ts';
import { keeperOf, type VerifyRule } from '../facts.ts';
import { runtimeRights } from '../runtime-rights.ts';

export const runtimePermissions: VerifyRule = {
  code: 'RuntimePermissions',
  looksAt: 'The service account of whoever keeps the entries may do everything that the runtime does.',
  replaces: [],
  next: 'set rbac.create=true and upgrade, or grant it: docs/runtime.md, Permissions',
  check: (facts): readonly Said[] => {
    const keeper = keeperOf(facts);
    const rights = runtimeRights(facts);
    if (keeper === undefined || rights.length === 0) return [];
    const groups = Map.groupBy(
      rights,
      ({ resource, group, namespace }: Right) =>
        `${resource}${group === '' ? '' : `.${group}`} ${namespace === '' ? 'everywhere' : `in ${namespace}`}`,
    );
    return [...groups].map(([what, group]): Said => {
      const object = `${keeper.metadata.name}: ${what}`;
      const verbs = group.map(({ verb }) => verb);
      const answers = group.map((right) => facts.rights[rightKey(right)]);
      const unseen = answers.find((answer) => answer?.seen !== true);
      const denied = group.filter((_, index) => {
        const answer = answers[index];
        return answer?.seen === true && !answer.value;
      });
      if (denied.length > 0)
        return failed(
          object,
          `to be allowed ${verbs.join(', ')}`,
          `not ${denied.map(({ verb }) => verb).join(', ')}`,
        );
      if (unseen !== undefined || answers.some((answer) => answer === undefined))
        return unknown(
          object,
          `to be allowed ${verbs.join(', ')}`,
          unseen?.seen === false ? unseen.why : 'it was not asked about',
          'kubectl auth can-i --as system:serviceaccount:NAMESPACE:NAME VERB RESOURCE',
        );
      return ok(object, verbs.join(', '));
    });
  },
};
