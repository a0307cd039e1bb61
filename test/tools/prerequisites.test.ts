import { expect, test } from 'vitest';

import { tools } from '../../tools/catalog.ts';
import { compareReleases, type Machine, missingPrerequisites } from '../../tools/lib/prerequisites.ts';

const complete: Machine = { go: '1.99.0', python: true, apt: true, root: true };
const helm = tools['helm-4.3'].recipe;
const envoy = tools.envoy.recipe;
const haproxy = tools.haproxy.recipe;
const shellcheck = tools.shellcheck.recipe;
const resources = tools['gateway-api-1.6.3-standard'].recipe;

test('nothing is missing on a complete machine', () => {
  expect(missingPrerequisites([helm, envoy, haproxy, resources], complete)).toEqual([]);
});

test('a missing Go is one line that says which Go to install', () => {
  const lines = missingPrerequisites([helm, resources], { ...complete, go: undefined });
  expect(lines).toEqual([
    expect.stringMatching(/^Go is missing: install Go 1\.\d+\.\d+ or newer, put `go` on PATH/),
  ]);
});

test('resources alone need some Go, whichever it is', () => {
  expect(missingPrerequisites([resources], { ...complete, go: '1.20' })).toEqual([]);
  expect(missingPrerequisites([resources], { ...complete, go: undefined })).toHaveLength(1);
});

test('an old Go is named together with the one that is needed', () => {
  const lines = missingPrerequisites([helm], { ...complete, go: '1.21.13' });
  expect(lines).toEqual([expect.stringMatching(/^Go 1\.21\.13 is too old: install Go 1\.\d+\.\d+ or newer/)]);
});

test('Go and Python are asked for only by what needs them', () => {
  expect(missingPrerequisites([haproxy], { ...complete, go: undefined, python: false })).toEqual([]);
  expect(missingPrerequisites([envoy], { ...complete, python: false })).toHaveLength(1);
});

test('an ordinary user is told the command that installs all missing packages', () => {
  const lines = missingPrerequisites([haproxy, shellcheck], { ...complete, root: false });
  expect(lines).toEqual([expect.stringContaining('`sudo apt-get install haproxy shellcheck`')]);
  const elsewhere = missingPrerequisites([haproxy], { ...complete, apt: false });
  expect(elsewhere).toEqual([expect.stringMatching(/^Missing: haproxy; install with the package manager/)]);
});

test('releases are compared as numbers', () => {
  expect(['1.9', '1.10.1', '1.10', '2.0'].sort(compareReleases)).toEqual(['1.9', '1.10', '1.10.1', '2.0']);
});
