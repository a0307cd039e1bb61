import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYTHING } from '../../tools/lab/chart.ts';
import { IS_LONG } from '../../tools/lab/long.ts';
import { describeStories } from './describe-stories.ts';
import { describeFirstAnswer } from './first-answer.ts';
import { describeIsolation } from './isolation.ts';
import { describeLeftOpen } from './left-open.ts';
import { describeListenerSets } from './listener-sets.ts';
import { describeTraffic } from './network.ts';
import { describeObjects } from './objects.ts';
import { describeRunbook } from './runbook.ts';
import { describeSite } from './site.ts';
import { type Stage, startStage } from './stage.ts';
import { STORIES } from './stories.ts';
import { describeWildcards } from './wildcards.ts';

const CLUSTERS = 8;

describeTraffic('a platform of several Nodes with tenants, by real traffic', () => {
  let started: Stage | undefined;
  const stage = (): Stage => {
    if (started === undefined) throw new Error('the lab did not start');
    return started;
  };
  beforeAll(async () => {
    started = await startStage(CLUSTERS, { chart: 'multi-node', values: EVERYTHING, helm: '4.3' });
  });
  afterAll(() => started?.lab.stop());

  describeRunbook(stage);
  describeObjects(stage);
  describeWildcards(stage);
  describeIsolation(stage);
  describeStories('stories', STORIES, stage);
  describeFirstAnswer(stage);
  describeSite(stage);
  if (IS_LONG) {
    describeListenerSets(stage);
    describeLeftOpen(stage, 'Envoy Gateway');
  }

  test('nothing went wrong below: Pods, networks, load balancers', () => {
    expect(stage().lab.kubelet.faults).toEqual([]);
  });
});
