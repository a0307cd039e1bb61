/** What marks our routes unless the values say otherwise. */
export const DEFAULT_ROUTE_PROTOCOL = 157;

/** Between which numbers the protocol of our routes lies: those below are the kernel's own and those of old programs. */
export const ROUTE_PROTOCOL_BOUNDS = [20, 252] as const;

/** Numbers between them that other programs have (rtnetlink.h): Babel, Open/R, BGP, IS-IS, OSPF, RIP, EIGRP. */
export const TAKEN_ROUTE_PROTOCOLS: readonly number[] = [42, 99, 186, 187, 188, 189, 192];

/**
 * What marks the guards of routes with this protocol: the next number that no other program has, and after the last one the
 * first, so that installations with other protocols have other guards.
 */
export function guardProtocolOf(protocol: number): number {
  const [first, last] = ROUTE_PROTOCOL_BOUNDS;
  const next = protocol >= last ? first : protocol + 1;
  return TAKEN_ROUTE_PROTOCOLS.includes(next) ? guardProtocolOf(next) : next;
}
