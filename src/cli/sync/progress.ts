import type { ControllerState } from '../../controller/index.ts';
import { describeFailure } from '../../kube/index.ts';

/** Where a controller stands, on one line. */
export function progressText(
  { host, inventory, tenants, unansweredNames, plan, left, refusals }: ControllerState,
  writes: number,
): string {
  return [
    `host ${host.listed}/${host.of} kinds`,
    `inventory ${inventory.complete ? 'read' : 'not read'}`,
    ...(tenants.of === 0 ? [] : [`clusters ${tenants.settled - tenants.failures.length}/${tenants.of}`]),
    ...(unansweredNames === 0 ? [] : [`DNS of ${unansweredNames} names to come`]),
    plan === undefined ? 'not planned yet' : `${left} to write`,
    `${writes} written`,
    ...(refusals.length === 0 ? [] : [`${refusals.length} refused`]),
  ].join(', ');
}

/** What keeps a controller from having nothing left to do, a line each; empty when nothing does. */
export function unfinishedText({
  isLeading,
  leaseTrouble,
  host,
  inventory,
  tenants,
  unansweredNames,
  plan,
  refusals,
}: ControllerState): readonly string[] {
  const failures = [...host.failures, ...(inventory.failure === undefined ? [] : [inventory.failure])];
  return [
    ...(isLeading ? [] : ['another process holds the Lease, or it could not be taken']),
    ...(leaseTrouble === undefined ? [] : [describeFailure(leaseTrouble)]),
    ...failures.map(describeFailure),
    ...(host.listed === host.of ? [] : [`${host.of - host.listed} kinds of the host are not listed yet`]),
    ...(inventory.read ? [] : ['the inventory has not been read']),
    ...(inventory.read && !inventory.complete && inventory.failure === undefined
      ? ['the inventory says that it is not complete']
      : []),
    ...tenants.failures
      .slice(0, 20)
      .map(({ cluster, failure }) => `cluster ${cluster}: ${describeFailure(failure)}`),
    ...(tenants.settled === tenants.of
      ? []
      : [`${tenants.of - tenants.settled} clusters have not answered yet`]),
    ...(unansweredNames === 0 ? [] : [`DNS has not answered about ${unansweredNames} names`]),
    ...refusals.map(({ key, failure }) => `${key} was refused: ${describeFailure(failure)}`),
    ...(plan === undefined
      ? []
      : plan.actions.slice(0, 20).map(({ id, reason }) => `${id} is left: ${reason}`)),
  ];
}
