import { describe, expect, test } from 'vitest';
import { CERTIFICATE_ANNOTATIONS } from '../../../src/contract/labels.ts';
import type { WorkloadTlsConfig } from '../../../src/contract/runtime-config.ts';
import { planSharedCertificates } from '../../../src/planner/https/shared-certificates.ts';
import { clockAt, formatTime, HOUR, MINUTE } from '../../../src/planner/world/clock.ts';
import type { KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf, holding } from '../../support/contexts.ts';
import { edgeCertificate, tlsSecret, worldWith } from '../../support/edge-objects.ts';
import {
  chartListener,
  cluster,
  gatewayConfig,
  httpOnly,
  NOW,
  tlsConfig,
  workloadConfig,
  workloadGateway,
} from '../../support/worlds.ts';

const now = Date.parse(NOW);
const TLS = 'kubebyon-workload-tls';
const HOUR_AGO = formatTime(now - HOUR);

interface Situation {
  readonly objects?: readonly KubeObject[];
  readonly hold?: ReturnType<typeof holding>;
  readonly tls?: Partial<WorkloadTlsConfig> | 'off';
  readonly changes?: Partial<World>;
  readonly host?: Partial<World['host']>;
}

function planned(
  wanted: readonly string[],
  { objects = [], hold = holding(), tls = {}, changes = {}, host = {} }: Situation = {},
) {
  const world = worldWith([cluster(1)], objects, changes);
  const config = tls === 'off' ? httpOnly() : workloadConfig({ tls: tlsConfig(tls) });
  const { shared } = contextsOf({ ...world, host: { ...world.host, ...host } }, gatewayConfig(config), hold);
  return planSharedCertificates(shared, new Set(wanted), hold, clockAt(now));
}

/** A shared certificate whose names changed an hour ago; ordered then as well. */
const certificate = (
  names: readonly string[],
  number = 1,
  changes: Parameters<typeof edgeCertificate>[3] = {},
) =>
  edgeCertificate(number === 1 ? TLS : `${TLS}-${number}`, names, null, {
    ...changes,
    annotations: {
      [CERTIFICATE_ANNOTATIONS.namesChangedAt]: HOUR_AGO,
      [CERTIFICATE_ANNOTATIONS.orders]: HOUR_AGO,
      ...changes.annotations,
    },
  });
const secret = (names: readonly string[], number = 1) =>
  tlsSecret(number === 1 ? TLS : `${TLS}-${number}`, names);
const writes = ({ actions }: ReturnType<typeof planned>) =>
  actions.map(({ verb, object }) =>
    [
      verb,
      object.metadata.name,
      ...(verb === 'apply' && object.kind === 'Certificate' ? (object.spec.dnsNames ?? []) : []),
    ].join(' '),
  );
const ordered = ({ orders }: ReturnType<typeof planned>) =>
  orders.map(({ certificate: name, domains }) => [name, ...domains].join(' '));
const codes = ({ findings }: ReturnType<typeof planned>) => findings.map(({ code }) => code);

describe('a shared certificate that is not there', () => {
  test('is an order, which the budget lets out', () => {
    const plan = planned(['b.test', 'a.test']);
    expect(writes(plan)).toEqual([]);
    expect(ordered(plan)).toEqual([`${TLS} a.test b.test`]);
    expect(plan.orders[0]).toMatchObject({ createdAt: 0, cluster: null });
    const [action] = plan.orders[0]?.part.actions ?? [];
    expect(action?.verb === 'apply' ? action.object.metadata.annotations : {}).toEqual({
      [CERTIFICATE_ANNOTATIONS.orders]: NOW,
      [CERTIFICATE_ANNOTATIONS.namesChangedAt]: NOW,
    });
    expect(ordered(planned(['b.customer.test', 'a.customer.test']))).toEqual([`${TLS} customer.test`]);
    expect(ordered(planned([]))).toEqual([]);
  });

  test('is one of several when there are more names than it takes, in order', () => {
    const names = Array.from({ length: 150 }, (_, index) => `n${String(index).padStart(3, '0')}.test`);
    const { orders } = planned(names.toReversed());
    expect(orders.map(({ certificate: name }) => name)).toEqual([`${TLS}-2`, `${TLS}-3`]);
    const [first] = orders[0]?.part.actions ?? [];
    expect(
      first?.verb === 'apply' && first.object.kind === 'Certificate' ? first.object.spec.dnsNames : [],
    ).toEqual(names.slice(0, 100));
  });

  test('is made again over its Secret without an order, when that holds just its names', () => {
    const over = (names: readonly string[]) => planned(['a.test', 'b.test'], { objects: [secret(names)] });
    expect([writes(over(['b.test', 'a.test'])), ordered(over(['b.test', 'a.test']))]).toEqual([
      [`apply ${TLS} a.test b.test`],
      [],
    ]);
    for (const names of [
      ['a.test'],
      ['a.test', 'b.test', 'c.test'],
      ['a.test', 'c.test'],
      ['x.test', 'y.test'],
    ])
      expect(ordered(over(names)), names.join()).toHaveLength(1);
  });
});

describe('a shared certificate that is there', () => {
  const objects = [certificate(['b.test', 'a.test']), secret(['a.test', 'b.test'])];

  test('stays as it is, whatever the order of its names', () => {
    const plan = planned(['a.test', 'b.test'], { objects });
    expect([writes(plan), ordered(plan), plan.secrets]).toEqual([[], [], [TLS]]);
    expect(plan.statuses).toEqual([{ name: TLS, names: 2, ready: false }]);
  });

  test('is an order with another name or issuer, and remembers the earlier ones', () => {
    const plan = planned(['a.test', 'b.test', 'c.test'], { objects });
    expect(ordered(plan)).toEqual([`${TLS} a.test b.test c.test`]);
    const [action] = plan.orders[0]?.part.actions ?? [];
    expect(action?.verb === 'apply' ? action.object.metadata.annotations : {}).toEqual({
      [CERTIFICATE_ANNOTATIONS.orders]: `${HOUR_AGO},${NOW}`,
      [CERTIFICATE_ANNOTATIONS.namesChangedAt]: NOW,
    });
    expect(action?.precondition).toHaveProperty('resourceVersion');
    const other = planned(['a.test', 'b.test'], {
      objects: [certificate(['a.test', 'b.test'], 1, { issuer: 'other' })],
    });
    expect(ordered(other)).toHaveLength(1);
    const [kept] = other.orders[0]?.part.actions ?? [];
    expect(
      kept?.verb === 'apply'
        ? kept.object.metadata.annotations?.[CERTIFICATE_ANNOTATIONS.namesChangedAt]
        : '',
    ).toBe(HOUR_AGO);
  });

  test('is written without an order when only what is written on it differs', () => {
    const plan = planned(['a.test'], {
      objects: [
        certificate(['a.test'], 1, { annotations: { [CERTIFICATE_ANNOTATIONS.namesChangedAt]: 'soon' } }),
      ],
    });
    expect(ordered(plan)).toEqual([]);
    const bare = edgeCertificate(TLS, ['a.test']);
    expect(writes(planned(['a.test'], { objects: [bare] }))).toEqual([`apply ${TLS} a.test`]);
  });

  test('is ready when its controller says so of it as it is', () => {
    const ready = (condition: object) =>
      planned(['a.test'], {
        objects: [certificate(['a.test'], 1, { status: { conditions: [{ type: 'Ready', ...condition }] } })],
      }).statuses[0]?.ready;
    expect(ready({ status: 'True', observedGeneration: 1 })).toBe(true);
    expect(ready({ status: 'True', observedGeneration: 0 })).toBe(false);
    expect(ready({ status: 'False', observedGeneration: 1 })).toBe(false);
  });
});

describe('the certificates', () => {
  test('are the first and those with its numbers, up to 64, in the namespace of the Gateway', () => {
    const numbered = (...numbers: readonly number[]) =>
      planned(
        numbers.map((number) => `n${number}.test`),
        { objects: numbers.map((number) => certificate([`n${number}.test`], number)) },
      ).statuses.map(({ name }) => name);
    expect(numbered(1, 2, 64)).toEqual([TLS, `${TLS}-2`, `${TLS}-64`]);
    expect(numbered(2)).toEqual([`${TLS}-2`]);
    expect(numbered(65)).toEqual([]);
    const elsewhere = certificate(['a.test'], 2);
    expect(
      planned(['a.test'], {
        objects: [{ ...elsewhere, metadata: { ...elsewhere.metadata, namespace: 'other' } }],
      }).statuses,
    ).toEqual([]);
  });

  test('are written by name, and not while nothing may be or can be', () => {
    expect(ordered(planned(['a.test'], { host: { complete: false } }))).toEqual([]);
    const without = planned(['a.test'], { host: { apis: ['gateway.networking.k8s.io/v1/HTTPRoute'] } });
    expect([ordered(without), codes(without)]).toEqual([[], ['CertificateCRDMissing']]);
    expect(codes(planned(['a.test']))).toEqual([]);
  });

  test('are not written over a Secret or beside a Certificate of others, but referred to', () => {
    const handMade = tlsSecret(TLS, ['a.test'], null, {
      metadata: { name: TLS, namespace: 'kubebyon-system', uid: 'x', resourceVersion: '1' },
    });
    const blocked = planned(['a.test'], { objects: [handMade] });
    expect([ordered(blocked), codes(blocked), blocked.secrets]).toEqual([[], ['SecretNotOurs'], [TLS]]);
    const theirs = edgeCertificate('theirs', ['a.test']);
    const contested = planned(['a.test'], {
      objects: [{ ...theirs, metadata: { ...theirs.metadata, labels: {} }, spec: { secretName: TLS } }],
    });
    expect([ordered(contested), codes(contested), contested.secrets]).toEqual([
      [],
      ['SecretWrittenByOthers'],
      [TLS],
    ]);
  });

  test('leave out a name that made an order fail', () => {
    const failed = {
      conditions: [{ type: 'Issuing', status: 'False', reason: 'Failed', message: 'b.test is bad' }],
    };
    const plan = planned(['a.test', 'b.test'], {
      objects: [certificate(['a.test', 'b.test'], 1, { status: failed })],
    });
    expect(ordered(plan)).toEqual([`${TLS} a.test`]);
    expect(plan.quarantine).toHaveProperty(['b.test']);
    expect(codes(plan)).toEqual(['CertificateFailed', 'CertificateNameQuarantined']);
  });
});

describe('a certificate of which no name is wanted any more', () => {
  const gone = certificate(['gone.test'], 2);
  const used = certificate(['a.test']);

  test('goes, and the listener lets go of its Secret', () => {
    const plan = planned(['a.test'], { objects: [used, gone] });
    expect([writes(plan), plan.secrets]).toEqual([[`delete ${TLS}-2`], [TLS]]);
    expect(planned(['a.test'], { objects: [used, gone, secret(['a.test'], 2)] }).secrets).toEqual([
      TLS,
      `${TLS}-2`,
    ]);
    expect(
      planned(['a.test', 'gone.test'], { objects: [used, certificate(['x.test', 'gone.test'], 2)] }).secrets,
    ).toEqual([TLS, `${TLS}-2`]);
  });

  test('stays while names are held back, or Certificates, or the listener refers to it', () => {
    for (const kind of ['hostname', 'HTTPRoute', 'everything'] as const) {
      const plan = planned(['a.test'], { objects: [used, gone], hold: holding(kind) });
      expect([writes(plan), plan.secrets], kind).toEqual([[], [TLS, `${TLS}-2`]]);
    }
    expect(writes(planned(['a.test'], { objects: [used, gone], hold: holding('Certificate') }))).toEqual([]);
    expect(
      planned(['a.test'], { objects: [used, certificate([], 2)], hold: holding('hostname') }).secrets,
    ).toEqual([TLS]);
    const entry = {
      name: 'workload-https',
      port: 443,
      protocol: 'HTTPS',
      tls: { certificateRefs: [{ name: TLS }, { name: `${TLS}-2` }] },
    };
    const gateway = workloadGateway([chartListener(), entry]);
    const managedFields = [
      {
        manager: 'kubebyon-edge-sync',
        operation: 'Apply',
        fieldsV1: { 'f:spec': { 'f:listeners': { 'k:{"name":"workload-https"}': {} } } },
      },
    ];
    expect(
      writes(
        planned(['a.test'], {
          objects: [used, gone, { ...gateway, metadata: { ...gateway.metadata, managedFields } }],
        }),
      ),
    ).toEqual([]);
  });

  test('of an earlier name of the Secret goes too', () => {
    expect(writes(planned(['a.test'], { objects: [used, edgeCertificate('earlier', ['a.test'])] }))).toEqual([
      'delete earlier',
    ]);
  });
});

describe('without cert-manager', () => {
  test('our shared Certificates go, and the Secret of the config is served', () => {
    const objects = [certificate(['a.test'])];
    for (const tls of [{ certManager: false }] as const) {
      const plan = planned(['a.test'], { objects, tls });
      expect([writes(plan), plan.secrets, plan.statuses]).toEqual([[`delete ${TLS}`], [TLS], []]);
      expect(writes(planned(['a.test'], { objects, tls, hold: holding('Certificate') }))).toEqual([
        `delete ${TLS}`,
      ]);
      expect(writes(planned(['a.test'], { objects, tls, hold: holding('everything') }))).toEqual([]);
    }
    expect(planned(['a.test'], { objects, tls: 'off' }).secrets).toEqual([]);
  });
});

test('a new name waits for ten minutes after the last one', () => {
  const recent = { annotations: { [CERTIFICATE_ANNOTATIONS.namesChangedAt]: formatTime(now - 9 * MINUTE) } };
  const plan = planned(['a.test', 'b.test'], { objects: [certificate(['a.test'], 1, recent)] });
  expect([writes(plan), ordered(plan)]).toEqual([[], []]);
});
