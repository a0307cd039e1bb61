import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { SharedStatus } from '../status.ts';
import type { Clock } from '../world/clock.ts';
import type { Hold } from '../world/hold.ts';
import { compareText } from '../world/json.ts';
import { describeCondition, missingVerdict, statusCondition } from '../world/looked-at.ts';
import { isCurrent, listenersOf, referenceOf } from '../world/objects.ts';
import { combine, found, NOTHING, type Part, remove } from '../world/part.ts';
import { gatewayPart } from './gateway-listeners.ts';
import type { DedicatedHostname } from './hostname-plan.ts';
import { type Arrangement, arrange, MAX_LISTENERS } from './listener-arrangement.ts';
import type { KeptListeners } from './listener-entries.ts';
import { listenerSetParts } from './listener-sets.ts';
import type { PlacedListener } from './listeners-observed.ts';

export interface ListenersPlan extends Part {
  readonly status: SharedStatus['listeners'];
}

/**
 * Where each of our entries stands; undefined where there can be none. Dedicated listeners stay where they are; new ones
 * prefer ListenerSets, which neither Helm nor other tenants' changes touch.
 */
export function arrangeListeners(
  kept: KeptListeners,
  shared: SharedSteps,
  dedicated: readonly DedicatedHostname[],
  sharedSecrets: readonly string[] | undefined,
  hold: Hold,
  clock: Clock,
): Arrangement | undefined {
  const { workload, listeners } = shared;
  if (workload === undefined || listeners.gateway === undefined || listeners.ownersUnknown) return undefined;
  const setsUsable = workload.listenerSets && shared.apis.listenerSet !== undefined;
  return arrange({ kept, shared, workload, dedicated, sharedSecrets, hold, clock, setsUsable });
}

/**
 * Our entries of the workload Gateway, all under one field manager, and our ListenerSets, as {@link arrangeListeners} says.
 * An entry is written when its Secret exists and goes after the routes that use it.
 */
export function planListeners(
  kept: KeptListeners,
  shared: SharedSteps,
  arrangement: Arrangement | undefined,
  hold: Hold,
  clock: Clock,
): ListenersPlan {
  const { workload, listeners } = shared;
  const { gateway } = listeners;
  if (workload === undefined) return { ...combine(switchedOff(shared, hold)), status: NO_LISTENERS };
  if (gateway === undefined) return { ...found(...missingGateway(shared, workload)), status: NO_LISTENERS };
  if (arrangement === undefined) {
    const message = 'the workload Gateway was read without managedFields';
    const object = referenceOf(gateway);
    return { ...found(finding('ManagedFieldsMissing', null, message, { object })), status: NO_LISTENERS };
  }
  const missing =
    workload.listenerSets && shared.apis.listenerSet === undefined
      ? [
          finding(
            'ListenerSetCRDMissing',
            null,
            `dedicated listeners go to the Gateway: ${shared.apis.unmet.listenerSet}`,
          ),
        ]
      : [];
  const { onGateway, inSets, findings, withdrawals } = arrangement;
  return {
    ...combine([
      found(...missing, ...findings, ...healthFindings(shared, clock)),
      gatewayPart(shared, workload, gateway, onGateway),
      ...listenerSetParts(kept, shared, workload, inSets, hold),
      { ...NOTHING, withdrawals },
    ]),
    status: {
      onGateway: onGateway.length,
      inListenerSets: [...inSets.values()].reduce((sum, list) => sum + list.length, 0),
      freeOnGateway: Math.max(0, MAX_LISTENERS - listeners.foreign.length - onGateway.length),
    },
  };
}

/** Without the feature a ListenerSet of ours goes once no route of ours attaches to it. */
function switchedOff({ listeners, observed }: SharedSteps, hold: Hold): readonly Part[] {
  if (hold.everything) return [];
  return listeners.sets
    .filter((set) => listenersOf(set).every(({ name }) => observed.routesOnListener(name) === 0))
    .map((set) => remove(set, { cluster: null, reason: 'the workload Gateway is off' }));
}

const NO_LISTENERS = Object.freeze({ onGateway: 0, inListenerSets: 0, freeOnGateway: 0 });

/** A Gateway that was not read may be there. */
function missingGateway({ host }: SharedSteps, { gateway }: WorkloadConfig): readonly Finding[] {
  if (!host.complete) return [];
  return [finding('GatewayMissing', null, `Gateway ${gateway.namespace}/${gateway.name} does not exist`)];
}

function healthFindings({ listeners }: SharedSteps, clock: Clock): readonly Finding[] {
  const down = [...listeners.own]
    .filter(([, { health }]) => health.state === 'down')
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { health, parent, entry }]) =>
      finding('ListenerNotProgrammed', null, `listener ${name}: ${health.reason}`, {
        object: referenceOf(parent),
        ...(entry.hostname === undefined ? {} : { hostname: entry.hostname }),
      }),
    );
  const unversioned = [...listeners.own.values()].find(({ health }) => health.unversioned === true);
  const taken = unversioned === undefined ? [] : [withoutGeneration(unversioned)];
  const refused = listeners.sets.flatMap((set) => {
    const accepted = statusCondition(set, 'Accepted');
    const message =
      accepted?.status === 'False' && isCurrent(accepted, set.metadata.generation)
        ? describeCondition('Accepted', accepted)
        : missingVerdict(set, accepted, 'Accepted', clock)?.what;
    return message === undefined
      ? []
      : [finding('ListenerSetNotAccepted', null, message, { object: referenceOf(set) })];
  });
  return [...down, ...taken, ...refused];
}

function withoutGeneration({ entry, parent }: PlacedListener): Finding {
  const message = `listener ${entry.name} and maybe others: conditions without observedGeneration, or no ResolvedRefs`;
  return finding('ConditionsWithoutGeneration', null, message, { object: referenceOf(parent) });
}
