import { get, listOf, recordOf, textOf, textsOf } from '../../planner/world/json.ts';

/** Whether a label selector of Kubernetes takes an object with these labels; one that is empty takes every object. */
export function isSelected(selector: unknown, labels: unknown): boolean {
  const wanted = Object.entries(recordOf(get(selector, 'matchLabels')));
  return (
    wanted.every(([key, value]) => get(labels, key) === value) &&
    listOf(get(selector, 'matchExpressions')).every((expression) => holds(expression, labels))
  );
}

function holds(expression: unknown, labels: unknown): boolean {
  const value = textOf(get(labels, textOf(get(expression, 'key')) ?? ''));
  const isListed = value !== undefined && textsOf(get(expression, 'values')).includes(value);
  switch (get(expression, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
