import { type Finding, finding } from '../findings.ts';
import { type Clock, DAY, formatTime, parseTime } from '../world/clock.ts';
import { compareText, entryOf } from '../world/json.ts';
import type { SharedMemory } from '../world/memory.ts';
import { referenceOf } from '../world/objects.ts';
import type { CertificateShard } from './certificate-shards.ts';
import { issuanceFailure } from './certificates.ts';

/** A name that made an order fail is left out this long. */
const QUARANTINE = DAY;

export interface Quarantine {
  readonly quarantine: SharedMemory['quarantine'];
  readonly excluded: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/**
 * An order fails as a whole when one of its names cannot be validated. The names that the failure mentions, or else
 * all that the Secret does not hold yet, are left out for a day; then one comes back at a time.
 */
export function quarantineAfterFailure(
  shards: readonly CertificateShard[],
  wanted: ReadonlySet<string>,
  memory: SharedMemory['quarantine'],
  clock: Clock,
): Quarantine {
  const quarantine: Record<string, { until: string; failures: number }> = {};
  for (const [name, entry] of Object.entries(memory)) if (wanted.has(name)) quarantine[name] = entry;
  const findings: Finding[] = [];
  for (const { certificate, spec, served, name } of shards) {
    const failure = certificate === undefined ? undefined : issuanceFailure(certificate);
    if (certificate === undefined || failure === undefined) continue;
    findings.push(
      finding('CertificateFailed', null, `Certificate ${name}: ${failure}`, {
        object: referenceOf(certificate),
      }),
    );
    const has = new Set(served);
    const unserved = spec.filter((san) => !has.has(san));
    const named = unserved.filter((san) => mentions(failure, san));
    const suspects = named.length > 0 ? named : unserved.length < spec.length ? unserved : [];
    for (const san of suspects) {
      const failures = (entryOf(quarantine, san)?.failures ?? 0) + 1;
      quarantine[san] = { until: formatTime(clock.now + QUARANTINE), failures };
    }
  }
  const out = Object.keys(quarantine)
    .sort(compareText)
    .filter((name) => {
      const until = parseTime(entryOf(quarantine, name)?.until) ?? 0;
      return !clock.reached(until);
    });
  const due = Object.keys(quarantine)
    .filter((name) => !out.includes(name))
    .sort(compareText);
  const placed = new Set(shards.flatMap(({ spec }) => spec));
  const [next] = due.filter((name) => !placed.has(name));
  const excluded = new Set([...out, ...due.filter((name) => name !== next && !placed.has(name))]);
  for (const name of excluded) {
    findings.push(
      finding(
        'CertificateNameQuarantined',
        null,
        `${name} is left out until ${entryOf(quarantine, name)?.until ?? ''}`,
        { hostname: name },
      ),
    );
  }
  return { quarantine, excluded, findings };
}

/** Whether a message names a hostname as a whole word. */
function mentions(message: string, hostname: string): boolean {
  return message.split(/[^a-z0-9.*-]+/i).some((word) => word.replace(/\.+$/, '').toLowerCase() === hostname);
}
