import { at, type DataMap, evaluate, isDataMap, type Scope } from '../../template/index.ts';
import { sameData } from '../../text/same-data.ts';
import { shareOf } from '../amount.ts';
import { isRecreated } from '../api-strategy.ts';
import type { Path } from '../load/plain.ts';
import { namespaces } from '../names.ts';
import type { Finding } from './finding.ts';

/**
 * What is allowed, or cannot be said in the language of templates, and does something else than was meant: only the
 * library tells of it.
 *
 * @param scope complete values and the release.
 */
export function adviceFindings(scope: Scope): readonly Finding[] {
  const { values } = scope;
  return [
    ...strategyFindings(scope),
    ...['api', 'worker', 'web', 'edgeController'].flatMap((section) => drainFindings(values, section)),
    ...['api', 'routeAgent', 'edgeController'].flatMap((section) => accountFindings(values, section)),
    ...routeFindings(scope),
    ...['gatewayAPI', 'gatewayAPI.platform', 'gatewayAPI.workload'].flatMap((path) =>
      addressFindings(values, path.split('.')),
    ),
  ];
}

function error(code: string, path: Path, message: string, hint: string): Finding {
  return { severity: 'error', code, path, message, hint };
}

function warning(code: string, path: Path, message: string, hint: string): Finding {
  return { severity: 'warning', code, path, message, hint };
}

function isZero(amount: unknown): boolean {
  return amount === 0 || /^0+%$/.test(String(amount));
}

/** How Pods of the API are replaced. */
function strategyFindings(scope: Scope): readonly Finding[] {
  const { values } = scope;
  const isOnNode = at(values, ['api', 'hostNetwork']) === true;
  const path = ['api', 'strategy', 'rollingUpdate', 'maxSurge'];
  const surge = at(values, path);
  if (!(isOnNode || isZero(surge)) || evaluate(isRecreated, scope) === true) return [];
  if (isZero(surge)) {
    if (!isZero(at(values, ['api', 'strategy', 'rollingUpdate', 'maxUnavailable']))) return [];
    const message = 'expected maxSurge or maxUnavailable above 0, found both 0: no Pod could be replaced';
    return [error('StrategyWithoutProgress', path, message, 'raise one of the two')];
  }
  const message = `on the network of the Node two Pods want one port, and maxSurge ${String(surge)} has both run at once`;
  const hint = 'set api.strategy.type to Recreate, or maxSurge to 0';
  return [warning('PodsShareNodePort', path, message, hint)];
}

/** A budget that never lets a Pod go. */
function drainFindings(values: DataMap, section: string): readonly Finding[] {
  const budget = at(values, [section, 'podDisruptionBudget']);
  const replicas = at(values, [section, 'replicas']);
  if (!isDataMap(budget) || budget.enabled !== true || typeof replicas !== 'number' || replicas === 0)
    return [];
  if (at(values, [section, 'enabled']) === false) return [];
  const { minAvailable } = budget;
  if (shareOf(minAvailable, replicas) < replicas) return [];
  const path = [section, 'podDisruptionBudget', 'minAvailable'];
  const message = `${String(minAvailable)} of ${replicas} Pods must stay, so that none may go: a drain of its Node never ends`;
  return [warning('DrainNeverEnds', path, message, `raise ${section}.replicas, or lower minAvailable`)];
}

/** Roles that would be bound to the account that every Pod of the namespace has. */
function accountFindings(values: DataMap, section: string): readonly Finding[] {
  const account = at(values, [section, 'serviceAccount']);
  if (!isDataMap(account) || account.create !== false || account.name !== '') return [];
  if (at(values, [section, 'enabled']) === false) return [];
  if (at(values, ['rbac', 'create']) !== true) return [];
  const message = 'the roles are bound to the ServiceAccount "default", which every Pod of the namespace has';
  const hint = `set ${section}.serviceAccount.name, or create to true`;
  return [warning('DefaultAccountBound', [section, 'serviceAccount', 'name'], message, hint)];
}

/** Routes of clusters stand in the namespaces of the clusters. */
function routeFindings(scope: Scope): readonly Finding[] {
  const workload = at(scope.values, ['gatewayAPI', 'workload']);
  if (!isDataMap(workload) || workload.enabled !== true) return [];
  if (at(workload, ['allowedRoutes', 'namespaces', 'from']) !== 'Same') return [];
  const namespace = evaluate(namespaces.workload, scope);
  const path = ['gatewayAPI', 'workload', 'allowedRoutes', 'namespaces', 'from'];
  const message = `from=Same admits routes of ${String(namespace)} only, not those of clusters in namespaces of their own`;
  const hint = 'set from to All, or to Selector with the labels of the namespaces of clusters';
  // The constraint RoutesFromOtherNamespaces refuses it where no cluster can be at all.
  return namespace === scope.release.namespace
    ? [warning('RoutesFromOtherNamespaces', path, message, hint)]
    : [];
}

/** A Gateway asks for no address twice; the type that is left out counts. Source: CEL rules of Gateway API. */
function addressFindings(values: DataMap, section: readonly string[]): readonly Finding[] {
  const addresses = at(values, [...section, 'addresses']);
  if (!Array.isArray(addresses)) return [];
  const seen = new Map<string, unknown>();
  return addresses.flatMap((address, index): readonly Finding[] => {
    if (!isDataMap(address) || typeof address.value !== 'string') return [];
    const type = address.type ?? 'IPAddress';
    const identity = `${String(type)} ${address.value}`;
    const before = seen.get(identity);
    // Of elements that are alike in every key the schema tells.
    const isAgain =
      before !== undefined && !sameData(before, address) && ['IPAddress', 'Hostname'].includes(String(type));
    seen.set(identity, address);
    const message = `expected each address once, found ${address.value} again`;
    const path = [...section, 'addresses', index, 'value'];
    return isAgain ? [error('DuplicateEntry', path, message, 'remove one of the two')] : [];
  });
}
