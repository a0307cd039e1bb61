/** What was asked of the runtime, line by line, and what shows it. */
export interface AcceptanceLine {
  readonly line: string;
  readonly what: string;
  /** Stories of fixtures/worlds, which test/planner/worlds.test.ts runs. */
  readonly stories?: readonly string[];
  /** Titles of tests, or how they end where they begin with a number, by their file. */
  readonly tests?: Readonly<Record<string, readonly string[]>>;
  /** What a plan has no part in: whose it is, and why. */
  readonly leftTo?: { readonly controller: string } | { readonly agent: string };
}

export const ACCEPTANCE_LINES: readonly AcceptanceLine[] = [
  {
    line: 'T1.1',
    what: 'the newest served TLSRoute version, none without its CRD',
    stories: ['tls-route-api-negotiation', 'tls-route-crd-missing'],
  },
  {
    line: 'T1.2',
    what: 'a route that no controller looks at is reported',
    stories: ['route-not-observed'],
  },
  {
    line: 'T1.3',
    what: 'one control-plane hostname has one route, whatever the spelling and order',
    stories: ['two-clusters-one-control-plane-hostname'],
    tests: { 'test/planner/fuzz.test.ts': ['objects of the host may be listed twice or in any order'] },
  },
  {
    line: 'T1.4',
    what: 'addresses, wildcards, overlong, reserved and base-domain hostnames are refused',
    stories: [
      'control-plane-hostname-is-an-address',
      'control-plane-hostname-under-base-domain',
      'reserved-hostname',
    ],
    tests: { 'test/planner/names.test.ts': ['%j is refused as a hostname'] },
  },
  {
    line: 'T1.5',
    what: 'a lost Service withdraws nothing, a deleted cluster does, foreign objects stay',
    stories: [
      'control-plane-service-lost-keeps-route',
      'deleting-cluster',
      'foreign-object-of-our-name',
      'foreign-tls-route-repeats-hostname',
    ],
  },
  {
    line: 'T1.6',
    what: 'a TLSRoute fits the limits of the oldest supported Gateway API',
    tests: { 'test/conformance/runtime/planned-objects.test.ts': ['takes every write of %s'] },
  },
  {
    line: 'T1.7',
    what: 'channel and bundle version of the Gateway API CRDs',
    leftTo: { controller: 'a check before installation, with no part in a plan' },
  },
  {
    line: 'T1.8',
    what: 'no short idle timeout on passthrough',
    leftTo: { controller: 'a TLSRoute has no timeout; a policy of the Gateway implementation sets it' },
  },
  {
    line: 'T1.9',
    what: 'a TLS probe names the missing SAN',
    leftTo: { controller: 'it needs the network' },
  },
  {
    line: 'T2.1',
    what: 'Pod addresses outside the networks of the tenant are left out',
    stories: ['hostile-pod-addresses'],
  },
  {
    line: 'T2.2',
    what: 'addresses of host Nodes and ports outside the NodePort range are left out',
    stories: ['hostile-node-address-and-port'],
  },
  {
    line: 'T2.3',
    what: 'of overlapping Pod networks the younger tenant gets NodePort',
    stories: ['pod-cidr-conflict'],
  },
  {
    line: 'T2.4',
    what: 'the default route is no route to Pods',
    stories: ['default-route-is-no-route'],
  },
  {
    line: 'T2.5',
    what: 'flapping probes never lead to PodIP, also after a restart',
    tests: {
      'test/planner/backend.test.ts': [
        'T2.5 never goes to PodIP while probes flap for an hour',
        'T2.5 goes on after a restart with what the Service carries',
      ],
    },
  },
  {
    line: 'T2.6',
    what: 'a silent agent means NodePort, a short silence nothing',
    stories: ['stale-route-agent', 'route-report-owed', 'route-report-owed-too-long'],
    tests: { 'test/planner/backend.test.ts': ['T2.6 unknown for a while is no reason to change'] },
  },
  {
    line: 'T2.7',
    what: 'no backends: an empty slice, and the route stays',
    stories: ['no-backends-keeps-route'],
  },
  {
    line: 'T2.8',
    what: 'a named target port with two numbers gives two slices',
    stories: ['two-target-ports'],
  },
  {
    line: 'T2.9',
    what: 'an unreadable tenant keeps its slices',
    stories: ['tenant-unreadable-keeps-slice'],
  },
  {
    line: 'T2.10',
    what: 'kubeconfigs are rewritten with their CA kept',
    leftTo: { controller: 'the world holds what was read, not how' },
  },
  {
    line: 'T3.1',
    what: 'routes that are too wide or too narrow are refused',
    stories: ['route-plan-refuses-hostile-routes'],
    tests: {
      'test/conformance/chart/route-plan.test.ts': [
        'with the default route',
        'with a destination wider than /48',
      ],
    },
  },
  {
    line: 'T3.2',
    what: 'routes into protected networks are refused',
    stories: ['route-plan-refuses-hostile-routes'],
    leftTo: { agent: 'the connected subnets of a Node, which it alone sees' },
  },
  {
    line: 'T3.3',
    what: 'overlap is symmetric and cheap for ranges of any size',
    tests: {
      'test/planner/backend.test.ts': [
        'T3.3 overlap is symmetric, and the same as asking for every address',
        'a /8 costs no more than a /32',
      ],
    },
  },
  {
    line: 'T3.4',
    what: 'the older of two overlapping clusters wins until it is deleted',
    tests: {
      'test/planner/backend.test.ts': [
        'T3.4 the older of two overlapping tenants wins, and its deletion frees the younger',
      ],
    },
  },
  {
    line: 'T3.5',
    what: 'a Node range outside the networks of the tenant reaches no RoutePlan',
    stories: ['route-plan-refuses-hostile-routes'],
    tests: { 'test/conformance/chart/route-plan.test.ts': ['that leaves the Pods of the tenant'] },
  },
  {
    line: 'T3.6',
    what: 'a foreign kernel route is left alone and reported',
    leftTo: { agent: 'only the kernel knows' },
  },
  {
    line: 'T3.7',
    what: 'only commands on routes of our own protocol and metric',
    leftTo: { agent: 'a plan holds no commands; what a RoutePlan may hold: T3.1' },
  },
  {
    line: 'T3.8',
    what: 'routes that vanish are installed again',
    leftTo: { agent: 'only the kernel knows' },
  },
  {
    line: 'T3.9',
    what: 'without a readable API an agent changes nothing',
    leftTo: { agent: 'its own start' },
  },
  {
    line: 'T3.10',
    what: 'a Node that is no longer selected loses its routes',
    leftTo: { agent: 'each looks after its own Node' },
  },
  {
    line: 'T3.11',
    what: 'a hanging command is given up',
    leftTo: { agent: 'it runs the commands' },
  },
  {
    line: 'T3.12',
    what: 'applying the same routes twice changes nothing',
    leftTo: { agent: 'its loop; that of the plan: T6.2' },
  },
  {
    line: 'T3.13',
    what: 'two agents report beside each other',
    tests: {
      'test/conformance/chart/route-plan.test.ts': [
        'whose routes change, and the status of an agent beside that of another',
      ],
    },
    leftTo: { agent: 'size and idle writes' },
  },
  {
    line: 'T4.1',
    what: 'spelling of DNS answers does not matter',
    stories: ['self-managed-ready'],
    tests: { 'test/planner/dns.test.ts': ['T4.1 does not care for case or the trailing dot'] },
  },
  {
    line: 'T4.2',
    what: 'only a chain through the own CNAME target counts',
    stories: ['canonical-only-match', 'points-to-other-cluster'],
    tests: { 'test/planner/dns.test.ts': ['T4.2, T4.3: a chain %s'] },
  },
  {
    line: 'T4.3',
    what: 'loops, long chains and empty answers fail',
    tests: {
      'test/planner/dns.test.ts': [
        'T4.2, T4.3: a chain %s',
        'T4.3 takes an empty list of addresses for a failure',
      ],
    },
    leftTo: { controller: 'the number of queries, which it asks' },
  },
  {
    line: 'T4.4',
    what: 'one good answer is enough, could-not-ask decides nothing',
    stories: ['resolvers-disagree', 'servfail-keeps-ready-hostname', 'degraded-hostname-is-kept'],
    tests: {
      'test/planner/dns.test.ts': [
        'T4.4 needs nobody to disagree',
        'T4.4 three negatives over ten minutes degrade it, one good answer restores it',
      ],
    },
  },
  {
    line: 'T4.5',
    what: 'base domains match at dots, Unicode and punycode are one name',
    tests: {
      'test/planner/names.test.ts': [
        '%s is the same name as %s',
        'T4.5 a name is below a domain only at a dot',
      ],
    },
  },
  {
    line: 'T4.6',
    what: 'HTTPS opens with the certificate and closes before the listener goes',
    stories: [
      'https-waits-for-programmed-listener',
      'listener-waits-for-secret',
      'secret-deleted-closes-https',
    ],
  },
  {
    line: 'T4.7',
    what: "a hostname that somebody has is nobody else's until DNS moves",
    stories: ['two-tenants-claim-one-hostname', 'hostname-moves-between-clusters'],
  },
  {
    line: 'T4.8',
    what: 'a CNAME target without records demotes nobody',
    stories: ['target-unresolvable'],
    tests: { 'test/planner/dns.test.ts': ['T4.8 judges nobody when the target itself does not resolve'] },
  },
  {
    line: 'T4.9',
    what: 'many DNS checks at once stay bounded',
    leftTo: { controller: 'it asks; `nextCheckAt` says when' },
  },
  {
    line: 'T6.1',
    what: 'an incomplete world withdraws nothing',
    stories: ['incomplete-inventory-deletes-nothing'],
    tests: {
      'test/simulation/invariants.test.ts': ['seeded histories with faults keep all eight invariants'],
    },
  },
  {
    line: 'T6.2',
    what: 'the same world gives the same plan, and nothing after its own actions',
    stories: ['all-settled'],
    tests: {
      'test/planner/fuzz.test.ts': [
        'T6.2 a planner that remembers says the same as one that starts anew',
        'objects of the host may be listed twice or in any order',
      ],
    },
  },
  {
    line: 'T6.3',
    what: 'only objects with our labels are deleted or changed',
    stories: ['foreign-object-of-our-name'],
    tests: {
      'test/simulation/invariants.test.ts': ['seeded histories with faults keep all eight invariants'],
    },
  },
  {
    line: 'T6.4',
    what: 'a malformed cluster concerns itself only',
    stories: ['malformed-cluster'],
  },
  {
    line: 'T6.5',
    what: '16 hostnames a route, 64 listeners a Gateway, names with a hash',
    stories: ['seventeen-hostnames'],
    tests: {
      'test/planner/certificates.test.ts': [
        '70 self-managed hostnames: 64 slots on the Gateway, all 70 with ListenerSets',
      ],
      'test/planner/names.test.ts': ['hostnames give unique, valid names of at most 63 characters'],
    },
  },
  {
    line: 'T6.6',
    what: 'suspended clusters keep routes, deleted ones go in order',
    stories: ['suspended-cluster', 'deleting-cluster'],
  },
  {
    line: 'T6.7',
    what: 'a refused status write stops nothing',
    leftTo: { controller: 'it writes the status' },
  },
  {
    line: 'T6.8',
    what: 'a dedicated certificate has one name, shared ones one listener',
    stories: ['shared-certificate', 'self-managed-ready', 'listeners-after-secrets'],
  },
];
