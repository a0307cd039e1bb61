import { MAX_INT32 } from '../../grammar.ts';
import { expectDifferent, expectRange, forbid, missing } from './common.ts';
import { DNS_LABEL, expectIfSet, expectText, LABEL_VALUE, QUALIFIED_KEY } from './grammars.ts';
import { listOf, numberOf, type Place, type Sound, tell, textOf } from './report.ts';
import { checkLabelKeys } from './selectors.ts';

/** A taint that a Pod tolerates. Source: `ValidateTolerations`. */
export function checkToleration(toleration: Sound, place: Place): void {
  const operator = textOf(toleration, 'operator') || 'Equal';
  expectIfSet(place, toleration, 'key', QUALIFIED_KEY);
  if (textOf(toleration, 'key') === '' && operator !== 'Exists') {
    missing(
      place,
      ['key'],
      `the key of a taint with operator ${operator}`,
      'add key, or set operator to Exists for every taint',
    );
  }
  const effect = textOf(toleration, 'effect');
  if (numberOf(toleration, 'tolerationSeconds') !== undefined && effect !== 'NoExecute') {
    tell(place, ['tolerationSeconds'], {
      code: 'PartsContradict',
      message: `expected tolerationSeconds with the effect NoExecute only, found ${effect || 'no effect'}`,
      hint: 'set effect to NoExecute, or remove tolerationSeconds',
    });
  }
  if (operator === 'Exists')
    forbid(place, toleration, 'value', 'with operator Exists', 'remove value, or set operator to Equal');
  else if (operator === 'Equal') expectIfSet(place, toleration, 'value', LABEL_VALUE);
  else {
    tell(place, ['operator'], {
      code: 'PartNotAllowed',
      message: `expected Exists or Equal, found ${operator}, which needs a feature gate of the API server`,
      hint: 'choose Exists or Equal',
    });
  }
}

/** A preference with its weight. Source: `ValidatePreferredSchedulingTerms`. */
export function checkWeight(term: Sound, place: Place): void {
  expectRange(place, term, 'weight', [1, 100]);
}

/** Which Pods to stand by or keep from. Source: `validatePodAffinityTerm`. */
export function checkPodAffinityTerm(term: Sound, place: Place): void {
  expectText(place, ['topologyKey'], textOf(term, 'topologyKey'), QUALIFIED_KEY);
  for (const [index, name] of listOf(term, 'namespaces').entries()) {
    expectText(place, ['namespaces', index], String(name), DNS_LABEL);
  }
  checkLabelKeys(term, place, ['matchLabelKeys', 'mismatchLabelKeys']);
}

/** Where a Pod must run: at least one way. */
export function checkNodeSelector(selector: Sound, place: Place): void {
  if (listOf(selector, 'nodeSelectorTerms').length > 0) return;
  missing(place, ['nodeSelectorTerms'], 'at least one term', 'add a term, or remove the affinity');
}

/** How Pods are spread. Source: `validateTopologySpreadConstraints`. */
export function checkSpread(constraint: Sound, place: Place): void {
  expectRange(place, constraint, 'maxSkew', [1, MAX_INT32]);
  if (textOf(constraint, 'topologyKey') === '') {
    missing(
      place,
      ['topologyKey'],
      'the key of a label of Nodes',
      'set topologyKey, as to kubernetes.io/hostname',
    );
  }
  expectRange(place, constraint, 'minDomains', [1, MAX_INT32]);
  if (textOf(constraint, 'whenUnsatisfiable') !== 'DoNotSchedule') {
    const hint = 'remove minDomains, or set whenUnsatisfiable to DoNotSchedule';
    forbid(place, constraint, 'minDomains', 'without whenUnsatisfiable DoNotSchedule', hint);
  }
  checkLabelKeys(constraint, place, ['matchLabelKeys']);
}

/** No two constraints of one Pod are of one kind. */
export function checkSpreads(constraints: readonly Sound[], place: Place): void {
  const identities = constraints.map(
    (constraint, index) =>
      [
        `${textOf(constraint, 'topologyKey')} ${textOf(constraint, 'whenUnsatisfiable')}`.trim(),
        [index],
      ] as const,
  );
  expectDifferent(place, identities, 'topologyKey with a whenUnsatisfiable');
}
