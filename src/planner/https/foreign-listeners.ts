import { isBelow, isWildcard, withoutWildcard } from '../../text/hostnames.ts';
import type { ListenerEntry } from '../world/objects.ts';

/** What of a listener decides which requests it takes. */
export interface ListenerPlace {
  readonly name: string;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  /** Undefined: every hostname. */
  readonly hostname: string | undefined;
}

/** A listener that is not ours. */
export interface ForeignListener extends ListenerPlace {
  /** The ListenerSet that brings it, as `namespace/name`; absent: it stands on the Gateway itself. */
  readonly set?: string;
}

/** The place of a listener as observed, ours or not. */
export function listenerPlace({ name, port, protocol, hostname }: ListenerEntry): ListenerPlace {
  return { name, port, protocol, hostname: hostname === '' ? undefined : hostname?.toLowerCase() };
}

/**
 * The listener of others that one of ours collides with: of the same name, or at the same place. Listeners of one
 * port are told apart by their hostnames, whatever their protocols; those of a protocol without server names, or
 * without TLS beside HTTPS, take the port whole (Gateway API: Conflicted, HostnameConflict and ProtocolConflict).
 */
export function inTheWayOf(
  ours: ListenerPlace,
  foreign: readonly ForeignListener[],
): ForeignListener | undefined {
  return foreign.find((other) => {
    if (other.set === undefined && other.name === ours.name) return true;
    if (other.port !== ours.port || other.protocol === 'UDP') return false;
    const takesPort = other.protocol === 'TCP' || (other.protocol === 'HTTP') !== (ours.protocol === 'HTTP');
    return takesPort || other.hostname === ours.hostname;
  });
}

/** How a listener is spoken of. */
export function describeListener({ name, port, protocol, hostname, set }: ForeignListener): string {
  const where = [`port ${port ?? 'none'}`, protocol ?? 'no protocol', hostname ?? 'every hostname'];
  return `listener ${name}${set === undefined ? '' : ` of ListenerSet ${set}`} (${where.join(', ')})`;
}

/** How a collision is spoken of. */
export function describeCollision(other: ForeignListener, ours: ListenerPlace): string {
  return `${describeListener(other)} is not ours and stands in the way of ${describeListener(ours)}`;
}

/** A listener of others, and the name or wildcard whose requests it takes from ours. */
export interface Taking {
  readonly listener: ForeignListener;
  readonly name: string;
}

/**
 * Listeners of others that take requests for a name from the listener that our routes attach to, because their hostname
 * is more specific (Gateway API: a request goes to the listener with the most specific hostname alone). Of a name the
 * one that takes it; of a wildcard also those that take names below it.
 */
export function takersOf(
  name: string,
  ours: Pick<ListenerPlace, 'port' | 'protocol' | 'hostname'>,
  foreign: readonly ForeignListener[],
): readonly Taking[] {
  const better = foreign.flatMap((listener) => {
    const { port, protocol, hostname } = listener;
    const hears =
      port === ours.port && (ours.protocol === 'HTTP' ? protocol === 'HTTP' : speaksTls(protocol));
    return hears && hostname !== undefined && isMoreSpecific(hostname, ours.hostname)
      ? [{ listener, hostname }]
      : [];
  });
  const [whole] = better
    .filter(({ hostname }) => takesAll(hostname, name))
    .sort(
      (a, b) =>
        Number(isMoreSpecific(b.hostname, a.hostname)) - Number(isMoreSpecific(a.hostname, b.hostname)),
    );
  const parts = isWildcard(name)
    ? better.filter(
        ({ hostname }) => hostname !== name && isBelow(withoutWildcard(hostname), withoutWildcard(name)),
      )
    : [];
  return [
    ...(whole === undefined ? [] : [{ listener: whole.listener, name }]),
    ...parts.map(({ listener, hostname }) => ({ listener, name: hostname })),
  ];
}

function speaksTls(protocol: string | undefined): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

function takesAll(hostname: string, name: string): boolean {
  if (hostname === name) return true;
  return isWildcard(hostname) && isBelow(withoutWildcard(name), withoutWildcard(hostname));
}

/** An exact hostname before a wildcard, a longer wildcard before a shorter one, any before none. */
function isMoreSpecific(hostname: string, than: string | undefined): boolean {
  if (than === undefined) return true;
  if (isWildcard(hostname) !== isWildcard(than)) return isWildcard(than);
  return hostname.length > than.length;
}
