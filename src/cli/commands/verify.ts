import { command } from '../command.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { DNS_SERVER, dnsServerOf } from '../input/dns-server.ts';
import { checkFlags, checkOptions, GATEWAY_NAMESPACE, RELEASE_NAMESPACE } from '../operator/flags.ts';
import { hostnameOf, resolvedAs } from '../operator/verify-flags.ts';
import type { Outcome } from '../outcome.ts';

const flags = [
  RELEASE_NAMESPACE,
  {
    name: 'hostname',
    argument: 'HOSTNAME',
    description: 'also send requests to this hostname of a cluster; may be given several times',
  },
  { name: 'no-requests', description: 'send no requests to hostnames, and ask the API server only' },
  {
    name: 'resolve',
    argument: 'HOST:PORT:ADDR',
    description:
      'connect to this address instead of asking DNS, as curl does; ADDR:PORT for another port; may be given several times',
  },
  DNS_SERVER,
  GATEWAY_NAMESPACE,
  ...checkFlags,
] as const satisfies readonly Flag[];

export const verify = command({
  name: 'verify',
  summary: 'Look at a release that is installed, object by object, and whether it answers.',
  words: ['[NAME]'],
  flags,
  details: [
    'What is installed is taken from the cluster, so no values are needed. NAME is the name of the release, kubebyon unless given. Nothing is written.',
    'Requests go to the hostname of the platform and to those given: DNS, TCP, TLS with SNI, the certificate, HTTP, and the redirect to HTTPS.',
    'What may not be read is told as unknown, and the rest is looked at all the same. docs/checks.md has every check.',
  ],
  example: 'verify kubebyon -n kubebyon-system --hostname shop.example.com',
  run,
});

async function run(args: Arguments<(typeof flags)[number]['name']>): Promise<Outcome> {
  const options = {
    ...checkOptions(args),
    release: { name: args.positionals[0] ?? 'kubebyon', namespace: lastOf(args, 'namespace') ?? 'default' },
    hostnames: args.given('hostname').map(hostnameOf),
    requests: !isOn(args, 'no-requests'),
    resolved: args.given('resolve').map(resolvedAs),
    dnsServers: args.given('dns-server').map(dnsServerOf),
    onlyPermissions: isOn(args, 'permissions'),
    gatewayNamespaces: args.given('gateway-namespace'),
  };
  const { runVerify } = await import('../operator/run-verify.ts');
  return runVerify(options);
}
