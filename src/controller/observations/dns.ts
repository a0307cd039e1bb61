import type { Clock, Random } from '../../kube/index.ts';
import type { DnsAnswer } from '../../planner/world/index.ts';
import { createPool } from '../../process/pool.ts';
import { tellAnswers } from './answers.ts';
import { askDns } from './ask-dns.ts';
import type { DnsClient } from './dns-client.ts';
import { createSchedule, spreadInterval } from './schedule.ts';
import type { WantedName } from './wanted.ts';

export interface DnsOptions {
  /** Each is asked about every name; two that do not depend on each other make a quorum. */
  readonly clients: readonly DnsClient[];
  readonly clock: Clock;
  readonly random: Random;
  /** The answers of all servers about a name; null: nobody asks for it any more. */
  readonly onAnswers: (hostname: string, answers: readonly DnsAnswer[] | null) => void;
  readonly onFault: (error: unknown) => void;
}

/** Keeps the answers of DNS about names fresh. */
export interface DnsWatch {
  /**
   * A name is wanted from now on; a new one is asked at once.
   *
   * @param hostname normalised.
   * @param wanted when it is to be asked again; without a time every five minutes, a name of the platform that answers the same
   *   again and again up to every hour, and one without an address after a minute, then less and less often.
   */
  want(hostname: string, wanted: WantedName): void;
  /** A name is not wanted any more. */
  forget(hostname: string): void;
  /** Names that were never answered yet. */
  unanswered(): number;
  stop(): Promise<void>;
}

const MAX_RUNNING = 32;
const EVERY_MS = 5 * 60_000;
const SELDOM_MS = 60 * 60_000;
/** Whoever makes a cluster sets its records in these minutes, and waits to see that they are right. */
const SOON_MS = 60_000;
const OFTEN: WantedName = { at: undefined, isPlatforms: false };

/** An interval is up to so much shorter or longer, so that names that came together are not asked together for ever. */
const SPREAD = 0.2;

export function watchDns(options: DnsOptions): DnsWatch {
  const { clients, clock, random, onAnswers, onFault } = options;
  const wanted = new Map<string, WantedName>();
  const answered = new Set<string>();
  let isStopped = false;
  const answers = tellAnswers(clock, onAnswers);
  const pool = createPool(MAX_RUNNING, onFault);
  const schedule = createSchedule(clock, (hostname) => {
    pool.add(hostname, () => check(hostname));
  });

  const check = async (hostname: string): Promise<void> => {
    if (!wanted.has(hostname)) return;
    const said = await Promise.all(clients.map((client) => askDns(client, hostname, { clock, random })));
    if (isStopped || !wanted.has(hostname)) return;
    answered.add(hostname);
    // Before the answers are told: who hears them may say another time.
    schedule.set(hostname, clock.now() + spreadInterval(EVERY_MS, SPREAD, random));
    const times = answers.answered(hostname, said);
    const { at, isPlatforms } = wanted.get(hostname) ?? OFTEN;
    if (at === undefined) {
      const pause = pauseAfter(said.some(hasAddress), times, isPlatforms);
      schedule.set(hostname, clock.now() + spreadInterval(pause, SPREAD, random));
    }
  };
  const forget = (hostname: string): void => {
    wanted.delete(hostname);
    schedule.delete(hostname);
    answers.forget(hostname);
    if (answered.delete(hostname)) onAnswers(hostname, null);
  };

  return {
    want: (hostname, next) => {
      const { at } = next;
      const isNew = !wanted.has(hostname);
      const isChanged = wanted.get(hostname)?.at !== at;
      wanted.set(hostname, next);
      if (isNew) schedule.set(hostname, clock.now());
      else if (isChanged && at !== undefined && answered.has(hostname)) {
        schedule.set(hostname, ownTime(at, clock));
      }
    },
    forget,
    unanswered: () => wanted.size - answered.size,
    stop: async () => {
      isStopped = true;
      schedule.stop();
      answers.stop();
      for (const client of clients) client.cancel();
      await pool.stop();
    },
  };
}

/** @param times how often in a row the answers were the same before. */
function pauseAfter(isThere: boolean, times: number, isPlatforms: boolean): number {
  const first = isThere ? EVERY_MS : SOON_MS;
  const longest = isPlatforms ? SELDOM_MS : EVERY_MS;
  return Math.min(first * 2 ** Math.min(times, 16), longest);
}

function hasAddress({ a, aaaa }: DnsAnswer): boolean {
  return (a?.length ?? 0) + (aaaa?.length ?? 0) > 0;
}

/** A time of day as the clock counts. */
function ownTime(at: string, clock: Clock): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? clock.now() + EVERY_MS : clock.now() + time - clock.wallTime();
}
