import type { DnsClient } from '../../src/controller/observations/dns-client.ts';
import type { Clock } from '../../src/kube/index.ts';

/** Records by name: a text is a CNAME or an error such as `ESERVFAIL`, a list is addresses or TXT records. */
export type Zone = Readonly<Record<string, string | readonly string[]>>;
type Found = string | readonly string[] | undefined;

export interface FakeDns extends DnsClient {
  /** Every question, as `CNAME a.example`. */
  readonly asked: string[];
  readonly most: { inFlight: number };
}

/** A resolver over a zone; each answer takes so long. Names are found whatever their case, as in DNS. */
export function fakeDns(name: string, zone: Zone, clock: Clock, milliseconds = 1): FakeDns {
  const records = new Map(Object.entries(zone).map(([key, value]) => [key.toLowerCase(), value]));
  const find = (about: string): Found => records.get(about.toLowerCase().replace(/\.$/, ''));
  const asked: string[] = [];
  const most = { inFlight: 0 };
  let inFlight = 0;
  const answer = async <T>(kind: string, about: string, read: (found: Found) => T): Promise<T> => {
    asked.push(`${kind} ${about}`);
    inFlight += 1;
    most.inFlight = Math.max(most.inFlight, inFlight);
    await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
    inFlight -= 1;
    const found = find(about);
    if (typeof found === 'string' && /^E[A-Z]+$/.test(found)) throw coded(found);
    return read(found);
  };
  const addresses = (kind: string, about: string, isWanted: (address: string) => boolean) =>
    answer(kind, about, (found) => {
      const list = typeof found === 'string' ? find(found) : found;
      if (list === undefined || typeof list === 'string') throw coded('ENOTFOUND');
      const wanted = list.filter(isWanted);
      if (wanted.length === 0) throw coded('ENODATA');
      return wanted;
    });
  return {
    name,
    asked,
    most,
    cancel: () => undefined,
    resolveCname: (about) =>
      answer('CNAME', about, (found) => {
        if (found === undefined) throw coded('ENOTFOUND');
        if (typeof found !== 'string') throw coded('ENODATA');
        return [found];
      }),
    resolve4: (about) => addresses('A', about, (address) => !address.includes(':')),
    resolve6: (about) => addresses('AAAA', about, (address) => address.includes(':')),
    resolveTxt: (about) =>
      answer('TXT', about, (found) => {
        if (found === undefined || typeof found === 'string') throw coded('ENOTFOUND');
        return found.map((text) => [text.slice(0, 3), text.slice(3)]);
      }),
    resolveCaa: (about) =>
      answer('CAA', about, () => {
        if (about === 'caa.example') return [{ critical: 0, issue: 'letsencrypt.org' }];
        throw coded('ENODATA');
      }),
  };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
