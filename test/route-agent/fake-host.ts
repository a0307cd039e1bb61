import { parseRoutes } from '../../src/route-agent/kernel/parse.ts';
import type { IpAnswer, RunIp } from '../../src/route-agent/kernel/run-ip.ts';
import type { Kernel, KernelRoute, RouteOp } from '../../src/route-agent/types.ts';
import { formatCidr, formatIp } from '../../src/text/ip.ts';
import { address, applyOp, kernel, range } from './model.ts';

/** A kernel on paper behind an `ip` on paper: what is written in a batch is done, and what is asked is printed. */
export interface FakeHost {
  readonly run: RunIp;
  kernel: Kernel;
  /** Lines of batches, as they came. */
  readonly lines: string[];
  /** Commands that ran. */
  calls: number;
  /** What happens before a line is done, such as another program that is quicker; a text is why the line fails. */
  before?: (line: string) => string | undefined;
  /** Answers instead. */
  answer?: (args: readonly string[]) => IpAnswer | undefined;
}

const ended = (code: number, stdout: string, stderr = ''): IpAnswer => ({
  kind: 'ended',
  code,
  stdout,
  stderr,
});

export function fakeHost(entries: readonly KernelRoute[] = []): FakeHost {
  const host: FakeHost = {
    kernel: kernel(entries),
    lines: [],
    calls: 0,
    run: ({ args, input = '' }) => {
      host.calls += 1;
      const given = host.answer?.(args);
      return Promise.resolve(given ?? answerTo(host, args, input));
    },
  };
  return host;
}

function answerTo(host: FakeHost, args: readonly string[], input: string): IpAnswer {
  if (args.includes('-batch')) return batch(host, input);
  const family = args.includes('-4') ? 4 : 6;
  if (args.includes('rule')) return ended(0, JSON.stringify(RULES));
  if (args.includes('addr')) return ended(0, JSON.stringify(LINKS));
  const routes = host.kernel.routes.filter((each) => each.range.family === family);
  const text = JSON.stringify(routes.map(printed));
  // What is printed here is what the real program prints: it is read back as it was.
  if (!parseRoutes(text, family).ok) throw new Error(text);
  return ended(0, text);
}

const RULES = [
  { priority: 0, src: 'all', table: '255' },
  { priority: 32_766, src: 'all', table: '254' },
];
const LINKS = [
  { ifname: 'lo', flags: ['UP', 'LOWER_UP'], addr_info: [{ local: '127.0.0.1', prefixlen: 8 }] },
  {
    ifname: 'eth0',
    flags: ['UP', 'LOWER_UP'],
    addr_info: [
      { local: '192.0.2.2', prefixlen: 24 },
      { local: '2001:db8::2', prefixlen: 64 },
    ],
  },
];

function printed({ range: to, table, protocol, metric, type, scope, device, gateway }: KernelRoute): object {
  return {
    ...{
      type: String(type),
      dst: formatCidr(to),
      table: String(table),
      protocol: String(protocol),
      scope: String(scope),
    },
    ...{ metric, flags: [] },
    ...(device === undefined ? {} : { dev: device }),
    ...(gateway === undefined ? {} : { gateway: formatIp(gateway) }),
  };
}

/** As the real program: it stops at the first line that fails. */
function batch(host: FakeHost, input: string): IpAnswer {
  for (const [index, line] of input.trim().split('\n').entries()) {
    const why = host.before?.(line);
    if (why !== undefined) return ended(1, '', `${why}\nCommand failed -:${index + 1}\n`);
    host.lines.push(line);
    const { answer, kernel: after } = applyOp(host.kernel, opOf(line));
    if (answer !== 'done')
      return ended(1, '', `RTNETLINK answers: ${answer}\nCommand failed -:${index + 1}\n`);
    host.kernel = after;
  }
  return ended(0, '');
}

function opOf(line: string): RouteOp {
  const words = line.split(' ');
  const [, verb, type] = words;
  const isGuard = type === 'unreachable';
  const destination = words[isGuard ? 3 : 2] ?? '';
  const after = (word: string): string => words[words.indexOf(word) + 1] ?? '';
  const mark = {
    range: range(destination),
    protocol: Number(after('proto')),
    metric: Number(after('metric')),
  };
  if (isGuard) return { do: verb === 'del' ? 'unguard' : 'guard', route: mark };
  if (verb === 'del') return { do: 'delete', route: mark };
  return {
    do: verb === 'replace' ? 'replace' : 'add',
    route: { ...mark, nextHop: address(after('via')), device: after('dev') },
  };
}
