import { and, concat, type Expr, eq, firstNonEmpty } from '../../template/index.ts';
import { values, workerValues } from '../chart-definition.ts';
import { names } from '../names.ts';
import type { Constraint } from './constraint.ts';

const { api, edgeController, gatewayAPI, routeAgent, web } = values;
const { podCIDRRoute } = gatewayAPI.workload;

interface Account {
  readonly section: string;
  /** Holds when the chart makes the ServiceAccount. */
  readonly isMade: Expr<boolean>;
  readonly name: Expr<string>;
}

const apiAccount = account('api', api.serviceAccount, names.api);
const webAccount = account('web', web.serviceAccount, names.web, web.enabled);
const routeAgentAccount = account(
  'routeAgent',
  routeAgent.serviceAccount,
  names.routeAgent,
  podCIDRRoute.enabled,
  eq(podCIDRRoute.mode, 'routeagent'),
);
const edgeControllerAccount = account(
  'edgeController',
  edgeController.serviceAccount,
  names.edgeController,
  edgeController.enabled,
);
const workerAccount = account('worker', workerValues.serviceAccount, names.worker);

/** ServiceAccounts that the chart makes are different ones: their owners may do different things. */
export const serviceAccountConstraints: readonly Constraint[] = [
  differ(webAccount, apiAccount),
  differ(routeAgentAccount, apiAccount),
  differ(routeAgentAccount, webAccount),
  differ(edgeControllerAccount, apiAccount),
  differ(edgeControllerAccount, webAccount),
  differ(edgeControllerAccount, routeAgentAccount),
];

/** The same for the worker, which only the multi-node chart has. */
export const workerServiceAccountConstraints: readonly Constraint[] = [
  differ(workerAccount, apiAccount),
  differ(workerAccount, webAccount),
  differ(workerAccount, routeAgentAccount),
  differ(workerAccount, edgeControllerAccount),
];

function account(
  section: string,
  { create, name }: typeof api.serviceAccount,
  defaultName: Expr<string>,
  ...conditions: readonly Expr<boolean>[]
): Account {
  return { section, isMade: and(...conditions, create), name: firstNonEmpty(name, defaultName) };
}

function differ(one: Account, other: Account): Constraint {
  return {
    code: 'ServiceAccountNamesCollide',
    brokenWhen: and(one.isMade, other.isMade, eq(one.name, other.name)),
    path: `${one.section}.serviceAccount.name`,
    message: concat(`the ServiceAccounts of ${one.section} and ${other.section} have one name, `, one.name),
    hint: `choose another name, or set ${one.section}.serviceAccount.create=false to share the account`,
  };
}
