import { lookup } from 'node:dns/promises';
import { askDns } from '../../controller/observations/ask-dns.ts';
import { dnsClient } from '../../controller/observations/dns-client.ts';
import { systemClock } from '../../kube/index.ts';
import type { Tried } from '../../operator/verify/request-facts.ts';
import { textOfError } from './text-of-error.ts';

/**
 * The addresses of a hostname: of the first server that knows some, or as this machine resolves names where none is given.
 *
 * @param servers as `--dns-server` takes them.
 */
export async function resolveName(
  hostname: string,
  servers: readonly string[],
): Promise<Tried<readonly string[]>> {
  if (servers.length === 0) return resolveHere(hostname);
  const time = { clock: systemClock, random: Math.random };
  const answers = await Promise.all(servers.map((server) => askDns(dnsClient(server), hostname, time)));
  const found = answers.map(({ a = [], aaaa = [] }) => [...a, ...aaaa]).find((all) => all.length > 0);
  if (found !== undefined) return { ok: true, value: found };
  const error = answers.find((answer) => answer.error !== undefined)?.error;
  return { ok: false, error: error ?? 'an answer without addresses' };
}

async function resolveHere(hostname: string): Promise<Tried<readonly string[]>> {
  try {
    const found = await lookup(hostname, { all: true });
    return { ok: true, value: found.map(({ address }) => address) };
  } catch (error) {
    return { ok: false, error: textOfError(error) };
  }
}
