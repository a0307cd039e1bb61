import type { CaaRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';

/** One DNS server as it is asked. Errors are thrown with a `code`, as Node's resolver does. */
export interface DnsClient {
  /** Who is asked, for answers and messages. */
  readonly name: string;
  resolveCname(name: string): Promise<readonly string[]>;
  resolve4(name: string): Promise<readonly string[]>;
  resolve6(name: string): Promise<readonly string[]>;
  resolveTxt(name: string): Promise<readonly (readonly string[])[]>;
  resolveCaa(name: string): Promise<readonly CaaRecord[]>;
  /** Ends every question that is open with `ECANCELLED`. */
  cancel(): void;
}

const TRY_MS = 2_000;
const TRIES = 2;

/** Asks one server and nobody else: not the cluster's own DNS, which sees other names than customers do. */
export function dnsClient(server: string): DnsClient {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  resolver.setServers([server]);
  return {
    name: server,
    resolveCname: (name) => resolver.resolveCname(name),
    resolve4: (name) => resolver.resolve4(name),
    resolve6: (name) => resolver.resolve6(name),
    resolveTxt: (name) => resolver.resolveTxt(name),
    resolveCaa: (name) => resolver.resolveCaa(name),
    cancel: () => resolver.cancel(),
  };
}
