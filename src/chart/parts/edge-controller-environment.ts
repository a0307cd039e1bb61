import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import {
  EDGE_CONTROLLER_API_VARIABLES,
  EDGE_CONTROLLER_VARIABLES,
} from '../../contract/variables/edge-controller.ts';
import { ROUTE_AGENT_NODE_VARIABLES } from '../../contract/variables/route-agent.ts';
import { isSet, joinItems, type Template, type TemplateItem, when } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { type ValuedVariable, valued } from './environment.ts';

const { acknowledgedWithdrawals, baseDomain, retiredTargets } = values.edgeController;

const told = valued(EDGE_CONTROLLER_VARIABLES, {
  baseDomain: { value: baseDomain, isTold: isSet(baseDomain) },
  retiredTargets: { value: joinItems(retiredTargets, ','), isTold: isSet(retiredTargets) },
  acknowledgedWithdrawals: {
    value: joinItems(acknowledgedWithdrawals, ','),
    isTold: isSet(acknowledgedWithdrawals),
  },
});

/** What the values tell the edge controller of its inventory. */
export const edgeControllerVariables: readonly ValuedVariable[] = told.map(({ name, value: { value } }) => ({
  name,
  value,
}));

/** The same in its container, each where it is set. */
export const edgeControllerEnvironment: readonly TemplateItem<IEnvVar>[] = told.map(
  ({ name, value: { value, isTold } }) => when(isTold, { name, value }),
);

/** From where it probes: without, it leaves the addresses of Pods alone. */
export const edgeControllerNode: Template<IEnvVar> = {
  name: ROUTE_AGENT_NODE_VARIABLES.nodeName.name,
  valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
};

/** What the API is told when the edge controller runs. */
export const edgeControllerNotice: readonly ValuedVariable[] = valued(EDGE_CONTROLLER_API_VARIABLES, {
  edgeControllerEnabled: 'true',
}).map(({ name, value }) => ({ name, value }));
