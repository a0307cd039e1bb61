import { Resolver } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from '../../test/conformance/support/program.ts';
import { until } from '../../test/conformance/support/until.ts';
import { findProgram } from '../lib/find-program.ts';
import { DNS_ADDRESS } from './addresses.ts';

/** Names without a trailing dot: an alias of another name, addresses of IPv4, or a text. */
export type Records = Readonly<Record<string, string | readonly string[] | { readonly text: string }>>;

/** An authoritative DNS server with the zones of the lab. */
export interface Dns {
  readonly program: RunningProgram;
  /** Replaces all records, and waits until they are served. */
  publish(records: Records): Promise<void>;
}

/** The zones that NSD is authoritative for; it refuses every other name. */
const ZONES = ['example.com', 'test'] as const;

/** The name whose text is the number of the version that is served. */
const VERSION_NAME = 'version';

const TTL_SECONDS = 1;

/** Starts NSD. Throws a line that says how to get it where it is missing. */
export async function startDns(state: string): Promise<Dns> {
  const nsd = findProgram('nsd');
  if (nsd === undefined) throw new Error('nsd is missing: run `node tools/build.ts nsd`');
  const folder = join(state, 'dns');
  mkdirSync(folder, { recursive: true });
  const [host = '', port = ''] = DNS_ADDRESS.split(':');
  writeFileSync(join(folder, 'nsd.conf'), configOf(folder, host, port));
  let version = 0;
  const write = (records: Records): void => {
    version += 1;
    for (const zone of ZONES) writeFileSync(join(folder, zone), zoneText(zone, version, records));
  };
  write({});
  const program = startProgram(nsd, ['-d', '-c', join(folder, 'nsd.conf')], join(state, 'dns.log'));
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([DNS_ADDRESS]);
  const isServed = async (): Promise<boolean> => {
    const texts = await Promise.all(
      ZONES.map((zone) => resolver.resolveTxt(`${VERSION_NAME}.${zone}`).catch(() => [])),
    );
    return texts.every((text) => text.flat().join('') === String(version));
  };
  await until('nsd', state, [program], isServed);
  return {
    program,
    publish: async (records) => {
      write(records);
      process.kill(program.pid, 'SIGHUP');
      await until('nsd to serve new records', state, [program], isServed);
    },
  };
}

function linesOf(name: string, found: Records[string]): readonly string[] {
  if (typeof found === 'string') return [`${name}. CNAME ${found}.`];
  return 'text' in found ? [`${name}. TXT "${found.text}"`] : found.map((address) => `${name}. A ${address}`);
}

function configOf(folder: string, host: string, port: string): string {
  const zones = ZONES.map((zone) => `zone:\n  name: ${zone}\n  zonefile: ${zone}\n`);
  return `server:
  ip-address: ${host}@${port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  database: ""
  pidfile: "${join(folder, 'nsd.pid')}"
  xfrdfile: "${join(folder, 'xfrd.state')}"
  zonelistfile: "${join(folder, 'zone.list')}"
  xfrdir: "${folder}"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
${zones.join('')}`;
}

function zoneText(zone: string, version: number, records: Records): string {
  const lines = Object.entries(records)
    .filter(([name]) => name.endsWith(`.${zone}`))
    .flatMap(([name, found]) => linesOf(name, found));
  return [
    `$ORIGIN ${zone}.`,
    `$TTL ${TTL_SECONDS}`,
    `@ SOA ns hostmaster ${version} 60 60 60 ${TTL_SECONDS}`,
    '@ NS ns',
    'ns A 127.0.0.1',
    `${VERSION_NAME} TXT "${version}"`,
    ...lines,
    '',
  ].join('\n');
}
