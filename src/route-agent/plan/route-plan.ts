import { at, get, isRecord, listOf, numberOf, textOf } from '../../text/json.ts';
import type { Host, RoutePlan } from '../types.ts';

/** A RoutePlan of the API server, or one that another process holds. */
interface PlanObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const DEFAULT_STALE_AFTER = 120;

/**
 * What an object says; whatever is no list, text or number of its place is left out. Undefined while the object is being
 * deleted.
 */
export function routePlanOf(object: PlanObject): RoutePlan | undefined {
  const { metadata, spec } = object;
  const { namespace = '', name, uid, deletionTimestamp, creationTimestamp, generation } = metadata;
  if (deletionTimestamp !== undefined) return undefined;
  const generationNumber = numberOf(generation);
  return {
    key: `${namespace}/${name}`,
    uid,
    createdAt: textOf(creationTimestamp) ?? '',
    ...(generationNumber === undefined ? {} : { generation: generationNumber }),
    podCIDRs: textsAt(spec, 'tenantPodCIDRs'),
    nodeCIDRs: textsAt(spec, 'tenantNodeCIDRs'),
    nodeSelector: selectorOf(get(spec, 'nodeSelector')),
    staleAfterSeconds: numberOf(get(spec, 'staleAfterSeconds')) ?? DEFAULT_STALE_AFTER,
    routes: listOf(get(spec, 'routes')).flatMap((route) => {
      const destination = textOf(get(route, 'destination'));
      const nextHop = textOf(get(route, 'nextHop'));
      return destination === undefined || nextHop === undefined ? [] : [{ destination, nextHop }];
    }),
    probes: listOf(get(spec, 'probes')).flatMap((probe) => {
      const address = textOf(get(probe, 'address'));
      const port = numberOf(get(probe, 'port'));
      return address === undefined || port === undefined ? [] : [{ address, port }];
    }),
  };
}

function textsAt(value: unknown, key: string): readonly string[] {
  return listOf(at(value, key)).filter((text) => typeof text === 'string');
}

/** A selector that cannot be read selects nothing: its value is no label of any Node. */
function selectorOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return { '': '' };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one) ?? '\u0000']));
}

/** Whether a plan is for a Node. */
export function selects({ nodeSelector }: RoutePlan, { labels }: Pick<Host, 'labels'>): boolean {
  return Object.entries(nodeSelector).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/** The oldest first: what was there before wins, in every process alike. */
export function compareAge(a: RoutePlan, b: RoutePlan): number {
  return compare(a.createdAt, b.createdAt) || compare(a.uid, b.uid);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
