import { ELECTION_TIMES } from '../../../src/kube/index.ts';
import type { AuditedWrite } from '../support/audit.ts';

/** Who led, who leads now, and when something happened to the first, in milliseconds since 1970. */
export interface Takeover {
  readonly first: string;
  readonly second: string;
  readonly begun: number;
}

const TAKEOVER_MS = 17_000;

/** What the audit log of an API server says against a takeover. */
export function problemsOfTakeover(
  writes: readonly AuditedWrite[],
  { first, second, begun }: Takeover,
): readonly string[] {
  const ofFirst = writes.filter(({ user }) => user === first);
  const renewals = ofFirst.filter(isRenewal);
  const objects = ofFirst.filter(({ resource }) => resource !== 'leases');
  const taken = writes.find((write) => write.user === second && isRenewal(write))?.at;
  const deadline = Math.max(...renewals.map(({ at }) => at)) + ELECTION_TIMES.renewMs;
  const late = objects.filter(({ at }) => at > deadline);
  return [
    ...(objects.length === 0 || renewals.length === 0 ? ['the log does not show what the first wrote'] : []),
    ...late.map(({ resource, object }) => `the first wrote ${resource} ${object} after its deadline`),
    ...(taken === undefined ? ['the second never took the Lease'] : []),
    ...(taken !== undefined && taken <= deadline ? ['the second took the Lease before the deadline'] : []),
    ...(taken !== undefined && taken - begun >= TAKEOVER_MS ? ['the second took the Lease too late'] : []),
  ];
}

function isRenewal({ resource, code }: AuditedWrite): boolean {
  return resource === 'leases' && code < 300;
}

export const SOUND_TAKEOVER: Takeover = { first: 'first', second: 'second', begun: 1_000 };

const write = (user: string, at: number, resource: string): AuditedWrite => ({
  ...{ user, at, resource, code: 200 },
  ...{ verb: 'patch', object: `n/${resource}` },
});
const deadline = 500 + ELECTION_TIMES.renewMs;
const led = [write('first', 400, 'tlsroutes'), write('first', 500, 'leases')];
const taken = write('second', deadline + 1, 'leases');

/** Logs of takeovers that are not sound, each with what is wrong. */
export const BROKEN_TAKEOVERS: readonly (readonly [string, readonly AuditedWrite[], string])[] = [
  [
    'a write of the old leader after its deadline',
    [...led, write('first', deadline + 1, 'tlsroutes'), taken],
    'the first wrote tlsroutes n/tlsroutes after its deadline',
  ],
  [
    'a takeover before the deadline of the old leader',
    [...led, { ...taken, at: deadline }],
    'the second took the Lease before the deadline',
  ],
  [
    'a takeover later than 17 s',
    [...led, { ...taken, at: SOUND_TAKEOVER.begun + TAKEOVER_MS }],
    'the second took the Lease too late',
  ],
  ['no takeover at all', led, 'the second never took the Lease'],
  [
    'a renewal that was refused and is none',
    [...led, { ...taken, code: 409 }],
    'the second never took the Lease',
  ],
  [
    'a log without the writes of the old leader',
    [led[1] ?? taken, taken],
    'the log does not show what the first wrote',
  ],
];
