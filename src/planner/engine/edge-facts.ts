import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { Finding } from '../findings.ts';
import {
  type CertificateStore,
  type Coverage,
  chartListenerFindings,
  type ForeignListener,
  identityOf,
  judgeSecret,
  listenerPlace,
  listenersIn,
  NO_LISTENERS,
  type ObservedListeners,
  observeListeners,
  type ParentListeners,
  type PlacedListener,
  type ServedCertificates,
  servedCertificates,
} from '../https/index.ts';
import { sameData } from '../world/json.ts';
import { keyOf } from '../world/objects.ts';
import { inSlices } from '../world/slices.ts';
import type { Entries, Facts, Family } from './facts.ts';
import { common, type Single, single } from './single.ts';
import type { WorldFacts } from './world-facts.ts';

export interface EdgeFamilies {
  readonly listeners: Single<ObservedListeners>;
  readonly placed: Entries<PlacedListener>;
  readonly foreign: Pick<Single<readonly ForeignListener[]>, 'get'>;
  /** What keeps the chart's HTTP listener from answering. */
  readonly http: Pick<Single<readonly Finding[]>, 'get'>;
  readonly served: Pick<Single<ServedCertificates>, 'get'>;
  readonly coverage: Pick<Family<string, Coverage>, 'get'>;
  readonly sharedNames: Pick<Family<string, boolean>, 'get'>;
}

/** What Gateway, ListenerSets and Secrets say, and the parts of it that one name is about. */
export function edgeFamilies(
  facts: Facts,
  world: WorldFacts,
  store: CertificateStore,
  workload: WorkloadConfig | undefined,
): EdgeFamilies {
  const ofParent = facts.family((key: string): ParentListeners => {
    const parent = world.observed.byKey(key);
    return parent === undefined ? NO_LISTENERS : listenersIn(parent, workload);
  });
  const listeners = single(
    facts,
    (): ObservedListeners =>
      observeListeners(world.observed, workload, (parent) => ofParent.get(keyOf(parent))),
  );
  const foreign = common(
    facts,
    (): readonly ForeignListener[] => {
      const { foreign: onGateway, foreignSets } = listeners.get();
      return [
        ...onGateway.filter(({ name }) => name !== workload?.httpListenerName).map(listenerPlace),
        ...foreignSets.flatMap((one) => one.listeners),
      ];
    },
    sameData,
    () => {
      const sets = world.observed.shared().filter(({ kind }) => kind === 'ListenerSet');
      return inSlices(sets, 4, (set) => ofParent.get(keyOf(set)));
    },
  );
  const http = common(
    facts,
    (): readonly Finding[] => {
      const { gateway, http: placed } = listeners.get();
      if (gateway === undefined || workload === undefined) return [];
      return chartListenerFindings({
        gateway: identityOf(gateway),
        name: workload.httpListenerName,
        // Listeners of a Gateway come before those of every ListenerSet.
        foreign: foreign.get().filter(({ set }) => set === undefined),
        ...(placed === undefined ? {} : { placed }),
      });
    },
    sameData,
  );
  // A parent that did not change gives the same entries, so only those of the one that did are compared.
  const placed = facts.table(() => listeners.get().own, sameData);
  const judged = facts.family((name: string, clock) => judgeSecret(name, store, clock), sameData);
  const served = common(facts, (): ServedCertificates => {
    const tls = workload?.tls;
    const entry = tls === undefined ? undefined : placed.get(tls.httpsListenerName)?.entry;
    const secrets = entry?.secretNames ?? (tls === undefined ? [] : [tls.secretName]);
    return servedCertificates(secrets, judged.get, store);
  });
  return {
    listeners,
    placed,
    foreign,
    http,
    served,
    coverage: facts.view((hostname: string): Coverage => served.get().covers(hostname), sameCoverage),
    sharedNames: facts.view((name: string): boolean => served.get().names.has(name)),
  };
}

function sameCoverage(a: Coverage, b: Coverage): boolean {
  const reason = (one: Coverage): string => (one.state === 'covered' ? '' : one.reason);
  return a.state === b.state && reason(a) === reason(b);
}
