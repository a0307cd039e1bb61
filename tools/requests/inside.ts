import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type PlannedGateway, plan, type World } from '../../src/planner/index.ts';
import { configOf, readWorld } from '../../test/support/world-cases.ts';
import { makeProcessFolder } from '../lib/process-folder.ts';
import { type Backend, startBackend } from './backends.ts';
import { type RunningGateway, startGateway } from './gateway.ts';
import { HTTP_PORT, resourcesOf } from './resources.ts';

/** A story of fixtures/worlds, and what Envoy answers for hosts: a status, or the cluster that answered. */
interface Case {
  readonly story: string;
  readonly says: string;
  readonly world?: (world: World) => World;
  /** What others have on the Gateway beside our routes. */
  readonly beside?: readonly unknown[];
  readonly answers: Readonly<Record<string, string>>;
}

const GATEWAY = 'kubebyon-workload-gateway';

type Listener = PlannedGateway['spec']['listeners'][number];

/** A world whose workload Gateway has other listeners. */
function withListeners(world: World, change: (listeners: readonly Listener[]) => readonly Listener[]): World {
  const objects = world.host.objects.map((one) => {
    if (one.metadata.name !== GATEWAY || one.kind !== 'Gateway' || one.spec === undefined) return one;
    return { ...one, spec: { ...one.spec, listeners: change(one.spec.listeners) } };
  });
  return { ...world, host: { ...world.host, objects } };
}

/** An HTTPRoute of others, in the namespace of a test backend. */
function routeOfOthers(listener: string, hostname: string, cluster: string): unknown {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'of-others', namespace: `vc-${cluster.slice(2)}` },
    spec: {
      parentRefs: [{ name: GATEWAY, namespace: 'kubebyon-system', sectionName: listener }],
      hostnames: [hostname],
      rules: [{ backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: cluster }] }],
    },
  };
}

const CASES: readonly Case[] = [
  {
    story: 'wildcard-over-base-domain',
    says: "a tenant's wildcard over the base domain takes nothing, and the younger name of another is served",
    answers: {
      'new.edge.example.com': 'c-2',
      'nobodys.edge.example.com': '404',
      'deep.below.edge.example.com': '404',
      'shop.example.com': '404',
    },
  },
  {
    story: 'wildcard-with-proof',
    says: 'a proven wildcard takes every name below it, at any depth, and no other',
    answers: { 'a.customer.test': 'c-1', 'a.b.customer.test': 'c-1', 'customer.test': '404' },
  },
  {
    story: 'unproven-wildcard-takes-nothing',
    says: 'an unproven wildcard takes nothing',
    answers: { 'app.customer.test': 'c-2', 'other.customer.test': '404' },
  },
  {
    story: 'foreign-http-listener-of-a-hostname',
    says: 'a listener of others with the exact hostname takes the requests (finding ForeignListener)',
    answers: { 'app.customer.test': '404', 't1abcdefghij.edge.example.com': '302' },
  },
  {
    story: 'foreign-http-listener-below-own-wildcard',
    says: "a listener of others with a route takes one name below a customer's wildcard (finding ForeignListener)",
    beside: [routeOfOthers('by-hand', 'a.customer.test', 'c-2')],
    answers: { 'a.customer.test': 'c-2', 'b.customer.test': 'c-1' },
  },
  {
    story: 'foreign-http-listener-below-own-wildcard',
    says: 'without a route on that listener Envoy Gateway still gives the name to the wildcard',
    answers: { 'a.customer.test': 'c-1', 'b.customer.test': 'c-1' },
  },
  {
    story: 'foreign-http-listener-beside-ours',
    says: 'beside a TCP listener of others at its port nobody is answered (finding ListenerNameTaken)',
    // Both are Conflicted: nothing listens.
    answers: { 'app.customer.test': '', 't1abcdefghij.edge.example.com': '' },
  },
  {
    story: 'foreign-http-listener-of-a-hostname',
    says: 'without that listener the same routes answer',
    world: (world) => withListeners(world, (listeners) => listeners.filter(({ name }) => name !== 'by-hand')),
    answers: { 'app.customer.test': '302', 't1abcdefghij.edge.example.com': '302' },
  },
];

/** What a host gets: the name of a cluster for 200, otherwise the status; empty while nothing listens. */
function answerOf(host: string): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      // A connection that was open goes on at a listener that is being drained: each request opens its own.
      { host: '127.0.0.1', port: HTTP_PORT, path: '/', headers: { host }, timeout: 2000, agent: false },
      (got) => {
        let body = '';
        got.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        got.on('end', () => resolve(got.statusCode === 200 ? body : String(got.statusCode)));
      },
    );
    sent.on('timeout', () => sent.destroy()).on('error', () => resolve(''));
    sent.end();
  });
}

/** Whether every host has its answer within 20 seconds, and still has it a second later. */
async function runCase(gateway: RunningGateway, backends: readonly Backend[], one: Case): Promise<boolean> {
  const { world, env } = readWorld(one.story);
  const seen = one.world?.(world) ?? world;
  gateway.apply([...resourcesOf(seen, plan(seen, configOf(env)), backends), ...(one.beside ?? [])]);
  const wanted = Object.entries(one.answers);
  const read = (): Promise<readonly string[]> => Promise.all(wanted.map(([host]) => answerOf(host)));
  const isRight = (answers: readonly string[]): boolean =>
    wanted.every(([, expected], index) => answers[index] === expected);
  for (let tries = 0; tries < 100 && !isRight(await read()); tries += 1) await wait(200);
  await wait(1000);
  const answers = await read();
  const right = isRight(answers);
  console.log(`${right ? 'ok    ' : 'FAILED'} ${one.story}: ${one.says}`);
  for (const [index, [host, expected]] of wanted.entries())
    console.log(`         ${host}: ${answers[index]}, expected ${expected}`);
  return right;
}

const folder = makeProcessFolder(join(tmpdir(), 'kubebyon-requests'));
const backends = await Promise.all(['c-1', 'c-2'].map(startBackend));
const gateway = startGateway(folder.path);
let failed = 0;
try {
  for (const one of CASES) if (!(await runCase(gateway, backends, one))) failed += 1;
} finally {
  await gateway.stop();
  for (const { server } of backends) server.close();
  if (failed === 0) folder.remove();
  else console.log(`the log: ${gateway.log}`);
}
console.log(`${CASES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
