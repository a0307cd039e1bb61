import { WEB_ENV } from '../contract/environment.ts';
import { values } from '../values/chart-definition.ts';
import { apiDeployment } from './api-deployment.ts';
import type { ChartObject } from './chart-object.ts';
import { edgeControllerDeployment } from './edge-controller-deployment.ts';
import { edgeControllerNotice, edgeControllerVariables } from './parts/edge-controller-environment.ts';
import { environmentOf } from './parts/environment.ts';
import { routeAgentVariables } from './parts/route-agent-environment.ts';
import { routeAgentDaemonSet } from './route-agent-daemon-set.ts';
import { webDeployment } from './web-deployment.ts';
import { workerDeployment } from './worker-deployment.ts';

/** A Pod of the charts. */
export interface PodSource {
  /** The section of the values that adds to it. */
  readonly section: string;
  readonly object: ChartObject;
  /** The variables that its first container may get, each with what its value follows from. */
  readonly variables: readonly { readonly name: string; readonly value?: unknown }[];
}

const { env } = values.web;

/** Every Pod of the charts that values add to. */
export const pods: readonly PodSource[] = [
  {
    section: 'api',
    object: apiDeployment,
    variables: [
      ...environmentOf('api', 'gatewayapi'),
      ...environmentOf('api', 'workload'),
      ...edgeControllerNotice,
    ],
  },
  { section: 'worker', object: workerDeployment, variables: environmentOf('worker', 'gatewayapi') },
  {
    section: 'web',
    object: webDeployment,
    variables: [
      { name: WEB_ENV.apiBaseURL, value: env.apiBaseURL },
      { name: WEB_ENV.nextPublicAPIBaseURL, value: env.nextPublicAPIBaseURL },
      { name: WEB_ENV.hostname, value: env.hostname },
    ],
  },
  {
    section: 'edgeController',
    object: edgeControllerDeployment,
    variables: [
      ...environmentOf('edge-controller', 'gatewayapi'),
      ...environmentOf('edge-controller', 'workload'),
      ...edgeControllerVariables,
    ],
  },
  {
    section: 'routeAgent',
    object: routeAgentDaemonSet,
    variables: routeAgentVariables,
  },
];
