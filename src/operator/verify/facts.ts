import { LABELS } from '../../contract/labels.ts';
import type { GatewayApiConfig } from '../../contract/runtime-config.ts';
import { isOurs, label } from '../../planner/world/objects.ts';
import { configOf } from '../checks/deployment-config.ts';
import { type Answer, all, type ClusterFacts, type SeenObject } from '../checks/facts.ts';
import type { KindName } from '../checks/kinds.ts';
import type { Rule } from '../checks/rule.ts';
import type { Rights } from '../preflight/rights.ts';
import type { RequestFacts } from './request-facts.ts';

/** What the checks after an installation look at. */
export interface VerifyFacts extends ClusterFacts {
  readonly release: { readonly name: string; readonly namespace: string };
  /** Hostnames that somebody asked about. */
  readonly hostnames: readonly string[];
  /** What became of real requests; empty when none were sent. */
  readonly requests: readonly RequestFacts[];
  /** What the service account of whoever keeps the entries may do. */
  readonly rights: Rights;
  /** What the runtime is told, where no Deployment says it: of a World. */
  readonly config?: GatewayApiConfig;
}

/** A check after an installation. */
export type VerifyRule = Rule<VerifyFacts>;

/** Whether an object belongs to the release, by its labels. */
export function isOfRelease(object: SeenObject, { release }: Pick<VerifyFacts, 'release'>): boolean {
  return label(object, LABELS.name) === 'kubebyon' && label(object, LABELS.instance) === release.name;
}

/** Objects of the release in its namespace, as far as they could be read. */
export function ofRelease(facts: VerifyFacts, kind: KindName): readonly SeenObject[] {
  const answer = all(facts, kind, facts.release.namespace);
  return answer.seen ? answer.value.filter((object) => isOfRelease(object, facts)) : [];
}

/** The Deployment of a part of the release. */
export function partOf(facts: VerifyFacts, component: string): SeenObject | undefined {
  return ofRelease(facts, 'Deployment').find((object) => label(object, LABELS.component) === component);
}

/** What the runtime is told, where the entries are Gateways. */
export function runtimeConfig(facts: VerifyFacts): GatewayApiConfig | undefined {
  if (facts.config !== undefined) return facts.config;
  const deployment = partOf(facts, 'api') ?? partOf(facts, 'edge-controller');
  const said = deployment === undefined ? undefined : configOf(deployment);
  return said?.ok === true && said.config.provider === 'gatewayapi' ? said.config : undefined;
}

/** The Deployment that keeps the entries. */
export function keeperOf(facts: VerifyFacts): SeenObject | undefined {
  return partOf(facts, 'edge-controller') ?? partOf(facts, 'api');
}

/** One of the three entries. */
export interface Entry {
  readonly role: 'control-plane' | 'platform' | 'workload';
  readonly namespace: string;
  readonly name: string;
}

/** The Gateways that must be there: two by the variables of the API, that of the platform by its label. */
export function entriesOf(facts: VerifyFacts): readonly Entry[] {
  const config = runtimeConfig(facts);
  if (config === undefined) return [];
  const gateways = all(facts, 'Gateway');
  const platform = gateways.seen
    ? gateways.value.filter(
        (one) => isOfRelease(one, facts) && label(one, LABELS.component) === 'platform-gateway',
      )
    : [];
  return [
    { role: 'control-plane', ...config.controlPlane.gateway },
    ...platform.map(
      ({ metadata }) =>
        ({ role: 'platform', namespace: metadata.namespace ?? '', name: metadata.name }) as const,
    ),
    ...(config.workload === undefined ? [] : [{ role: 'workload', ...config.workload.gateway } as const]),
  ];
}

/** The Gateways of the entries, as far as they are there. */
export function gatewaysOf(
  facts: VerifyFacts,
): readonly { readonly entry: Entry; readonly gateway: SeenObject }[] {
  const gateways = all(facts, 'Gateway');
  if (!gateways.seen) return [];
  return entriesOf(facts).flatMap((entry) => {
    const gateway = gateways.value.find(
      ({ metadata }) => metadata.name === entry.name && metadata.namespace === entry.namespace,
    );
    return gateway === undefined ? [] : [{ entry, gateway }];
  });
}

/** Objects that the runtime keeps, of a kind. */
export function runtimeObjects(answer: Answer): readonly SeenObject[] {
  return answer.seen ? answer.value.filter(isOurs) : [];
}
