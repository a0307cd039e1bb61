/** What the definition of EdgeCluster and whoever writes its status must agree on. */

/** Hostnames that may be bound to one cluster. */
export const MOST_BOUND_HOSTNAMES = 64;

/** Characters of the message of a condition. */
export const LONGEST_MESSAGE = 1024;
