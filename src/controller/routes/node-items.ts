import { at, isRecord, listOf, textOf } from '../../planner/world/json.ts';
import type { KubeObject, Probe } from '../../planner/world/world.ts';

/** What one Node's agent reports in a RoutePlan. */
export interface NodeItem {
  readonly nodeName: string;
  readonly item: Readonly<Record<string, unknown>>;
}

/** The items of a RoutePlan's status that name a Node. */
export function nodeItems({ status }: Pick<KubeObject, 'status'>): readonly NodeItem[] {
  return listOf(at(status, 'nodes')).flatMap((item) => {
    const nodeName = isRecord(item) ? textOf(item.nodeName) : undefined;
    return nodeName === undefined || !isRecord(item) ? [] : [{ nodeName, item }];
  });
}

/** A probe of an agent without its time: that is when the report was last known to hold. */
export type ReportedProbe = Omit<Probe, 'at'>;

/** What an agent's probes have met. */
export function reportedProbes({ nodeName, item }: NodeItem): readonly ReportedProbe[] {
  return listOf(item.probes).flatMap((probe): readonly ReportedProbe[] => {
    if (!isRecord(probe)) return [];
    const { address, port, ok, refused } = probe;
    if (typeof address !== 'string' || typeof port !== 'number' || typeof ok !== 'boolean') return [];
    const failed = refused === true ? 'refused' : 'timeout';
    return [{ vantage: nodeName, address, port, result: ok ? 'ok' : failed }];
  });
}
