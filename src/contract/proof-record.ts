import { withoutWildcard } from '../text/hostnames.ts';

/** The name of the TXT record that proves a claim on a hostname; that of a wildcard stands at its parent domain. */
export function proofRecord(hostname: string): string {
  return `_kubebyon.${withoutWildcard(hostname)}`;
}
