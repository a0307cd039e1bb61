import { expect, test } from 'vitest';
import { at, get, listOf } from '../../src/planner/world/json.ts';
import { readWorld, worldCases } from '../support/world-cases.ts';

/**
 * What the definitions of Gateway and ListenerSet demand of listeners (Gateway API, rules of spec.listeners). A story
 * that breaks it tells of what no API server ever shows.
 */
function problemsOf(listeners: readonly unknown[]): readonly string[] {
  const text = (one: unknown, field: string): string => String(get(one, field) ?? '');
  const places = listeners.map((one) =>
    ['port', 'protocol', 'hostname'].map((each) => text(one, each)).join(' '),
  );
  const names = listeners.map((one) => text(one, 'name'));
  const needsTls = (one: unknown): boolean => ['HTTPS', 'TLS'].includes(text(one, 'protocol'));
  return [
    ...(listeners.length === 0 ? ['at least one listener'] : []),
    ...(new Set(places).size < places.length
      ? ['combination of port, protocol and hostname must be unique']
      : []),
    ...(new Set(names).size < names.length ? ['names must be unique'] : []),
    ...listeners
      .filter((one) => needsTls(one) !== (get(one, 'tls') !== undefined))
      .map((one) => `tls of ${text(one, 'name')}`),
    ...listeners
      .filter((one) => ['TCP', 'UDP'].includes(text(one, 'protocol')) && text(one, 'hostname') !== '')
      .map((one) => `hostname of ${text(one, 'name')}`),
  ];
}

test.each(worldCases())('an API server takes the listeners of %s', (story) => {
  const parents = readWorld(story).world.host.objects.filter(({ kind }) =>
    ['Gateway', 'ListenerSet'].includes(kind),
  );
  for (const parent of parents)
    expect(problemsOf(listOf(at(parent, 'spec', 'listeners'))), parent.metadata.name).toEqual([]);
});
