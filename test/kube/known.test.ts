import { expect, test } from 'vitest';
import type { StoredObject } from '../../src/kube/object.ts';
import { createKnown } from '../../src/kube/watch/known.ts';

function object(name: string, uid: string, resourceVersion: string): StoredObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'n', name, uid, resourceVersion } };
}

test('an object that leaves while a list is streamed is not in the list', () => {
  const known = createKnown();
  known.beginList();
  known.listed(object('a', '1', '5'));
  known.listed(object('b', '2', '6'));
  known.unlisted(object('a', '1', '7'));
  expect(known.endList()).toEqual([{ kind: 'added', object: object('b', '2', '6') }]);
});

test('a list tells only what differs from what is known', () => {
  const known = createKnown();
  known.beginList();
  for (const each of [object('a', '1', '5'), object('b', '2', '6'), object('c', '3', '7')])
    known.listed(each);
  known.endList();
  known.beginList();
  for (const each of [object('a', '1', '5'), object('b', '2', '8'), object('c', '4', '9')])
    known.listed(each);
  expect(known.endList()).toEqual([
    { kind: 'changed', object: object('b', '2', '8') },
    { kind: 'removed', key: 'n/c', uid: '3' },
    { kind: 'added', object: object('c', '4', '9') },
  ]);
});

test('a list that was begun again forgets what the first one had', () => {
  const known = createKnown();
  known.beginList();
  known.listed(object('a', '1', '5'));
  known.beginList();
  expect(known.endList()).toEqual([]);
});

test.each([
  ['a change of what nobody has heard of', 'MODIFIED', object('x', '1', '9')],
  ['the end of what nobody has heard of', 'DELETED', object('x', '1', '9')],
  ['the beginning of what is there', 'ADDED', object('a', '1', '9')],
  ['a change of another object of the same name', 'MODIFIED', object('a', '2', '9')],
  ['the end of another object of the same name', 'DELETED', object('a', '2', '9')],
] as const)('%s shows a gap', (_, type, seen) => {
  const known = createKnown();
  known.observed('ADDED', object('a', '1', '5'), false);
  expect(known.observed(type, seen, false).gap).toBe(true);
});

test('a line that came twice is told once and shows no gap', () => {
  const known = createKnown();
  const added = object('a', '1', '5');
  expect(known.observed('ADDED', added, false)).toEqual({
    changes: [{ kind: 'added', object: added }],
    gap: false,
  });
  expect(known.observed('ADDED', added, true)).toEqual({ changes: [], gap: false });
  known.observed('DELETED', object('a', '1', '6'), false);
  expect(known.observed('DELETED', object('a', '1', '6'), true)).toEqual({ changes: [], gap: false });
});
