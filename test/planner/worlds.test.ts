import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostnamesOf } from '../../src/planner/world/objects.ts';
import { expectationOf, goldenPath, planAsText, planCase, worldCases } from '../support/world-cases.ts';

const cases = worldCases();

test('there are at least 60 stories, and every golden belongs to one', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(readdirSync(dirname(goldenPath('x'))).sort()).toEqual(cases.map((name) => `${name}.yaml`).sort());
});

describe.each(cases)('%s', (name) => {
  test('does what its story says, and equals its golden', () => {
    const result = planCase(name);
    const { actions, findings, status } = result;
    const ids = actions.map(({ id }) => id);
    const text = planAsText(result);
    const wanted = expectationOf(name);
    for (const pattern of wanted.actions ?? [])
      expect(ids, pattern).toContainEqual(expect.stringMatching(new RegExp(pattern)));
    for (const pattern of wanted.noActions ?? []) {
      expect(
        ids.filter((id) => new RegExp(pattern).test(id)),
        `no action like ${pattern}`,
      ).toEqual([]);
    }
    for (const code of wanted.findings ?? []) expect(findings.map((one) => one.code)).toContain(code);
    for (const code of wanted.noFindings ?? []) expect(findings.map((one) => one.code)).not.toContain(code);
    for (const [hostname, cluster] of Object.entries(wanted.routes ?? {})) {
      const written = actions.filter(
        ({ verb, object }) =>
          verb === 'apply' && object.kind === 'HTTPRoute' && hostnamesOf(object).includes(hostname),
      );
      expect(new Set(written.map((one) => one.cluster)), hostname).toEqual(
        new Set(cluster === null ? [] : [cluster]),
      );
    }
    for (const part of wanted.text ?? []) expect(text).toContain(part);
    for (const part of wanted.noText ?? []) expect(text).not.toContain(part);
    if (wanted.onlyKinds !== undefined)
      expect(new Set(actions.map(({ object }) => object.kind))).toEqual(new Set(wanted.onlyKinds));
    if (wanted.status?.mode !== undefined) expect(status.clusters[0]?.backend?.mode).toBe(wanted.status.mode);
    expect(text).toBe(readFileSync(goldenPath(name), 'utf8'));
  });
});
