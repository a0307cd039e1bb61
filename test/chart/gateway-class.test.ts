import { describe, expect, test } from 'vitest';
import { type ChartName, render, valuesFrom } from '../../src/index.ts';
import { USUAL_RELEASE } from '../support/cases.ts';
import { dig } from '../support/rules/dig.ts';

const CHARTS: readonly ChartName[] = ['single-node', 'multi-node'];
const MODES = ['single', 'dual'] as const;
const DEFAULTS = ['eg', 'nginx'] as const;
const FLAGS = [false, true] as const;

interface Row {
  readonly mode: (typeof MODES)[number];
  readonly fallback: string;
  readonly shared: string;
  readonly edge: string;
  readonly workload: string;
  readonly platformOverride: string;
  readonly workloadOverride: string;
}

/** 2 modes x 8 patterns of profiles x 4 patterns of overrides x 2 defaults. */
const TABLE: readonly Row[] = MODES.flatMap((mode) =>
  DEFAULTS.flatMap((fallback) =>
    FLAGS.flatMap((shared) =>
      FLAGS.flatMap((edge) =>
        FLAGS.flatMap((workload) =>
          FLAGS.flatMap((platformOverride) =>
            FLAGS.map((workloadOverride) => ({
              mode,
              fallback,
              shared: shared ? 'profile-shared' : '',
              edge: edge ? 'profile-edge' : '',
              workload: workload ? 'profile-workload' : '',
              platformOverride: platformOverride ? 'override-platform' : '',
              workloadOverride: workloadOverride ? 'override-workload' : '',
            })),
          ),
        ),
      ),
    ),
  ),
);

/**
 * The classes by the words of runbook section 4.4.3: "single maps control plane, platform and workload to shared;
 * dual maps control plane and platform to edge, workload to workload"; "an explicit override comes first; without
 * one, addressMode selects the profile; when the selected profile is empty, gatewayAPI.gatewayClassName". No override
 * of the control plane exists.
 */
function classesByTheRunbook(row: Row) {
  const profiles =
    row.mode === 'single'
      ? { controlPlane: row.shared, platform: row.shared, workload: row.shared }
      : { controlPlane: row.edge, platform: row.edge, workload: row.workload };
  const withFallback = (profile: string) => (profile === '' ? row.fallback : profile);
  return {
    controlPlane: withFallback(profiles.controlPlane),
    platform: row.platformOverride === '' ? withFallback(profiles.platform) : row.platformOverride,
    workload: row.workloadOverride === '' ? withFallback(profiles.workload) : row.workloadOverride,
  };
}

function renderedClasses(chart: ChartName, row: Row) {
  const { mode, fallback, shared, edge, workload, platformOverride, workloadOverride } = row;
  const values = valuesFrom(chart, {
    publicAccess: { provider: 'gatewayapi' },
    gatewayAPI: {
      addressMode: mode,
      gatewayClassName: fallback,
      gatewayClassProfiles: { shared, edge, workload },
      platform: {
        enabled: true,
        gatewayClassName: platformOverride,
        hostname: 'kubebyon.example.com',
        tlsSecretName: 'kubebyon-platform-tls',
      },
      workload: { enabled: true, gatewayClassName: workloadOverride },
    },
  });
  const { manifests } = render(values, USUAL_RELEASE);
  const classOf = (component: string) =>
    manifests
      .map(({ manifest }) => manifest)
      .filter(({ kind }) => kind === 'Gateway')
      .filter((gateway) => dig(gateway, 'metadata', 'labels', 'app.kubernetes.io/component') === component)
      .map((gateway) => dig(gateway, 'spec', 'gatewayClassName'))
      .join(' and ');
  return {
    controlPlane: classOf('control-plane-gateway'),
    platform: classOf('platform-gateway'),
    workload: classOf('workload-gateway'),
  };
}

describe.each(CHARTS)('the GatewayClass of each entry of %s', (chart) => {
  test('is that of the runbook for all 128 combinations', () => {
    expect(new Set(TABLE.map((row) => JSON.stringify(row))).size).toBe(128);
    for (const row of TABLE) {
      expect({ row, ...renderedClasses(chart, row) }).toEqual({ row, ...classesByTheRunbook(row) });
    }
  });

  test('addressMode is dual when nothing is said', () => {
    const values = valuesFrom(chart, {
      publicAccess: { provider: 'gatewayapi' },
      gatewayAPI: { gatewayClassProfiles: { shared: 'one', edge: 'two' } },
    });
    const gateways = render(values, USUAL_RELEASE).manifests.filter(
      ({ manifest }) => manifest.kind === 'Gateway',
    );
    expect(gateways.map(({ manifest }) => dig(manifest, 'spec', 'gatewayClassName'))).toEqual(['two']);
  });

  test('the Gateways stay three whatever the address mode', () => {
    for (const mode of MODES) {
      const row = TABLE.find((candidate) => candidate.mode === mode);
      if (row === undefined) throw new Error(`no row of ${mode}`);
      expect(Object.values(renderedClasses(chart, row))).not.toContain('');
    }
  });
});

describe('the table of the runbook itself', () => {
  const row: Row = {
    mode: 'single',
    fallback: 'eg',
    shared: '',
    edge: '',
    workload: '',
    platformOverride: '',
    workloadOverride: '',
  };

  test.each([
    ['section 4.4.1', { ...row, shared: 'eg-shared' }, ['eg-shared', 'eg-shared', 'eg-shared']],
    ['section 4.4.1, shared empty', row, ['eg', 'eg', 'eg']],
    [
      'section 4.4.2',
      { ...row, mode: 'dual', edge: 'eg-public', workload: 'eg-workload' },
      ['eg-public', 'eg-public', 'eg-workload'],
    ],
    [
      'section 4.4.2, workload empty',
      { ...row, mode: 'dual', edge: 'eg-public' },
      ['eg-public', 'eg-public', 'eg'],
    ],
    ['overrides', { ...row, shared: 's', platformOverride: 'p', workloadOverride: 'w' }, ['s', 'p', 'w']],
  ] as const)('gives what %s says', (_title, example, [controlPlane, platform, workload]) => {
    expect(classesByTheRunbook(example)).toEqual({ controlPlane, platform, workload });
  });
});
