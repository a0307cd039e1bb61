import { sha256Start } from './hash.ts';

/** Longest name that Kubernetes accepts for a label value, a Service and a DNS label (RFC 1123). */
export const MAX_NAME_LENGTH = 63;

/** How many hex digits of the SHA-256 of the uncut name end a cut name. */
export const HASH_LENGTH = 8;

/**
 * Gives a name of at most {@link MAX_NAME_LENGTH} characters.
 *
 * A name that fits comes back unchanged. A longer one is cut and ends in `-` and the first eight hex digits of
 * the SHA-256 of the whole name, so that two long names that begin alike stay different and equal names stay
 * equal. Dashes and dots at the cut are dropped, because no name may end in them before the suffix.
 *
 * @param name ASCII text; names of this project never hold anything else.
 */
export function boundedName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return name;
  const head = name.slice(0, MAX_NAME_LENGTH - HASH_LENGTH - 1).replace(/[-.]+$/, '');
  return `${head}-${shortHash(name)}`;
}

/** First {@link HASH_LENGTH} hex digits of the SHA-256 of a text's UTF-8 bytes. */
export function shortHash(text: string): string {
  return sha256Start(text, HASH_LENGTH / 2);
}
