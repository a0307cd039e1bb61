import { describe, expect, test } from 'vitest';
import { CERTIFICATE_ANNOTATIONS } from '../../../src/contract/labels.ts';
import type { WorkloadTlsConfig } from '../../../src/contract/runtime-config.ts';
import { hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { planDedicatedCertificates } from '../../../src/planner/https/dedicated-certificates.ts';
import type { EdgeHostname } from '../../../src/planner/https/hostname-plan.ts';
import { secretsLeft } from '../../../src/planner/https/secrets-left.ts';
import { takenNames } from '../../../src/planner/https/taken-names.ts';
import type { EdgeClusterInput, KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeCertificate, tlsSecret, worldWith } from '../../support/edge-objects.ts';
import {
  chartListener,
  cluster,
  gatewayConfig,
  httpOnly,
  NOW,
  SYSTEM,
  tlsConfig,
  workloadConfig,
  workloadGateway,
} from '../../support/worlds.ts';

const NAME = 'app.customer.test';
const OWN = hostnameObjectName(NAME);

interface Situation {
  readonly objects?: readonly KubeObject[];
  readonly mayOrder?: boolean;
  readonly isWanted?: boolean;
  readonly hold?: ReturnType<typeof holding>;
  readonly tls?: Partial<WorkloadTlsConfig> | 'off';
  readonly host?: Partial<World['host']>;
  readonly clusters?: readonly EdgeClusterInput[];
}

function contextOf({
  objects = [],
  hold = holding(),
  tls = {},
  host = {},
  clusters = [cluster(1, { hostnames: [NAME] })],
}: Situation) {
  const world = worldWith(clusters, objects);
  const config = tls === 'off' ? httpOnly() : workloadConfig({ tls: tlsConfig(tls) });
  return contextsOf({ ...world, host: { ...world.host, ...host } }, gatewayConfig(config), hold).of('c-1');
}

function planned(situation: Situation = {}) {
  const context = contextOf(situation);
  const [binding] = context.claims.bindings;
  const { mayOrder = true, isWanted = true } = situation;
  const wanted = { hostname: NAME, clusterId: 'c-1', name: OWN, createdAt: 7, binding, mayOrder };
  return planDedicatedCertificates(context, isWanted ? [wanted] : []);
}

const writes = ({ actions }: ReturnType<typeof planned>) =>
  actions.map(({ verb, object }) => `${verb} ${object.metadata.name}`);
const ordered = ({ orders }: ReturnType<typeof planned>) =>
  orders.map(({ certificate, domains }) => [certificate, ...domains].join(' '));
const codes = ({ findings }: ReturnType<typeof planned>) => findings.map(({ code }) => code);
const certificate = (
  changes: Parameters<typeof edgeCertificate>[3] = {},
  names: readonly string[] = [NAME],
) =>
  edgeCertificate(OWN, names, 'c-1', { annotations: { [CERTIFICATE_ANNOTATIONS.orders]: NOW }, ...changes });
const secret = (changes: Partial<KubeObject> = {}, names: readonly string[] = [NAME]) =>
  tlsSecret(OWN, names, 'c-1', changes);

describe('the Certificate of a hostname', () => {
  test('is an order when it is not there, if that may be ordered and everything was read', () => {
    const plan = planned();
    expect([writes(plan), ordered(plan)]).toEqual([[], [`${OWN} customer.test`]]);
    expect(plan.orders[0]).toMatchObject({ createdAt: 7, cluster: 'c-1', hostname: NAME });
    expect(plan.orders[0]?.part.actions[0]?.reason).toBe(`${NAME} reaches its target`);
    expect(ordered(planned({ mayOrder: false }))).toEqual([]);
    expect(ordered(planned({ host: { complete: false } }))).toEqual([]);
  });

  test('is made again over its Secret without an order, when that can be served with the name', () => {
    const over = (one: KubeObject, mayOrder = false) => planned({ objects: [one], mayOrder });
    expect([writes(over(secret())), ordered(over(secret()))]).toEqual([[`apply ${OWN}`], []]);
    for (const one of [
      secret({}, ['other.test']),
      secret({ certificate: { dnsNames: [NAME], keyMatches: false } }),
    ]) {
      expect([writes(over(one)), ordered(over(one))]).toEqual([[], []]);
      expect(ordered(over(one, true))).toHaveLength(1);
    }
  });

  test('stays as it is, and is an order with another issuer', () => {
    const same = planned({ objects: [certificate()] });
    expect([writes(same), ordered(same), codes(same)]).toEqual([[], [], []]);
    const other = planned({ objects: [certificate({ issuer: 'other' })] });
    expect([writes(other), ordered(other)]).toEqual([[], [`${OWN} customer.test`]]);
    expect(other.orders[0]?.part.actions[0]?.reason).toBe('the Certificate differs');
    expect(ordered(planned({ objects: [certificate({ issuer: 'other' })], mayOrder: false }))).toEqual([]);
  });

  test('is written without an order when something else on it differs', () => {
    const one = certificate();
    const labelled = {
      ...one,
      metadata: { ...one.metadata, labels: { ...one.metadata.labels, 'kubebyon.app/cluster-slug': 'x' } },
    };
    const bare = { ...one, spec: { ...Object(one.spec), privateKey: {} } };
    expect(writes(planned({ objects: [bare], mayOrder: false }))).toEqual([`apply ${OWN}`]);
    expect(ordered(planned({ objects: [bare] }))).toEqual([]);
    expect(writes(planned({ objects: [labelled] }))).toEqual([]);
  });

  test('that failed is told, whether it is ordered or not', () => {
    const failed = { conditions: [{ type: 'Issuing', status: 'False', reason: 'Failed', message: 'boom' }] };
    expect(codes(planned({ objects: [certificate({ status: failed })] }))).toEqual(['CertificateFailed']);
    expect(codes(planned({ objects: [certificate({ status: failed, issuer: 'other' })] }))).toEqual([
      'CertificateFailed',
    ]);
    expect(
      codes(planned({ objects: [certificate({ status: failed, issuer: 'other' })], mayOrder: false })),
    ).toEqual(['CertificateFailed']);
  });

  test('is not written over a Secret or beside a Certificate of others', () => {
    const handMade = secret({ metadata: { name: OWN, namespace: SYSTEM, uid: 'x', resourceVersion: '1' } });
    const blocked = planned({ objects: [handMade] });
    expect([ordered(blocked), blocked.findings.map(({ code, message }) => [code, message])]).toEqual([
      [],
      [['SecretNotOurs', `Secret ${SYSTEM}/${OWN} is not made by our Certificate`]],
    ]);
    const theirs = edgeCertificate('theirs', [NAME]);
    const contested = planned({
      objects: [{ ...theirs, metadata: { ...theirs.metadata, labels: {} }, spec: { secretName: OWN } }],
    });
    expect([ordered(contested), codes(contested)]).toEqual([[], ['SecretWrittenByOthers']]);
  });

  test('is not written without the kind, which is told, and those that are not wanted go all the same', () => {
    const host = { apis: ['gateway.networking.k8s.io/v1/HTTPRoute'] };
    const plan = planned({ host, objects: [edgeCertificate('kb-old', ['old.test'], 'c-1')] });
    expect([ordered(plan), codes(plan), writes(plan)]).toEqual([
      [],
      ['CertificateCRDMissing'],
      ['delete kb-old'],
    ]);
  });
});

describe('a Certificate that is not wanted any more', () => {
  const objects = [certificate()];

  test('goes once its listener is gone, and is counted', () => {
    const plan = planned({ objects, isWanted: false });
    expect([writes(plan), plan.withdrawals]).toEqual([
      [`delete ${OWN}`],
      [expect.objectContaining({ kind: 'Certificate' })],
    ]);
    expect(writes(planned({ objects, isWanted: false, hold: holding('Certificate') }))).toEqual([]);
    const entry = {
      name: OWN,
      port: 443,
      protocol: 'HTTPS',
      hostname: NAME,
      tls: { certificateRefs: [{ name: OWN }] },
    };
    const gateway = workloadGateway([chartListener(), entry]);
    const fieldsV1 = { 'f:spec': { 'f:listeners': { [`k:{"name":"${OWN}"}`]: {} } } };
    const managedFields = [{ manager: 'kubebyon-edge-sync', operation: 'Apply', fieldsV1 }];
    expect(
      writes(
        planned({
          objects: [...objects, { ...gateway, metadata: { ...gateway.metadata, managedFields } }],
          isWanted: false,
        }),
      ),
    ).toEqual([]);
  });

  test('goes beside those that are wanted', () => {
    const both = [certificate(), edgeCertificate('kb-old', ['old.test'], 'c-1')];
    expect(writes(planned({ objects: both }))).toEqual(['delete kb-old']);
  });

  test('of a feature that is switched off goes however many there are, and stays while everything is held back', () => {
    for (const tls of [{ selfManaged: false }, 'off'] as const) {
      const off = { objects, isWanted: false, tls };
      expect(writes(planned({ ...off, hold: holding('Certificate') }))).toEqual([`delete ${OWN}`]);
      expect(planned(off).withdrawals).toEqual([]);
      expect(writes(planned({ ...off, hold: holding('everything') }))).toEqual([]);
    }
  });
});

describe('Secrets of hostnames that left a cluster', () => {
  const left = (
    objects: readonly KubeObject[],
    { bound = [], ...situation }: Situation & { readonly bound?: readonly string[] } = {},
  ) => {
    const context = contextOf({
      objects,
      clusters: [cluster(1), cluster(2, { hostnames: ['taken.customer.test'] })],
      ...situation,
    });
    const { count, findings } = secretsLeft(context.shared, 'c-1', context.objects, bound);
    return [count, ...findings.map(({ message }) => message)];
  };

  test('are counted and named, five at most', () => {
    expect(left([])).toEqual([0]);
    expect(left([secret()])).toEqual([1, `1 Secret stays: kubectl delete secret -n ${SYSTEM} ${OWN}`]);
    const many = ['g', 'f', 'e', 'd', 'c', 'b', 'a'].map((name) =>
      tlsSecret(`kb-${name}`, [`${name}.gone.test`], 'c-1'),
    );
    expect(left(many)).toEqual([
      7,
      `7 Secrets stay: kubectl delete secret -n ${SYSTEM} kb-a kb-b kb-c kb-d kb-e, then those of 2 more`,
    ]);
    expect(left(many.slice(0, 5))).toEqual([
      5,
      `5 Secrets stay: kubectl delete secret -n ${SYSTEM} kb-c kb-d kb-e kb-f kb-g`,
    ]);
  });

  test('are those without a Certificate and a listener, whose name nobody binds or claims', () => {
    expect(left([secret()], { bound: [NAME] })).toEqual([0]);
    expect(left([secret(), certificate()])).toEqual([0]);
    expect(left([secret({}, ['taken.customer.test'])])).toEqual([0]);
    expect(left([tlsSecret(OWN, [NAME], 'c-2')])).toEqual([0]);
    expect(left([secret()], { host: { complete: false } })).toEqual([0]);
    expect(left([certificate()])).toEqual([0]);
  });
});

describe('names that a listener of others takes', () => {
  const taken = (
    served: readonly Partial<EdgeHostname>[],
    ...foreign: readonly { readonly port: number; readonly protocol: string; readonly hostname: string }[]
  ) => {
    const listeners = foreign.map((one, index) => ({ name: `theirs-${index}`, ...one }));
    const context = contextOf({ objects: [workloadGateway([chartListener(), ...listeners])] });
    const { findings, hostnames } = takenNames(
      context,
      served.map((one) => ({ hostname: NAME, http: false, https: undefined, redirect: false, ...one })),
    );
    return [[...hostnames], findings.map(({ message }) => message.replace(/ \(.*\) takes/, ' takes'))];
  };
  const http = { port: 80, protocol: 'HTTP', hostname: NAME };
  const https = { port: 443, protocol: 'HTTPS', hostname: NAME };

  test('for HTTP are those that it or its redirect is for', () => {
    const found = [[NAME], [`listener theirs-0 takes the requests for ${NAME}`]];
    expect(taken([{ http: true }], http)).toEqual(found);
    expect(taken([{ redirect: true }], http)).toEqual(found);
    expect(taken([{}], http)).toEqual([[], []]);
    expect(taken([{ http: true }], https)).toEqual([[], []]);
    expect(taken([{ http: true }])).toEqual([[], []]);
  });

  test('for HTTPS are those that are more specific than the listener that serves it', () => {
    const name = 'a.b.edge.example.com';
    const shared = { hostname: name, https: 'shared' } as const;
    expect(taken([shared], { ...https, hostname: '*.b.edge.example.com' })[0]).toEqual([name]);
    expect(taken([shared], { ...https, hostname: '*.example.com' })).toEqual([[], []]);
    expect(taken([{ https: 'dedicated' }], { ...https, hostname: '*.customer.test' })).toEqual([[], []]);
    expect(taken([{ https: 'dedicated', certificateOf: '*.customer.test' }], https)[0]).toEqual([NAME]);
    expect(taken([{}], https)).toEqual([[], []]);
  });

  test('are one finding for each listener, and a part of a wildcard is not the whole', () => {
    const wildcard = { hostname: '*.customer.test', http: true };
    expect(taken([wildcard, { http: true }], http)).toEqual([
      [NAME],
      [`listener theirs-0 takes the requests for ${NAME}`],
    ]);
    expect(taken([wildcard], https)).toEqual([[], []]);
    expect(taken([wildcard], http)).toEqual([[], [`listener theirs-0 takes the requests for ${NAME}`]]);
  });
});
