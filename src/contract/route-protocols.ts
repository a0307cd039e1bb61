/** What marks our routes unless the values say otherwise. */
export const DEFAULT_ROUTE_PROTOCOL = 157;

/** Between which numbers the protocol of our routes lies: those below are the kernel's own and those of old programs. */
export const ROUTE_PROTOCOL_BOUNDS = [20, 252] as const;

/** Numbers between them that other programs have (rtnetlink.h): Babel, Open/R, BGP, IS-IS, OSPF, RIP, EIGRP. */
export const TAKEN_ROUTE_PROTOCOLS = [42, 99, 186, 187, 188, 189, 192] as const;
