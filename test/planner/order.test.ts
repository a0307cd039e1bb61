import { expect, test } from 'vitest';
import { orderActions } from '../../src/planner/engine/order.ts';
import type { Action } from '../../src/planner/world/action.ts';
import { finish } from '../../src/planner/world/slices.ts';

const inOrder = (actions: readonly Action[]): readonly Action[] => finish(orderActions(actions));

function action(name: string, after: readonly string[] = []): Action {
  return {
    id: `apply Service vc-1/${name}`,
    verb: 'apply',
    object: { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'vc-1' }, spec: {} },
    fieldManager: 'kubebyon-edge-sync',
    precondition: {},
    after: after.map((one) => `apply Service vc-1/${one}`),
    reason: 'a test',
    cluster: 'c-1',
  };
}

test('every action comes behind those that it waits for', () => {
  const ordered = inOrder([action('c', ['b']), action('a'), action('b', ['a'])]);
  expect(ordered.map(({ object }) => object.metadata.name)).toEqual(['a', 'b', 'c']);
});

test('actions that wait for each other are an error that names them, never a plan in some order', () => {
  expect(() => inOrder([action('a', ['b']), action('b', ['c']), action('c', ['a'])])).toThrow(
    'actions wait for each other: apply Service vc-1/a -> apply Service vc-1/b -> apply Service vc-1/c -> apply Service vc-1/a',
  );
});

test('waiting for an action that is not in the plan holds nothing up', () => {
  expect(inOrder([action('a', ['gone'])])[0]?.after).toEqual([]);
});
