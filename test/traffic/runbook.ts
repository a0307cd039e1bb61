import { describe, expect, test } from 'vitest';
import { applyAs } from '../../tools/lab/access.ts';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { testCertificate } from '../support/certificates.ts';
import { SYSTEM } from '../support/worlds.ts';
import { type Behaviour, ENVOY_GATEWAY_BEHAVIOUR, seenWith } from './behaviour.ts';
import { servedAs } from './expected.ts';
import { expectPreflight, expectVerified } from './looking.ts';
import { MODES, OPERATOR_SECRET } from './modes.ts';
import { classOf } from './parts.ts';
import type { Stage } from './stage.ts';

/** Every mode of the runbook, one after the other in one release; it ends in the first one. Whoever looks sees nothing wrong. */
export function describeRunbook(stage: () => Stage, behaviour: Behaviour = ENVOY_GATEWAY_BEHAVIOUR): void {
  describe('what is served, mode after mode by helm upgrade', () => {
    const [first, ...others] = MODES;
    for (const mode of [first, ...others, first]) {
      if (mode === undefined) continue;
      test(mode.says, async () => {
        const { lab, clusters, become, entries } = stage();
        if (mode.says.includes("operator's Secret")) await writeOperatorSecret(lab.host);
        await expectPreflight(lab, { chart: 'multi-node', values: merge(EVERYTHING, mode.values) });
        await become(mode.values);
        const addresses = await entries();
        await servedAs(async () => seenWith(behaviour, mode.expected(addresses, clusters), addresses));
        for (const [entry, name] of Object.entries(mode.classes ?? {}))
          expect(await classOf(lab, entry), entry).toBe(name);
        if (behaviour === ENVOY_GATEWAY_BEHAVIOUR) await expectVerified(lab, addresses, clusters);
      });
    }
  });
}

async function writeOperatorSecret(host: Stage['lab']['host']): Promise<void> {
  const { key, cert } = testCertificate(['*.edge.example.com']);
  await applyAs(host, 'operator', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: OPERATOR_SECRET, namespace: SYSTEM },
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': Buffer.from(cert).toString('base64'),
      'tls.key': Buffer.from(key).toString('base64'),
    },
  });
}
