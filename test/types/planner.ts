/** A program on the planner. */
import { readValuesFiles } from '../../src/node.ts';
import {
  type Action,
  type Finding,
  type HostObject,
  parseRuntimeConfig,
  plan,
  type World,
} from '../../src/planner/index.ts';

declare const world: World;

const parsed = parseRuntimeConfig({});
const { actions, findings } = plan(world, parsed.ok ? parsed.config : { provider: 'haproxy' });

export const ids: readonly string[] = actions.map(({ id }: Action) => id);
export const missing = findings.some(({ code }: Finding) => code === 'GatewayMissing');
export const files = readValuesFiles(['values.yaml']);

// @ts-expect-error no finding has this code
export const unknownCode = findings.some(({ code }: Finding) => code === 'GatewayMising');

export const hostnames: readonly string[] = actions.flatMap((action) =>
  action.verb === 'apply' && action.object.kind === 'HTTPRoute' ? (action.object.spec.hostnames ?? []) : [],
);
export const destinations: readonly string[] = actions.flatMap((action) =>
  action.verb === 'apply' && action.object.kind === 'RoutePlan'
    ? action.object.spec.routes.map(({ destination }) => destination)
    : [],
);

// @ts-expect-error what is deleted is not told in full
export const ofDeleted = actions.map((action) => (action.verb === 'delete' ? action.object.spec : undefined));

// @ts-expect-error no plan writes a Secret
export const secrets = actions.some(({ verb, object }) => verb === 'apply' && object.kind === 'Secret');

export const listeners: readonly string[] = world.host.objects.flatMap((object) =>
  object.kind === 'Gateway' ? (object.spec?.listeners ?? []).map(({ name }) => name) : [],
);

export const route: HostObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'r', namespace: 'n' },
  // @ts-expect-error `hostname`
  spec: { hostname: ['app.customer.test'] },
};

// @ts-expect-error a world shows no Ingress
export const ingresses = world.host.objects.filter(({ kind }) => kind === 'Ingress');
