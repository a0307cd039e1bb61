import { LABELS, RUNTIME_LISTENER_PREFIX } from '../../../contract/labels.ts';
import { at, get, listOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import { sameData } from '../../../text/same-data.ts';
import type { ManifestObject } from '../manifest-object.ts';
import type { Pair } from '../pairs.ts';
import { type Changes, type DiffRule, fieldsAt } from '../rule.ts';

function gateways(changes: Changes): readonly Pair[] {
  return changes.ofKind('Gateway');
}

function kept(changes: Changes): readonly Pair[] {
  return gateways(changes).filter(({ before, after }) => before !== undefined && after !== undefined);
}

function componentOf(object: ManifestObject | undefined): string | undefined {
  return textOf(at(object, 'metadata', 'labels', LABELS.component));
}

/** The Gateway that comes in the place of one that goes: of the same component of the chart. */
function successorOf(gone: Pair, changes: Changes): Pair | undefined {
  return gateways(changes).find(
    ({ before, after }) => before === undefined && componentOf(after) === componentOf(gone.before),
  );
}

const gatewayRenamed: DiffRule = {
  name: 'GatewayRenamed',
  says: 'A Gateway goes and one of another name or namespace comes in its place: it gets another public address.',
  source:
    'docs/upgrading.md, What stays stable: controllers derive the Service, and so the address, from the name',
  weight: 'outage',
  next: 'keep the name of the Gateway, or plan a change of address: lower the TTL of its DNS records first',
  find: (changes) =>
    gateways(changes)
      .filter(({ after }) => after === undefined)
      .flatMap((gone) => {
        const successor = successorOf(gone, changes);
        return successor === undefined
          ? []
          : [
              {
                object: gone.object,
                message: `${successor.object} comes in its place, with an address of its own`,
              },
            ];
      }),
};

const gatewayGone: DiffRule = {
  name: 'GatewayGone',
  says: 'A Gateway is removed and none comes in its place: its address is given back, and nothing answers there.',
  source: 'Gateway API, Gateway: the address belongs to the Gateway',
  weight: 'outage',
  next: 'move the DNS records of its entry first',
  find: (changes) =>
    gateways(changes)
      .filter((gone) => gone.after === undefined && successorOf(gone, changes) === undefined)
      .map(({ object }) => ({ object, message: 'it goes, with its address and all its listeners' })),
};

const gatewayNew: DiffRule = {
  name: 'GatewayNew',
  says: 'A Gateway is added; its controller gives it an address.',
  source: 'Gateway API, Gateway: status.addresses',
  weight: 'notice',
  next: 'point its DNS records at the address in its status',
  find: (changes) =>
    gateways(changes)
      .filter(({ before }) => before === undefined)
      .map(({ object, after }) => ({
        object,
        message: `it comes, of class ${String(at(after, 'spec', 'gatewayClassName') ?? '')}`,
      })),
};

const gatewayClassChanged: DiffRule = {
  name: 'GatewayClassChanged',
  says: 'Another class serves a Gateway: its controller or its address may be another one.',
  source: 'Gateway API, GatewayClass; runbook 3, address modes',
  weight: 'outage',
  next: 'see that the class exists and is accepted, and plan a change of address',
  find: (changes) =>
    kept(changes)
      .filter((pair) => fieldsAt(pair, 'spec.gatewayClassName').length > 0)
      .map(({ object, before, after }) => ({
        object,
        message: `class ${String(at(before, 'spec', 'gatewayClassName'))} becomes ${String(at(after, 'spec', 'gatewayClassName'))}`,
      })),
};

const addressRequested: DiffRule = {
  name: 'AddressChanged',
  says: 'The addresses that a Gateway asks for change, or the labels and annotations of its Service, by which many load balancers choose one.',
  source: 'Gateway API, Gateway: spec.addresses and spec.infrastructure',
  weight: 'risk',
  next: 'see which address the Gateway has afterwards before DNS is told',
  find: (changes) =>
    kept(changes)
      .map((pair) => ({ pair, fields: fieldsAt(pair, 'spec.addresses', 'spec.infrastructure') }))
      .filter(({ fields }) => fields.length > 0)
      .map(({ pair, fields }) => ({
        object: pair.object,
        message: `another ${listed(fields.map(({ path }) => path))}`,
      })),
};

type Listeners = ReadonlyMap<string, unknown>;

function listenersOf(object: ManifestObject | undefined): Listeners {
  return new Map(
    listOf(at(object, 'spec', 'listeners')).map((one) => [textOf(get(one, 'name')) ?? '', one] as const),
  );
}

/** What an entry answers to: `HTTPS 443 for example.com`. */
function answers(listener: unknown): string {
  const hostname = textOf(get(listener, 'hostname'));
  return `${String(get(listener, 'protocol'))} ${String(get(listener, 'port'))}${hostname === undefined ? '' : ` for ${hostname}`}`;
}

const listenerGone: DiffRule = {
  name: 'ListenerGone',
  says: 'A listener of a Gateway is removed: nothing answers on its port and hostname, and routes that name it are detached.',
  source: 'Gateway API, Gateway: listeners; Route: parentRefs.sectionName',
  weight: 'outage',
  next: 'see that no route names it by sectionName, or keep its name',
  find: (changes) =>
    kept(changes).flatMap(({ object, before, after }) => {
      const stay = listenersOf(after);
      return [...listenersOf(before)]
        .filter(([name]) => !stay.has(name))
        .map(([name, listener]) => ({ object, message: `its listener ${name} goes (${answers(listener)})` }));
    }),
};

const listenerNew: DiffRule = {
  name: 'ListenerNew',
  says: 'A listener is added to a Gateway that is there.',
  source: 'Gateway API, Gateway: listeners',
  weight: 'notice',
  next: 'see that firewalls allow its port',
  find: (changes) =>
    kept(changes).flatMap(({ object, before, after }) => {
      const old = listenersOf(before);
      return [...listenersOf(after)]
        .filter(([name]) => !old.has(name))
        .map(([name, listener]) => ({
          object,
          message: `its listener ${name} comes (${answers(listener)})`,
        }));
    }),
};

const listenerChanged: DiffRule = {
  name: 'ListenerChanged',
  says: 'Port, protocol, hostname or TLS mode of a listener change: who used the old ones is not answered.',
  source: 'Gateway API, Gateway: listeners are told apart by port, protocol and hostname',
  weight: 'outage',
  next: 'add a listener of another name first, and remove the old one when nobody uses it',
  find: (changes) =>
    kept(changes).flatMap(({ object, before, after }) =>
      changedListeners(before, after)
        .filter(({ old, young }) => answers(old) !== answers(young) || modeOf(old) !== modeOf(young))
        .map(({ name, old, young }) => ({
          object,
          message: `its listener ${name}: ${answers(old)}${modeText(old)} becomes ${answers(young)}${modeText(young)}`,
        })),
    ),
};

const routesNotAllowed: DiffRule = {
  name: 'AllowedRoutesChanged',
  says: 'Which routes may attach to a listener changes: those that may no longer are detached.',
  source: 'Gateway API, Gateway: allowedRoutes',
  weight: 'risk',
  next: 'see that the routes of every namespace that uses it still may attach',
  find: (changes) =>
    kept(changes).flatMap(({ object, before, after }) =>
      changedListeners(before, after)
        .filter(({ old, young }) => !sameData(get(old, 'allowedRoutes'), get(young, 'allowedRoutes')))
        .map(({ name }) => ({ object, message: `other routes may attach to its listener ${name}` })),
    ),
};

const certificateOther: DiffRule = {
  name: 'CertificateChanged',
  says: 'A listener serves the certificate of another Secret.',
  source: 'Gateway API, Gateway: tls.certificateRefs',
  weight: 'risk',
  next: 'see that the Secret exists, covers the hostname and may be used from the namespace of the Gateway',
  find: (changes) =>
    kept(changes).flatMap(({ object, before, after }) =>
      changedListeners(before, after)
        .filter(({ old, young }) => secretsOf(old) !== secretsOf(young))
        .map(({ name, young }) => ({
          object,
          message: `its listener ${name} serves ${secretsOf(young) || 'no certificate'}`,
        })),
    ),
};

const listenersRewritten: DiffRule = {
  name: 'RuntimeListenersDropped',
  says: 'The listeners of the chart change on the workload Gateway: Helm 3 writes the whole list, and drops the listeners of the runtime with it.',
  source: 'docs/upgrading.md, Listeners of the runtime',
  weight: 'outage',
  next: 'upgrade with Helm 4 and server-side apply; with Helm 3 HTTPS of workloads is down until the next synchronisation',
  find: (changes) =>
    kept(changes)
      .filter(({ after }) => componentOf(after) === 'workload-gateway')
      .filter(({ before, after }) => !sameData(chartsOwn(before), chartsOwn(after)))
      .map(({ object }) => ({ object, message: 'with Helm 3 its listeners for HTTPS are gone for a while' })),
};

function chartsOwn(object: ManifestObject | undefined): readonly unknown[] {
  return [...listenersOf(object)]
    .filter(([name]) => !name.startsWith(RUNTIME_LISTENER_PREFIX))
    .map(([, listener]) => listener);
}

interface ChangedListener {
  readonly name: string;
  readonly old: unknown;
  readonly young: unknown;
}

function changedListeners(
  before: ManifestObject | undefined,
  after: ManifestObject | undefined,
): readonly ChangedListener[] {
  const old = listenersOf(before);
  return [...listenersOf(after)].flatMap(([name, young]) =>
    old.has(name) && !sameData(old.get(name), young) ? [{ name, old: old.get(name), young }] : [],
  );
}

function modeOf(listener: unknown): string {
  return textOf(at(listener, 'tls', 'mode')) ?? '';
}

function modeText(listener: unknown): string {
  return modeOf(listener) === '' ? '' : `, ${modeOf(listener)}`;
}

function secretsOf(listener: unknown): string {
  return listOf(at(listener, 'tls', 'certificateRefs'))
    .map((one) => String(get(one, 'name')))
    .join(', ');
}

export const GATEWAY_RULES: readonly DiffRule[] = [
  gatewayRenamed,
  gatewayGone,
  gatewayClassChanged,
  listenerGone,
  listenerChanged,
  listenersRewritten,
  addressRequested,
  routesNotAllowed,
  certificateOther,
  gatewayNew,
  listenerNew,
];
