import { parseTime } from '../../planner/world/clock.ts';
import { sanCovers } from '../../text/hostnames.ts';
import { listed } from '../../text/listed.ts';
import { spoken } from './duration.ts';

const DAY = 86_400_000;

/** A certificate that ends so soon is worth a look: cert-manager renews after two thirds of its life. */
const SOON = 14 * DAY;

/** What is wrong with when a certificate ends. */
export function expiryProblem(
  notAfter: string | undefined,
  now: number,
): { readonly verdict: 'failed' | 'warning'; readonly found: string } | undefined {
  const end = parseTime(notAfter);
  if (end === undefined) return undefined;
  if (end <= now)
    return { verdict: 'failed', found: `it ended ${spoken(now - end)} ago, on ${notAfter ?? ''}` };
  if (end - now < SOON)
    return { verdict: 'warning', found: `it ends in ${spoken(end - now)}, on ${notAfter ?? ''}` };
  return undefined;
}

/** Whether one of the names of a certificate covers a hostname. */
export function covers(dnsNames: readonly string[] | undefined, hostname: string): boolean {
  return (dnsNames ?? []).some((san) => sanCovers(san, hostname));
}

/** Its names, as a sentence goes on. */
export function namesText(dnsNames: readonly string[] = []): string {
  return dnsNames.length === 0 ? 'no DNS names' : listed(dnsNames);
}
