import { get, listOf, textOf } from '../../planner/world/json.ts';
import type { KubeObject } from '../../planner/world/world.ts';

/** The addresses in the status of a Gateway. */
export function addressesOf(gateway: Pick<KubeObject, 'status'>): readonly string[] {
  return listOf(get(gateway.status, 'addresses')).flatMap((address) => textOf(get(address, 'value')) ?? []);
}
