import { command } from '../command.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { DNS_SERVER, dnsServerOf } from '../input/dns-server.ts';
import { checkFlags, checkOptions, GATEWAY_NAMESPACE, RELEASE_NAMESPACE } from '../operator/flags.ts';
import { hostnameOf, resolvedAs } from '../operator/verify-flags.ts';
import type { Outcome } from '../outcome.ts';

const flags = [
  RELEASE_NAMESPACE,
  { name: 'release', argument: 'NAME', description: 'name of the release; kubebyon unless given' },
  { name: 'world', argument: 'FILE', description: 'look into a World (docs/world.md) instead of a cluster' },
  { name: 'no-requests', description: 'ask neither DNS nor the hostname, only the API server' },
  {
    name: 'resolve',
    argument: 'HOST:PORT:ADDR',
    description: 'connect to this address instead of asking DNS, as curl does; ADDR:PORT for another port',
  },
  DNS_SERVER,
  GATEWAY_NAMESPACE,
  ...checkFlags,
] as const satisfies readonly Flag[];

export const why = command({
  name: 'why',
  summary: 'Follow one hostname to the Pods that answer it, and name the first broken link.',
  words: ['HOSTNAME'],
  flags,
  details: [
    'The chain: who asks for it, its Gateway, the address, DNS, the listener, the certificate, the route, the Service, its endpoints, and a request. Each link has its evidence.',
    'With --world it looks into a World instead of a cluster and sends nothing.',
  ],
  example: 'why shop.example.com -n kubebyon-system',
  run,
});

async function run(args: Arguments<(typeof flags)[number]['name']>): Promise<Outcome> {
  const hostname = hostnameOf(args.positionals[0] ?? '');
  const world = lastOf(args, 'world');
  const options = {
    ...checkOptions(args),
    release: {
      name: lastOf(args, 'release') ?? 'kubebyon',
      namespace: lastOf(args, 'namespace') ?? 'default',
    },
    hostname,
    hostnames: [hostname],
    ...(world === undefined ? {} : { world }),
    requests: !isOn(args, 'no-requests'),
    resolved: args.given('resolve').map(resolvedAs),
    dnsServers: args.given('dns-server').map(dnsServerOf),
    onlyPermissions: isOn(args, 'permissions'),
    gatewayNamespaces: args.given('gateway-namespace'),
  };
  const { runWhy } = await import('../operator/run-why.ts');
  return runWhy(options);
}
