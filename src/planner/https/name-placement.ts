import { CERTIFICATE_ANNOTATIONS } from '../../contract/labels.ts';
import type { WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import { type Finding, finding } from '../findings.ts';
import { type Clock, MINUTE, parseTime } from '../world/clock.ts';
import { at, compareText, textOf } from '../world/json.ts';
import { annotation } from '../world/objects.ts';
import { type CertificateShard, MAX_NAMES, newCertificateShard } from './certificate-shards.ts';
import { type Spread, spreadNames } from './name-spread.ts';

/** Additions are collected this long after the last change. */
const WINDOW = 10 * MINUTE;

export interface Placement {
  readonly shard: CertificateShard;
  readonly names: readonly string[];
  /** Names came in, so that the window starts anew. */
  readonly grew: boolean;
}

export interface NamesToPlace {
  readonly shards: readonly CertificateShard[];
  readonly wanted: ReadonlySet<string>;
  /** Names that are left out for now. */
  readonly excluded: ReadonlySet<string>;
  readonly tls: WorkloadTlsConfig;
  /** Withdrawals are held back: names that nobody wants stay. */
  readonly keepAll: boolean;
  readonly clock: Clock;
}

/** Gives every wanted name a shard; takes out what has left only where an order is due anyway. */
export function placeNames(input: NamesToPlace): {
  readonly placement: readonly Placement[];
  readonly findings: readonly Finding[];
} {
  const { shards, wanted, excluded, tls, keepAll, clock } = input;
  const homes = homesOf(shards);
  const lives = (name: string, { number }: CertificateShard): boolean =>
    (keepAll || wanted.has(name)) && !excluded.has(name) && homes.home.get(name) === number;
  const { additions, lost } = spreadOf(input, homes.home, lives);
  const numbers = new Set([...shards.map(({ number }) => number), ...additions.keys()]);
  const placement = [...numbers]
    .sort((a, b) => a - b)
    .map((number): Placement => {
      const shard = shards.find((one) => one.number === number) ?? newCertificateShard(number, tls);
      const added = additions.get(number) ?? [];
      const renewing = renewalDue(shard, clock);
      const cleaning =
        added.length > 0 ||
        renewing ||
        homes.repeating.has(number) ||
        shard.spec.some((name) => excluded.has(name));
      const stay = cleaning ? shard.spec.filter((name) => lives(name, shard)) : shard.spec;
      // A shard whose names all left stays as it is until its Certificate goes.
      const names = [...(stay.length === 0 && added.length === 0 ? shard.spec : stay), ...added];
      return { shard, names: [...new Set(names)].sort(compareText), grew: added.length > 0 };
    });
  return { placement, findings: [...homes.findings, ...capacityFindings(lost)] };
}

interface Homes {
  /** The number of the first shard that has a name. */
  readonly home: ReadonlyMap<string, number>;
  /** Shards with a name of an earlier one. */
  readonly repeating: ReadonlySet<number>;
  readonly findings: readonly Finding[];
}

function homesOf(shards: readonly CertificateShard[]): Homes {
  const home = new Map<string, number>();
  const repeating = new Set<number>();
  const findings: Finding[] = [];
  for (const { number, spec, name } of shards) {
    for (const san of spec) {
      if (home.has(san)) {
        repeating.add(number);
        findings.push(finding('ShardOverlap', null, `${san} leaves ${name}`, { hostname: san }));
      } else home.set(san, number);
    }
  }
  return { home, repeating, findings };
}

const NOTHING_NEW: Spread = Object.freeze({ additions: new Map(), lost: [] });

function spreadOf(
  { shards, wanted, excluded, keepAll, clock }: NamesToPlace,
  home: Homes['home'],
  lives: (name: string, shard: CertificateShard) => boolean,
): Spread {
  // One that nobody wants any more holds nothing back: a wildcard that is given up, or the names that it replaces.
  const isOpen = windowOpen(
    shards.filter(({ spec }) => keepAll || spec.some((name) => wanted.has(name))),
    clock,
  );
  const names = [...wanted].filter((name) => !home.has(name) && !excluded.has(name)).sort(compareText);
  if (!isOpen || names.length === 0) return NOTHING_NEW;
  const room = new Map(
    shards.map((shard) => [shard.number, MAX_NAMES - shard.spec.filter((name) => lives(name, shard)).length]),
  );
  return spreadNames({ names, shards, room });
}

/** The first addition goes out at once, the next ones together 10 minutes later. */
function windowOpen(shards: readonly CertificateShard[], clock: Clock): boolean {
  const changes = shards
    .map(({ certificate }) =>
      certificate === undefined
        ? undefined
        : parseTime(annotation(certificate, CERTIFICATE_ANNOTATIONS.namesChangedAt)),
    )
    .filter((time) => time !== undefined);
  return changes.length === 0 || clock.reached(Math.max(...changes) + WINDOW);
}

function renewalDue({ certificate }: CertificateShard, clock: Clock): boolean {
  const renewal = parseTime(textOf(at(certificate?.status, 'renewalTime')));
  return renewal !== undefined && clock.reached(renewal);
}

function capacityFindings(lost: readonly string[]): readonly Finding[] {
  if (lost.length === 0) return [];
  const message = `${lost.length} names have no certificate (${lost.slice(0, 3).join(', ')})`;
  return [finding('SharedCertificateCapacity', null, message)];
}
