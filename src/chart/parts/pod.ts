import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import {
  block,
  choose,
  type Expr,
  firstNonEmpty,
  forEach,
  isSet,
  not,
  or,
  type Template,
  type When,
  when,
} from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import type { GroupDefinition } from '../../values/definition.ts';
import type { References } from '../../values/references.ts';
import type { podKeys } from '../../values/sections/pod.ts';

/** References to the keys that every Pod has. */
export type PodValues = References<GroupDefinition<ReturnType<typeof podKeys>>>;

const { global, imagePullSecrets } = values;

/** Secrets with credentials of image registries: those of this chart, else those of the parent chart. */
export function pullSecrets(): When<Template<NonNullable<IPodSpec['imagePullSecrets']>>> {
  // Not both: a Secret in both lists would stand twice, which server-side apply refuses.
  const own = isSet(imagePullSecrets);
  return when(or(own, isSet(global.imagePullSecrets)), [
    block(own, [forEach(imagePullSecrets, 'pullSecret', (pullSecret) => ({ name: pullSecret.name }))]),
    block(not(own), [
      forEach(global.imagePullSecrets, 'pullSecret', (pullSecret) => ({ name: pullSecret.name })),
    ]),
  ]);
}

/** The ServiceAccount that a Pod runs as. */
export function serviceAccountName(pod: PodValues, defaultName: Expr<string>): Expr<string> {
  const { create, name } = pod.serviceAccount;
  return choose(create, firstNonEmpty(name, defaultName), firstNonEmpty(name, 'default'));
}

/** Where a Pod runs and how it ends, as the values say. */
export function scheduling(pod: PodValues) {
  return {
    priorityClassName: when<Expr<string>>(isSet(pod.priorityClassName), pod.priorityClassName),
    nodeSelector: whenSet(pod.nodeSelector),
    tolerations: whenSet(pod.tolerations),
    affinity: whenSet(pod.affinity),
    hostAliases: whenSet(pod.hostAliases),
    dnsConfig: whenSet(pod.dnsConfig),
    terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds,
  } satisfies Partial<Template<IPodSpec>>;
}

/** What the values say of a container besides its image, ports and environment. */
export function containerSettings(pod: PodValues) {
  return {
    envFrom: whenSet(pod.extraEnvFrom),
    resources: whenSet(pod.resources),
    securityContext: whenSet(pod.securityContext),
    livenessProbe: whenSet(pod.livenessProbe),
    readinessProbe: whenSet(pod.readinessProbe),
    startupProbe: whenSet(pod.startupProbe),
    lifecycle: whenSet(pod.lifecycle),
  } satisfies Partial<Template<IContainer>>;
}

/** A map or list of the values where it holds something, else nothing. */
export function whenSet<A extends object>(value: Expr<A>): When<Expr<A>> {
  return when<Expr<A>>(isSet(value), value);
}
