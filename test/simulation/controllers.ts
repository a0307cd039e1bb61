import { at, listOf, textOf, textsOf } from '../../src/planner/world/json.ts';
import { annotation, keyOf, listenersOf, parentRefsOf } from '../../src/planner/world/objects.ts';
import type { KubeObject } from '../../src/planner/world/world.ts';
import type { ApiServer } from './api-server.ts';

export interface ControllerOptions {
  readonly server: ApiServer;
  readonly now: () => number;
  /** Milliseconds before the Gateway controller reports on what it sees. */
  readonly gatewayDelay: () => number;
  /** Milliseconds an order takes. */
  readonly issueDelay: () => number;
}

export interface Controllers {
  /** Lets both controllers look at the server once. */
  tick(): void;
  /** Orders that were placed, by Certificate name. */
  readonly orders: Map<string, number>;
  /** Names that no authority validates. */
  readonly badNames: Set<string>;
  /** Whether a failure says which name it was. */
  namesFailures: boolean;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
  readonly message: string;
}

/** Stand-ins for a Gateway controller and cert-manager that set what the real ones set, after delays. */
export function controllers({ server, now, gatewayDelay, issueDelay }: ControllerOptions): Controllers {
  const pending = new Map<string, { readonly state: string; readonly at: number }>();
  const issuing = new Map<string, { readonly spec: string; readonly at: number }>();
  const failed = new Map<string, string>();
  const orders = new Map<string, number>();
  const badNames = new Set<string>();
  const namesFailures = (): boolean => self.namesFailures;
  const iso = (): string => new Date(now()).toISOString();

  /** Runs a report when its reason has stood long enough. */
  const after = (key: string, state: string, delay: number, act: () => void): void => {
    const known = pending.get(key);
    if (known?.state === `done ${state}`) return;
    if (known === undefined || known.state !== state) {
      pending.set(key, { state, at: now() + delay });
      return;
    }
    if (now() < known.at) return;
    pending.set(key, { state: `done ${state}`, at: now() });
    act();
  };

  const conditionsFrom = (
    before: unknown,
    wanted: Readonly<Record<string, readonly [boolean, string]>>,
    generation: number,
  ): Condition[] =>
    Object.entries(wanted).map(([type, [good, reason]]) => {
      const status = good ? 'True' : 'False';
      const old = listOf(before).find((one) => at(one, 'type') === type);
      const lastTransitionTime =
        at(old, 'status') === status ? (textOf(at(old, 'lastTransitionTime')) ?? iso()) : iso();
      return { type, status, reason, observedGeneration: generation, lastTransitionTime, message: '' };
    });

  const secretState = (namespace: string, name: string): string => {
    const secret = server.get(`/Secret/${namespace}/${name}`);
    if (secret === undefined) return 'missing';
    const notAfter = Date.parse(secret.certificate?.notAfter ?? '2999-01-01T00:00:00Z');
    const ok =
      secret.type === 'kubernetes.io/tls' && secret.certificate?.keyMatches !== false && notAfter > now();
    return ok ? `ok ${annotation(secret, 'cert-manager.io/alt-names') ?? ''}` : 'bad';
  };

  const reportListeners = (parent: KubeObject): void => {
    const key = keyOf(parent);
    const namespace = parent.metadata.namespace ?? '';
    const generation = parent.metadata.generation ?? 0;
    const entries = listenersOf(parent).map((entry) => ({
      entry,
      secrets: entry.secretNames.map((name) => secretState(namespace, name)),
    }));
    const state = JSON.stringify([parent.metadata.uid, generation, entries.map(({ secrets }) => secrets)]);
    after(key, state, gatewayDelay(), () =>
      server.status(key, (object) => ({
        ...object,
        status: {
          conditions: conditionsFrom(
            at(object.status, 'conditions'),
            { Accepted: [true, 'Accepted'], Programmed: [true, 'Programmed'] },
            generation,
          ),
          listeners: entries.map(({ entry, secrets }) => {
            const good = secrets.filter((secret) => secret.startsWith('ok')).length;
            const up = entry.protocol === 'HTTP' || entry.protocol === 'TLS' || good > 0;
            const whole = good === secrets.length;
            const old = listOf(at(object.status, 'listeners')).find((one) => at(one, 'name') === entry.name);
            const refs: readonly [boolean, string] = whole
              ? [true, 'ResolvedRefs']
              : [false, good > 0 ? 'PartiallyInvalidCertificateRef' : 'InvalidCertificateRef'];
            return {
              name: entry.name,
              conditions: conditionsFrom(
                at(old, 'conditions'),
                {
                  Accepted: [true, 'Accepted'],
                  Programmed: [up, up ? 'Programmed' : 'Invalid'],
                  ResolvedRefs: refs,
                },
                generation,
              ),
            };
          }),
        },
      })),
    );
  };

  const reportRoute = (route: KubeObject): void => {
    const generation = route.metadata.generation ?? 0;
    after(keyOf(route), `${route.metadata.uid} ${generation}`, gatewayDelay(), () =>
      server.status(keyOf(route), (object) => ({
        ...object,
        status: {
          parents: parentRefsOf(object).map((parentRef) => ({
            parentRef,
            controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
            conditions: conditionsFrom(
              [],
              { Accepted: [true, 'Accepted'], ResolvedRefs: [true, 'ResolvedRefs'] },
              generation,
            ),
          })),
        },
      })),
    );
  };

  const issue = (certificate: KubeObject): void => {
    const key = keyOf(certificate);
    const { name } = certificate.metadata;
    const namespace = certificate.metadata.namespace ?? '';
    const names = textsOf(at(certificate.spec, 'dnsNames'));
    const generation = certificate.metadata.generation ?? 0;
    const spec = JSON.stringify([[...names].sort(), at(certificate.spec, 'issuerRef')]);
    const secretKey = `/Secret/${namespace}/${name}`;
    const secret = server.get(secretKey);
    const served = secret === undefined ? '' : (annotation(secret, 'test/issued-for') ?? '');
    const setReady = (ready: boolean, reason: string, failure?: string): void =>
      server.status(key, (object) => ({
        ...object,
        status: {
          ...(object.status as object | undefined),
          conditions: [
            ...conditionsFrom(at(object.status, 'conditions'), { Ready: [ready, reason] }, generation),
            ...(failure === undefined
              ? []
              : [
                  {
                    type: 'Issuing',
                    status: 'False',
                    reason: 'Failed',
                    observedGeneration: generation,
                    lastTransitionTime: iso(),
                    message: failure,
                  },
                ]),
          ],
        },
      }));
    if (served === spec) {
      const ready = listOf(at(certificate.status, 'conditions')).find((one) => at(one, 'type') === 'Ready');
      if (at(ready, 'status') !== 'True' || at(ready, 'observedGeneration') !== generation)
        setReady(true, 'Ready');
      return;
    }
    if (failed.get(key) === spec) return;
    const running = issuing.get(key);
    if (running?.spec !== spec) {
      orders.set(name, (orders.get(name) ?? 0) + 1);
      issuing.set(key, { spec, at: now() + issueDelay() });
      setReady(false, 'RequestChanged');
      return;
    }
    if (now() < running.at) return;
    issuing.delete(key);
    const bad = names.find((one) => badNames.has(one));
    if (bad !== undefined) {
      failed.set(key, spec);
      setReady(
        false,
        'Failed',
        namesFailures() ? `order failed: ${bad}: NXDOMAIN looking up TXT` : 'order failed',
      );
      return;
    }
    server.put(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: {
          name,
          namespace,
          labels: (at(certificate.spec, 'secretTemplate', 'labels') ?? {}) as Record<string, string>,
          annotations: {
            'cert-manager.io/certificate-name': name,
            'cert-manager.io/alt-names': names.join(','),
            'test/issued-for': spec,
          },
        },
        certificate: {
          dnsNames: names,
          notAfter: new Date(now() + 90 * 86_400_000).toISOString(),
          keyMatches: true,
        },
      },
      'cert-manager',
    );
    setReady(true, 'Ready');
  };

  const self: Controllers = {
    orders,
    badNames,
    namesFailures: true,
    tick: () => {
      for (const object of server.list()) {
        if (object.kind === 'Certificate') issue(object);
        else if (object.kind === 'Gateway' || object.kind === 'ListenerSet') reportListeners(object);
        else if (object.kind === 'HTTPRoute' || object.kind === 'TLSRoute') reportRoute(object);
      }
    },
  };
  return self;
}
