import type { WorkloadConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import type { Clock } from '../world/clock.ts';
import { httpsListener, type Listener } from './listener-entries.ts';
import type { RouteNamespaces } from './route-namespaces.ts';
import { secretNames, secretProblem } from './secrets.ts';

/** Most certificateRefs of a listener. */
const MAX_REFS = 64;

/**
 * The shared HTTPS listener, `*.<base domain>`, with one certificateRef per shard. New shards are appended, since of
 * two that hold one name the earlier wins and the later is dropped whole; none is added before its Secret exists.
 */
export function sharedListener(
  shared: SharedSteps,
  { tls }: WorkloadConfig,
  secrets: readonly string[] | undefined,
  admits: RouteNamespaces,
  clock: Clock,
): Listener | undefined {
  if (tls === undefined || secrets === undefined || shared.baseDomain === undefined) return undefined;
  const current = shared.listeners.own.get(tls.httpsListenerName)?.entry.secretNames ?? [];
  const kept = current.filter((name) => secrets.includes(name) || !shared.host.complete);
  const seen = new Set(kept.flatMap((name) => namesOf(shared, name)));
  const added: string[] = [];
  for (const name of secrets) {
    if (kept.includes(name) || !servable(shared, name, clock)) continue;
    const names = namesOf(shared, name);
    if (names.some((one) => seen.has(one))) continue;
    for (const one of names) seen.add(one);
    added.push(name);
  }
  const refs = [...kept, ...added].slice(0, MAX_REFS);
  const fallback = refs.length === 0 ? current : refs;
  return fallback.length === 0
    ? undefined
    : httpsListener(tls.httpsListenerName, `*.${shared.baseDomain}`, fallback, admits);
}

function namesOf(shared: SharedSteps, name: string): readonly string[] {
  const secret = shared.store.secret(name);
  return secret === undefined ? [] : (secretNames(secret) ?? []);
}

/** Whether a Secret is there and can be served. */
export function servable(shared: SharedSteps, name: string, clock: Clock): boolean {
  const secret = shared.store.secret(name);
  return secret !== undefined && secretProblem(secret, shared.store.certificate(name), clock) === undefined;
}
