/** How the event loop of this process was held up. All in milliseconds. */
export interface Stalls {
  /** By the clock: what other programs took is in it. */
  readonly p99: number;
  readonly longest: number;
  /** Of processor time of this thread between two looks: an upper bound that other programs do not raise. */
  readonly processorP99: number;
  readonly processorLongest: number;
  readonly looks: number;
}

const EVERY_MS = 5;

/** Looks at the event loop every few milliseconds: how late the look is, and how much this thread has computed since the last. */
export function watchStalls(): { begin(): void; end(): Stalls } {
  let late: number[] = [];
  let computed: number[] = [];
  let at = performance.now();
  let spent = threadTime();
  const timer = setInterval(() => {
    const [now, used] = [performance.now(), threadTime()];
    late.push(Math.max(0, now - at - EVERY_MS));
    computed.push(used - spent);
    [at, spent] = [now, used];
  }, EVERY_MS);
  timer.unref();
  return {
    begin: () => {
      [late, computed] = [[], []];
    },
    end: () => {
      // Looking costs more than an idle process does.
      clearInterval(timer);
      return {
        p99: quantile(late, 0.99),
        longest: quantile(late, 1),
        processorP99: quantile(computed, 0.99),
        processorLongest: quantile(computed, 1),
        looks: late.length,
      };
    },
  };
}

/** The most memory that this process has held, in bytes. */
export function maxResident(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Milliseconds of processor time of the whole process. */
export function processTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
