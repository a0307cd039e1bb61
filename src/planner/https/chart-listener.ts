import { type Finding, finding } from '../findings.ts';
import { listenersOf, referenceOf } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';
import { describeCollision, type ForeignListener, inTheWayOf, listenerPlace } from './foreign-listeners.ts';
import { listenerHealth } from './listener-health.ts';
import { identityOf, type PlacedListener } from './listeners-observed.ts';

/** A listener that the chart renders, and those of others beside it. */
export interface ChartListener {
  /** No more of the Gateway than who it is. */
  readonly gateway: KubeObject;
  readonly name: string;
  /** Undefined: the Gateway has none of this name. */
  readonly placed?: PlacedListener;
  readonly foreign: readonly ForeignListener[];
}

/** The chart's only listener of a Gateway: everything else there is of others. */
export function onlyListener(gateway: KubeObject, name: string): ChartListener {
  const parent = identityOf(gateway);
  const entries = listenersOf(gateway);
  const entry = entries.find((one) => one.name === name);
  return {
    gateway: parent,
    name,
    foreign: entries.filter((one) => one !== entry).map(listenerPlace),
    ...(entry === undefined ? {} : { placed: { parent, entry, health: listenerHealth(gateway, name) } }),
  };
}

/**
 * What keeps a listener of the chart from answering, worst first: it is not there, a listener of others stands at its
 * place, or its controller says so.
 */
export function chartListenerFindings({ gateway, name, placed, foreign }: ChartListener): readonly Finding[] {
  const object = referenceOf(gateway);
  if (placed === undefined)
    return [finding('ListenerMissing', null, `there is no listener ${name}`, { object })];
  const ours = listenerPlace(placed.entry);
  const other = inTheWayOf(ours, foreign);
  const { health } = placed;
  return [
    ...(other === undefined
      ? []
      : [finding('ListenerNameTaken', null, describeCollision(other, ours), { object })]),
    ...(health.state === 'down'
      ? [finding('ListenerNotProgrammed', null, `listener ${name}: ${health.reason}`, { object })]
      : []),
  ];
}
