import { isWildcard, sanCovers } from '../../text/hostnames.ts';
import { type Clock, MINUTE, parseTime } from '../world/clock.ts';
import { at, get, textOf, textsOf } from '../world/json.ts';
import { annotation, conditionOf, isOurs } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** Annotations by which cert-manager says whose a Secret is and what it covers. */
const CERTIFICATE_NAME = 'cert-manager.io/certificate-name';
const ALT_NAMES = 'cert-manager.io/alt-names';

/** HTTPS ends this long before its certificate does: after that any unrelated write would turn redirects into resets. */
const CLOSE_BEFORE_END = 2 * MINUTE;

/** What a Secret of a listener serves. */
export type Coverage =
  | { readonly state: 'covered' }
  | { readonly state: 'uncovered'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** Finds Secrets and Certificates of the Gateway's namespace by name. */
export interface CertificateStore {
  secret(name: string): KubeObject | undefined;
  certificate(name: string): KubeObject | undefined;
  /** A Certificate of others that writes the Secret as well. */
  otherWriter(secretName: string): KubeObject | undefined;
  /** False: an absent Secret proves nothing. */
  readonly complete: boolean;
}

/** Names in a Secret's certificate; undefined when nobody says. */
export function secretNames(secret: KubeObject): readonly string[] | undefined {
  if (secret.certificate?.dnsNames !== undefined) return textsOf(secret.certificate.dnsNames);
  const names = annotation(secret, ALT_NAMES);
  if (names === undefined) return undefined;
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whether our Certificate of this name may write the Secret: it does not exist, or cert-manager made it for that Certificate. */
export function secretIsFree(secret: KubeObject | undefined, certificateName: string): boolean {
  return secret === undefined || annotation(secret, CERTIFICATE_NAME) === certificateName;
}

/** Why a Secret cannot be served at all; undefined when it can as far as one knows. */
export function secretProblem(
  secret: KubeObject,
  certificate: KubeObject | undefined,
  clock: Clock,
): string | undefined {
  if (secret.type !== undefined && secret.type !== 'kubernetes.io/tls')
    return 'is not of type kubernetes.io/tls';
  if (secret.certificate?.keyMatches === false) return 'has a key that does not match its certificate';
  const notAfter = parseTime(textOf(secret.certificate?.notAfter)) ?? certificateEnd(secret, certificate);
  if (notAfter !== undefined && clock.reached(notAfter - CLOSE_BEFORE_END))
    return 'has expired or is about to';
  return undefined;
}

/** A Certificate's notAfter speaks of the Secret only when it made that Secret. */
function certificateEnd(secret: KubeObject, certificate: KubeObject | undefined): number | undefined {
  if (certificate === undefined || annotation(secret, CERTIFICATE_NAME) !== certificate.metadata.name)
    return undefined;
  return parseTime(textOf(at(certificate.status, 'notAfter')));
}

/** One Secret of a listener's list, judged by itself. */
export interface JudgedSecret {
  /** Names in its certificate; undefined: nobody says. */
  readonly names: readonly string[] | undefined;
  readonly problem: string | undefined;
  readonly missing: boolean;
}

export function judgeSecret(name: string, store: CertificateStore, clock: Clock): JudgedSecret {
  const secret = store.secret(name);
  const certificate = store.certificate(name);
  if (secret === undefined) return { names: undefined, problem: 'does not exist', missing: true };
  return {
    names: namesServedBy(secret, certificate),
    problem: secretProblem(secret, certificate, clock),
    missing: false,
  };
}

/** Which names a listener with these Secrets, in this order, serves. */
export interface ServedCertificates {
  covers(hostname: string): Coverage;
  /** Names that some Secret holds, usable or not. */
  readonly names: Pick<ReadonlySet<string>, 'has'>;
  readonly problems: readonly string[];
}

/** One Secret of a list, judged among those before it. */
interface ServedSecret {
  readonly names: ReadonlySet<string> | undefined;
  readonly problem: string | undefined;
  readonly missing: boolean;
}

/**
 * Of several Secrets the one with the exact name serves it, then one with a wildcard above it. A Secret that repeats a
 * name of an earlier one is dropped whole by the gateway, so it covers nothing.
 *
 * @param secrets the names of the listener's Secrets, in its order.
 * @param judge what is known of one of them.
 */
export function servedCertificates(
  secrets: readonly string[],
  judge: (name: string) => JudgedSecret,
  store: Pick<CertificateStore, 'complete'>,
): ServedCertificates {
  const seen = new Set<string>();
  const problems: string[] = [];
  const served = secrets.map((name): ServedSecret => {
    const { names, problem: own, missing } = judge(name);
    const repeated = names?.find((one) => seen.has(one));
    const problem =
      own ?? (repeated === undefined ? undefined : `repeats ${repeated} of an earlier certificate`);
    if (problem !== undefined && !missing) problems.push(`Secret ${name} ${problem}`);
    for (const one of names ?? []) seen.add(one);
    return { names: names === undefined ? undefined : new Set(names), problem, missing };
  });
  const wildcards = served.map((one) => [...(one.names ?? [])].filter(isWildcard));
  const coverageOf = ({ problem }: ServedSecret): Coverage =>
    problem === undefined ? { state: 'covered' } : { state: 'uncovered', reason: `its Secret ${problem}` };
  return {
    names: seen,
    problems,
    covers: (hostname) => {
      const exact = served.find(({ names }) => names?.has(hostname) === true);
      if (exact !== undefined) return coverageOf(exact);
      const index = wildcards.findIndex((names) => names.some((name) => sanCovers(name, hostname)));
      const wild = served[index];
      if (wild !== undefined) return coverageOf(wild);
      const gone = served.length > 0 && served.every(({ missing }) => missing);
      if (gone) {
        return store.complete
          ? { state: 'uncovered', reason: 'its Secret does not exist' }
          : { state: 'unknown', reason: 'its Secret was not read' };
      }
      if (served.length === 0) return { state: 'unknown', reason: 'the listener has no certificate yet' };
      const unsure = served.some((one) => one.names === undefined && (!one.missing || !store.complete));
      return unsure
        ? { state: 'unknown', reason: 'nobody says which names its Secret covers' }
        : { state: 'uncovered', reason: 'no certificate covers it yet' };
    },
  };
}

/** The Secret itself says it; a Certificate of ours that is Ready at its generation says it too. */
function namesServedBy(
  secret: KubeObject,
  certificate: KubeObject | undefined,
): readonly string[] | undefined {
  const own = secretNames(secret);
  if (own !== undefined || certificate === undefined || !isOurs(certificate)) return own;
  const ready = conditionOf(get(certificate.status, 'conditions'), 'Ready');
  const current = ready?.status === 'True' && ready.observedGeneration === certificate.metadata.generation;
  return current ? textsOf(at(certificate.spec, 'dnsNames')) : undefined;
}
