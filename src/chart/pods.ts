import { WEB_ENV } from '../contract/environment.ts';
import { values } from '../values/chart-definition.ts';
import { edgeControllerNotice, edgeControllerVariables } from './parts/edge-controller-environment.ts';
import { environmentOf } from './parts/environment.ts';
import { routeAgentVariables, routeMarkVariables } from './parts/route-agent-environment.ts';

/** A Pod of the charts. */
export interface PodSource {
  /** The section of the values that adds to it. */
  readonly section: string;
  /** The file of the object that makes it. */
  readonly file: string;
  /** The variables that its first container may get, each with what its value follows from. */
  readonly variables: () => readonly { readonly name: string; readonly value?: unknown }[];
}

/** Every Pod of the charts that values add to. */
export const pods: readonly PodSource[] = [
  {
    section: 'api',
    file: 'api-deployment',
    variables: () => [
      ...environmentOf('api', 'gatewayapi'),
      ...environmentOf('api', 'workload'),
      ...edgeControllerNotice,
      ...routeMarkVariables,
    ],
  },
  { section: 'worker', file: 'worker-deployment', variables: () => environmentOf('worker', 'gatewayapi') },
  {
    section: 'web',
    file: 'web-deployment',
    variables: () => [
      { name: WEB_ENV.apiBaseURL, value: values.web.env.apiBaseURL },
      { name: WEB_ENV.nextPublicAPIBaseURL, value: values.web.env.nextPublicAPIBaseURL },
      { name: WEB_ENV.hostname, value: values.web.env.hostname },
    ],
  },
  {
    section: 'edgeController',
    file: 'edge-controller-deployment',
    variables: () => [
      ...environmentOf('edge-controller', 'gatewayapi'),
      ...environmentOf('edge-controller', 'workload'),
      ...edgeControllerVariables,
    ],
  },
  {
    section: 'routeAgent',
    file: 'route-agent-daemon-set',
    variables: () => routeAgentVariables,
  },
];
