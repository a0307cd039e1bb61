import type { PlanReport } from '../types.ts';

/** What came of an attempt to reach an address. */
export interface ProbeReport {
  readonly address: string;
  readonly port: number;
  readonly result: 'ok' | 'refused' | 'timeout';
}

const MAX_ISSUES = 4;
const MAX_PROBES = 3;
const MAX_MESSAGE = 128;

/** Of what the definition takes: a text that it refuses would cost the whole report. */
const DESTINATION = /^[0-9a-fA-F:.]{1,39}\/[0-9]{1,3}$/;

/** The item of a Node in the status of a RoutePlan, as the definition has it (`src/chart/parts/route-plan-schema.ts`). */
export function nodeItem(
  nodeName: string,
  { plan, applied, effective, failed, foreign, issues }: PlanReport,
  { isStale, probes }: { readonly isStale: boolean; readonly probes: readonly ProbeReport[] },
): Readonly<Record<string, unknown>> {
  const told = issues.filter(({ destination }) => DESTINATION.test(destination)).slice(0, MAX_ISSUES);
  return {
    nodeName,
    ...(plan.generation === undefined ? {} : { observedGeneration: plan.generation }),
    applied,
    effective: effective.length,
    failed,
    foreign,
    ...(isStale ? { stale: true } : {}),
    ...(probes.length === 0 ? {} : { probes: probes.slice(0, MAX_PROBES).map(probeItem) }),
    ...(told.length === 0
      ? {}
      : {
          issues: told.map(({ destination, reason, message }) => ({
            destination,
            reason,
            message: message.slice(0, MAX_MESSAGE),
          })),
        }),
  };
}

function probeItem({ address, port, result }: ProbeReport): Readonly<Record<string, unknown>> {
  return { address, port, ok: result === 'ok', ...(result === 'refused' ? { refused: true } : {}) };
}
