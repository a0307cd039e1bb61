import type { Resource } from '../../src/kube/index.ts';
import type { ProxyFault } from '../../test/support/fault-proxy/faults.ts';
import type { FaultProxy, ProxiedRequest } from '../../test/support/fault-proxy/proxy.ts';
import type { Observer } from './observers.ts';
import { pause } from './running.ts';

export const CONFIG_MAPS: Resource = { group: '', version: 'v1', plural: 'configmaps' };

/** One client behind a proxy, in a namespace that holds the ConfigMap `first`. */
export interface Bench {
  readonly proxy: FaultProxy;
  readonly observer: Observer;
  put(name: string): Promise<unknown>;
  remove(name: string): Promise<void>;
  /** Whether it becomes true in time. */
  within(holds: () => boolean): Promise<boolean>;
}

/** A group of faults, and whether a client survives it. */
export interface FaultGroup {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<boolean>;
}

const isWatch = ({ path }: Pick<ProxiedRequest, 'path'>): boolean => path.includes('watch=true');
const FAILED: ProxyFault = { kind: 'answer', status: 500 };
const BUSY: ProxyFault = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } };

/** The faults of a watch; the first whole list and everything after it must be heard, each thing as what it is. */
export const GROUPS: readonly FaultGroup[] = [
  { name: 'the watch is answered with 500', run: afterFault(isWatch, FAILED) },
  { name: 'the watch is answered with 429', run: afterFault(isWatch, BUSY) },
  { name: 'the watch is reset', run: afterFault(isWatch, { kind: 'drop' }) },
  { name: 'an open watch is cut', run: afterCut },
  { name: 'a list fails once', run: afterFault(() => true, FAILED) },
  { name: 'a handler throws', run: afterThrow },
  { name: 'stop while it waits to connect again', run: afterStop },
  { name: 'deleted and made again in a gap', run: afterGap },
];

function afterFault(fits: (request: ProxiedRequest) => boolean, fault: ProxyFault): FaultGroup['run'] {
  return async (bench) => {
    bench.proxy.fail(fits, fault);
    bench.observer.start();
    await bench.within(() => bench.proxy.waiting() === 0);
    return hearsSecond(bench);
  };
}

async function afterCut(bench: Bench): Promise<boolean> {
  bench.observer.start();
  if (!(await hears(bench, 'added first'))) return false;
  // The list has been told; the watch behind it is open a moment later.
  await pause(1_000);
  bench.proxy.gate.reset();
  return hearsSecond(bench);
}

async function afterThrow(bench: Bench): Promise<boolean> {
  const { observer } = bench;
  let isFatal = false;
  const onFatal = (error: unknown): void => {
    isFatal ||= error instanceof Error && error.message === MISTAKE;
  };
  process.on('unhandledRejection', onFatal);
  observer.start();
  await hears(bench, 'added first');
  await pause(1_000);
  observer.onHeard = () => {
    throw new Error(MISTAKE);
  };
  await bench.put('second');
  await hears(bench, 'added second');
  observer.onHeard = () => undefined;
  await bench.put('third');
  const isHeard = await hears(bench, 'added third');
  process.off('unhandledRejection', onFatal);
  return isHeard && !isFatal;
}

const MISTAKE = 'a mistake of a handler';

/** Nothing is opened after it. */
async function afterStop({ proxy, observer, within }: Bench): Promise<boolean> {
  proxy.fail(isWatch, FAILED, 100);
  observer.start();
  await within(() => proxy.asked.some((path) => path.includes('watch=true')));
  await pause(200);
  await observer.stop();
  proxy.heal();
  const before = proxy.asked.length;
  await pause(6_000);
  return proxy.asked.length === before;
}

async function afterGap(bench: Bench): Promise<boolean> {
  const { proxy, observer, put, remove } = bench;
  observer.start();
  if (!(await hears(bench, 'added first'))) return false;
  await pause(1_000);
  proxy.gate.refuse();
  await remove('first');
  await put('first');
  proxy.gate.accept();
  const isNew = (): boolean =>
    observer.heard.includes('removed first') &&
    observer.heard.filter((each) => each === 'added first').length === 2;
  return bench.within(isNew);
}

async function hearsSecond(bench: Bench): Promise<boolean> {
  await bench.put('second');
  return (await hears(bench, 'added second')) && bench.observer.heard.includes('added first');
}

function hears({ observer, within }: Bench, what: string): Promise<boolean> {
  return within(() => observer.heard.includes(what));
}
