import { forbid, missing } from './common.ts';
import { expectText, LABEL_VALUE, OBJECT_NAME, QUALIFIED_KEY } from './grammars.ts';
import { inside, listOf, mapOf, mapsOf, type Place, type Sound, tell, textOf } from './report.ts';

/** Labels that objects must have. Source: `ValidateLabelSelector` of apimachinery. */
export function checkLabelSelector(selector: Sound, place: Place): void {
  for (const [key, value] of Object.entries(mapOf(selector, 'matchLabels') ?? {})) {
    expectText(place, ['matchLabels', key], key, QUALIFIED_KEY);
    expectText(place, ['matchLabels', key], String(value), LABEL_VALUE);
  }
}

/** One requirement of it. */
export function checkLabelRequirement(requirement: Sound, place: Place): void {
  expectText(place, ['key'], textOf(requirement, 'key'), QUALIFIED_KEY);
  checkValues(requirement, place);
  expectLabelValues(requirement, place);
}

function checkValues(requirement: Sound, place: Place): void {
  const operator = textOf(requirement, 'operator');
  const count = listOf(requirement, 'values').length;
  if (operator === 'In' || operator === 'NotIn') {
    if (count === 0) missing(place, ['values'], `values with operator ${operator}`, 'add values');
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (count !== 1)
      missing(place, ['values'], `one value with operator ${operator}`, 'set values to one number');
  } else if (count > 0) {
    forbid(
      place,
      requirement,
      'values',
      `with operator ${operator}`,
      'remove values, or set operator to In or NotIn',
    );
  }
}

function expectLabelValues(requirement: Sound, place: Place): void {
  for (const [index, value] of listOf(requirement, 'values').entries()) {
    expectText(place, ['values', index], String(value), LABEL_VALUE);
  }
}

/** What Nodes must be like. Source: `ValidateNodeSelectorTerm`. */
export function checkNodeSelectorTerm(term: Sound, place: Place): void {
  const isPreference = place.path.at(-1) === 'preference';
  for (const [index, requirement] of mapsOf(term, 'matchExpressions')) {
    const at = inside(place, 'matchExpressions', index);
    expectText(at, ['key'], textOf(requirement, 'key'), QUALIFIED_KEY);
    checkValues(requirement, at);
    if (!isPreference) expectLabelValues(requirement, at);
  }
  for (const [index, requirement] of mapsOf(term, 'matchFields')) {
    checkNodeField(requirement, inside(place, 'matchFields', index));
  }
}

function checkNodeField(requirement: Sound, place: Place): void {
  const { key, operator } = requirement;
  if (key !== 'metadata.name' || (operator !== 'In' && operator !== 'NotIn')) {
    tell(place, [key === 'metadata.name' ? 'operator' : 'key'], {
      code: 'PartNotAllowed',
      message: `expected metadata.name with In or NotIn, found ${String(key)} with ${String(operator)}`,
      hint: 'Nodes have no other field to select by; use matchExpressions for labels',
    });
  }
  const values = listOf(requirement, 'values');
  if (values.length !== 1) missing(place, ['values'], 'one name of a Node', 'set values to one name');
  for (const [index, value] of values.entries())
    expectText(place, ['values', index], String(value), OBJECT_NAME);
}

/**
 * Keys of labels whose value is that of the Pod itself. They add to a labelSelector, and repeat none of its keys.
 * Source: `ValidateMatchLabelKeysAndMismatchLabelKeys`, `ValidateMatchLabelKeysInTopologySpread`.
 */
export function checkLabelKeys(holder: Sound, place: Place, fields: readonly string[]): void {
  const selector = mapOf(holder, 'labelSelector');
  const matched = new Set(Object.keys(mapOf(selector ?? {}, 'matchLabels') ?? {}));
  for (const [, { key }] of mapsOf(selector ?? {}, 'matchExpressions')) matched.add(String(key));
  for (const field of fields) {
    const keys = listOf(holder, field).map(String);
    if (keys.length === 0) continue;
    if (selector === undefined) {
      missing(
        place,
        ['labelSelector'],
        `a labelSelector beside ${field}`,
        `add labelSelector, or remove ${field}`,
      );
    }
    for (const [index, key] of keys.entries()) {
      expectText(place, [field, index], key, QUALIFIED_KEY);
      const isAgain =
        field === 'matchLabelKeys' && (matched.has(key) || listOf(holder, 'mismatchLabelKeys').includes(key));
      if (isAgain) twice(place, [field, index], key);
    }
  }
}

function twice(place: Place, inner: readonly (string | number)[], key: string): void {
  tell(place, inner, {
    code: 'PartsContradict',
    message: `expected each key in one of labelSelector, matchLabelKeys and mismatchLabelKeys, found ${key} in two`,
    hint: 'remove it from one of them',
  });
}
