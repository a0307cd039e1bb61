import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { CONTOUR, CONTOUR_CLASS } from '../../tools/lab/contour.ts';
import { CONTOUR_BEHAVIOUR } from './behaviour.ts';
import { describeStories } from './describe-stories.ts';
import { describeIsolation } from './isolation.ts';
import { describeLeftOpen } from './left-open.ts';
import { everything } from './modes.ts';
import { describeTraffic } from './network.ts';
import { describeRunbook } from './runbook.ts';
import { type Stage, startStage } from './stage.ts';
import { STORIES } from './stories.ts';

const CLUSTERS = 4;

/** What every implementation must do without a failed request; the rest does not depend on the implementation. */
const TOLD = [
  'a hostname of a customer is added',
  'and removed again',
  'a hostname below the base domain is given to a cluster',
  'and moves to another cluster',
  'a certificate is renewed',
];

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

  describeRunbook(stage);
  describeLeftOpen(stage, 'Contour');
  describeIsolation(stage, CONTOUR_BEHAVIOUR);
  const stories = STORIES.filter(({ name }) => TOLD.includes(name));
  describeStories('stories with Contour', stories, stage, everything, 'implementations.md');

  test('every story that is told is one of those of Envoy Gateway', () => {
    expect(stories.map(({ name }) => name)).toEqual(TOLD);
  });
  test('nothing went wrong below: Pods, networks, load balancers', () => {
    expect(stage().lab.kubelet.faults).toEqual([]);
  });
});
