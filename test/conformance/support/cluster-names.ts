/**
 * Loaded before a program (`node --import`), this stands for the DNS of a cluster: names of Services, `vc.vc-1`, are on this
 * machine. Every other name is looked up as always.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const SERVICE = /^vc\.vc-\d+$/;
const lookup = dns.lookup;

function lookupInCluster(name: string, ...rest: readonly unknown[]): void {
  Reflect.apply(lookup, dns, [SERVICE.test(name) ? '127.0.0.1' : name, ...rest]);
}

Object.assign(dns, { lookup: lookupInCluster });
syncBuiltinESMExports();
