import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACME_ISSUER, REFUSED_DOMAIN } from '../../tools/lab/acme.ts';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { IS_LONG } from '../../tools/lab/long.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { BASE, targetOf } from '../support/worlds.ts';
import {
  certificatesFor,
  complaints,
  ELSEWHERE,
  hasFailed,
  ordersFor,
  saidOf,
  solverRoutes,
  told,
} from './acme-parts.ts';
import { ACME_STORIES, trusting, WITH_ACME } from './acme-stories.ts';
import { describeStories } from './describe-stories.ts';
import { describeFirstAnswer, PROVEN_BY_HTTP } from './first-answer.ts';
import { hostnamesOf, ofCustomer, ofPlatform } from './names.ts';
import { describeTraffic } from './network.ts';
import { isFrom, untilServed } from './serving.ts';
import { type Stage, startStage } from './stage.ts';

const CLUSTERS = 2;

/** A hostname whose DNS leads elsewhere when its customer adds it. */
const ASTRAY = 'astray.customer2.test';
const REFUSED = `www.${REFUSED_DOMAIN}`;
const PROVEN = 'proven.customer1.test';

describeTraffic('certificates of an ACME authority that proves names by HTTP-01', () => {
  let started: Stage | undefined;
  const stage = (): Stage => {
    if (started === undefined) throw new Error('the lab did not start');
    return started;
  };
  const hold = (index: number, ...more: readonly string[]): Promise<void> =>
    stage().lab.setHostnames(index, [...hostnamesOf(index), ...more]);
  const served = async (index: number, host: string): Promise<number> => {
    const { lab, entries } = stage();
    const question = trusting(await lab.acme.root(), (await entries()).workload, host);
    return untilServed(host, question, isFrom(index));
  };

  beforeAll(async () => {
    const values = merge(EVERYTHING, WITH_ACME);
    started = await startStage(CLUSTERS, { chart: 'multi-node', values, helm: '4.3' });
    await started.lab.setRecords({ [ASTRAY]: ELSEWHERE });
    await hold(2, ASTRAY);
  });
  afterAll(() => started?.lab.stop());

  test('each hostname of a customer is served with a certificate that the authority has signed', async () => {
    const { lab, clusters } = stage();
    for (const index of clusters) await served(index, ofCustomer(index));
    expect(clusters.map((index) => lab.acme.validations(ofCustomer(index)))).toEqual([1, 1]);
  });

  test('of a hostname whose DNS leads elsewhere the authority hears nothing', async () => {
    const { lab } = stage();
    const said = await saidOf(lab.host, 2, ASTRAY);
    expect(said.DNSReady).toMatch(/^False /);
    expect(await ordersFor(lab.host, ASTRAY)).toEqual([]);
    expect(lab.acme.orders()).toBe(CLUSTERS);
    await lab.setRecords({ [ASTRAY]: targetOf(2) });
  });

  test('the route of the solver stands on our Gateway, and nobody takes it for a rival', async () => {
    const { lab } = stage();
    await hold(1, PROVEN);
    const stands = async () => (await solverRoutes(lab.host, PROVEN)).length > 0;
    await waitUntil('the route of the solver', stands);
    const codes = [
      ...(await complaints(lab.host, ['why', PROVEN])),
      ...(await complaints(lab.host, ['verify'])),
    ].map((line) => line.split(' ')[1]);
    expect(await stands()).toBe(true);
    expect(codes).not.toContain('HostnameRival');
    expect(codes).not.toContain('ForeignRoute');
    await served(1, PROVEN);
    expect((await told(lab.host)).filter((line) => line.startsWith('Foreign'))).toEqual([]);
  });

  test('an authority that refuses a name is asked once, and it is told why', async () => {
    const { host } = stage().lab;
    await hold(1, REFUSED);
    await waitUntil('the order has failed', async () => hasFailed(await certificatesFor(host, REFUSED)));
    const wasTold = async () => (await told(host)).some((line) => line.startsWith('CertificateFailed: '));
    await waitUntil('it is told', wasTold);
    expect(await complaints(host, ['why', REFUSED])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^failed HostnameIssued .*rejectedIdentifier/)]),
    );
    expect(await ordersFor(host, REFUSED)).toHaveLength(1);
  });

  test('a wildcard from an issuer that solves HTTP-01 alone is never proven, and it is told', async () => {
    const { lab, become } = stage();
    const name = `*.${BASE}`;
    await become(
      merge(WITH_ACME, { gatewayAPI: { workload: { certManager: { issuerRef: { name: ACME_ISSUER } } } } }),
    );
    await waitUntil('the order', async () => (await ordersFor(lab.host, name)).length > 0);
    expect(await complaints(lab.host, ['why', ofPlatform(1)])).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^failed HostnameIssued .*lab-acme has no solver for DNS-01, by which alone/),
      ]),
    );
    expect(lab.acme.validations(BASE)).toBe(0);
  });

  describeStories('stories with ACME', ACME_STORIES, stage);
  if (IS_LONG) describeFirstAnswer(stage, PROVEN_BY_HTTP);

  test('the hostname whose DNS leads here now is served', async () => {
    await hold(2, ASTRAY);
    await served(2, ASTRAY);
    expect(stage().lab.acme.validations(ASTRAY)).toBe(1);
  });

  test('nothing went wrong below: Pods, networks, load balancers', () => {
    expect(stage().lab.kubelet.faults).toEqual([]);
  });
});
