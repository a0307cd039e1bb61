import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { CONTOUR, CONTOUR_CLASS } from '../../tools/lab/contour.ts';
import { CONTOUR_BEHAVIOUR } from './behaviour.ts';
import { describeIsolation } from './isolation.ts';
import { describeLeftOpen } from './left-open.ts';
import { describeTraffic } from './network.ts';
import { describeRunbook } from './runbook.ts';
import { type Stage, startStage } from './stage.ts';

const CLUSTERS = 4;

describeTraffic('the platform with Contour in the place of Envoy Gateway', () => {
  let started: Stage | undefined;
  const stage = (): Stage => {
    if (started === undefined) throw new Error('the lab did not start');
    return started;
  };
  beforeAll(async () => {
    const values = merge(EVERYTHING, { gatewayAPI: { gatewayClassName: CONTOUR_CLASS } });
    started = await startStage(CLUSTERS, { chart: 'multi-node', values, helm: '4.3' }, CONTOUR);
  });
  afterAll(() => started?.lab.stop());

  describeRunbook(stage, CONTOUR_BEHAVIOUR);
  describeLeftOpen(stage, 'Contour');
  describeIsolation(stage, CONTOUR_BEHAVIOUR);

  test('nothing went wrong below: Pods, networks, load balancers', () => {
    expect(stage().lab.kubelet.faults).toEqual([]);
  });
});
