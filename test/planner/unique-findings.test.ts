import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniqueFindings, uniqueOfGroups } from '../../src/planner/engine/unique.ts';
import { type Finding, finding } from '../../src/planner/findings.ts';

const IDS = ['a', 'b', 'c', 'd'] as const;

/** Few words, so that the same is said again and again. */
const findingAbout = (cluster: fc.Arbitrary<string | null>): fc.Arbitrary<Finding> =>
  fc
    .tuple(cluster, fc.constantFrom('one', 'two'), fc.constantFrom(undefined, 'x.test', 'y.test'))
    .map(([id, message, hostname]) =>
      finding('HostIncomplete', id, message, hostname === undefined ? {} : { hostname }),
    );

const anything = fc.array(findingAbout(fc.constantFrom(null, ...IDS)), { maxLength: 4 });

/** What the plans of two clusters found: mostly about themselves, sometimes about anything. */
const group = (ids: readonly string[]) =>
  fc
    .tuple(fc.array(findingAbout(fc.constantFrom(...ids)), { maxLength: 6 }), fc.option(anything))
    .map(([own, others]) => {
      const findings = uniqueFindings([...own, ...(others ?? [])]);
      return { ids, findings, speaksOfOthers: others !== null };
    });

test('each finding stands once and where it stood first, whichever groups it comes from', () => {
  fc.assert(
    fc.property(anything, group(['a', 'b']), group(['c', 'd']), anything, (before, one, two, after) => {
      expect(uniqueOfGroups(before, [one, two], after)).toEqual(
        uniqueFindings([...before, ...one.findings, ...two.findings, ...after]),
      );
    }),
    { numRuns: 500 },
  );
});
