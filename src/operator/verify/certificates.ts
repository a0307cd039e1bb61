import type { IssuerReference } from '../../contract/runtime-config.ts';
import { dnsNamesOf, issuanceFailure } from '../../planner/https/certificates.ts';
import { get, textOf } from '../../planner/world/json.ts';
import { isOurs, listenersOf } from '../../planner/world/objects.ts';
import type { SecretCertificate } from '../../planner/world/world.ts';
import { isWildcard } from '../../text/hostnames.ts';
import { cannotProveWildcards } from '../checks/acme-issuer.ts';
import { failed, type Said, warned } from '../checks/check.ts';
import { notTrue } from '../checks/condition-text.ts';
import { all, type ClusterFacts, one, type SeenObject } from '../checks/facts.ts';
import { kubectlDescribe, nameOf, placeName } from '../checks/object-name.ts';
import { runtimeConfig, type VerifyFacts } from './facts.ts';
import { listenerParents } from './listener-sets.ts';
import { tlsSecretsIn } from './tls-secret.ts';

/** Certificates of the runtime. */
export function ourCertificates(facts: VerifyFacts): readonly SeenObject[] {
  const namespace = runtimeConfig(facts)?.workload?.gateway.namespace;
  if (namespace === undefined) return [];
  const answer = all(facts, 'Certificate', namespace);
  return answer.seen ? answer.value.filter(isOurs) : [];
}

/** What keeps a Certificate from being issued, as far as it is its issuer. */
function issuerBehind(facts: ClusterFacts, certificate: SeenObject): string | undefined {
  const reference = get(certificate.spec, 'issuerRef');
  const name = textOf(get(reference, 'name')) ?? '';
  const kind = textOf(get(reference, 'kind')) === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer';
  const namespace = kind === 'ClusterIssuer' ? '' : (certificate.metadata.namespace ?? '');
  const answer = one(facts, kind, namespace, name);
  if (!answer.seen) return undefined;
  if (answer.value === undefined) return `${placeName(kind, namespace, name)} is not there`;
  const problem = notTrue(answer.value, 'Ready');
  if (problem !== undefined) return `of ${placeName(kind, namespace, name)}: ${problem}`;
  // cert-manager opens an order and waits for ever, without a word in the Certificate.
  const [wildcard] = dnsNamesOf(certificate).filter(isWildcard);
  return wildcard !== undefined && cannotProveWildcards(answer.value)
    ? `${placeName(kind, namespace, name)} has no solver for DNS-01, by which alone ${wildcard} is proven`
    : undefined;
}

/** What is said of a Certificate that is not Ready, or whose last issuance failed; undefined when neither is so. */
export function issuanceProblem(facts: ClusterFacts, certificate: SeenObject): Said | undefined {
  const object = nameOf(certificate);
  const next = `see its orders: ${kubectlDescribe(certificate)}`;
  const failure = issuanceFailure(certificate);
  const problem = notTrue(certificate, 'Ready');
  if (problem === undefined) {
    // It serves as before, and ends one day.
    return failure === undefined
      ? undefined
      : warned(object, 'a last issuance that succeeded', failure, next);
  }
  const behind = failure ?? issuerBehind(facts, certificate);
  const found = behind === undefined ? problem : `${problem}, because ${behind}`;
  return failed(object, 'Ready is True', found, next);
}

/** An issuer of cert-manager that the variables name. */
export interface RuntimeIssuer {
  readonly kind: 'ClusterIssuer' | 'Issuer';
  readonly namespace: string;
  readonly name: string;
}

export function runtimeIssuers(facts: VerifyFacts): readonly RuntimeIssuer[] {
  const workload = runtimeConfig(facts)?.workload;
  if (workload?.tls === undefined) return [];
  const { certManager, selfManaged, issuerRef, selfManagedIssuerRef } = workload.tls;
  const of = (reference: IssuerReference | undefined): readonly RuntimeIssuer[] => {
    if (reference === undefined || (reference.group !== '' && reference.group !== 'cert-manager.io'))
      return [];
    const kind = reference.kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer';
    return [
      { kind, name: reference.name, namespace: kind === 'ClusterIssuer' ? '' : workload.gateway.namespace },
    ];
  };
  const wanted = [
    ...(certManager ? of(issuerRef) : []),
    ...(selfManaged ? of(selfManagedIssuerRef ?? issuerRef) : []),
  ];
  return [...new Map(wanted.map((each) => [`${each.kind}/${each.name}`, each])).values()];
}

/** A certificate that a listener shows. */
export interface ListenerCertificate {
  readonly namespace: string;
  readonly secret: string;
  readonly hostname?: string;
  readonly certificate: SecretCertificate;
}

/** The certificates of the listeners of the entries, as far as their Secrets could be read. */
export function shownCertificates(facts: VerifyFacts): readonly ListenerCertificate[] {
  return listenerParents(facts).flatMap((parent) => {
    const namespace = parent.metadata.namespace ?? '';
    const secretNamed = tlsSecretsIn(facts, namespace);
    return listenersOf(parent).flatMap(({ hostname, secretNames }) =>
      secretNames.flatMap((secret): readonly ListenerCertificate[] => {
        const answer = secretNamed(secret);
        const certificate = answer.seen ? answer.value?.certificate : undefined;
        if (certificate === undefined) return [];
        return [{ namespace, secret, certificate, ...(hostname === undefined ? {} : { hostname }) }];
      }),
    );
  });
}
