import type { IssuerReference } from '../../contract/runtime-config.ts';
import { get, textOf } from '../../planner/world/json.ts';
import { isOurs, listenersOf } from '../../planner/world/objects.ts';
import type { SecretCertificate } from '../../planner/world/world.ts';
import { notTrue } from '../checks/condition-text.ts';
import { all, type ClusterFacts, one, type SeenObject } from '../checks/facts.ts';
import { placeName } from '../checks/object-name.ts';
import { gatewaysOf, runtimeConfig, type VerifyFacts } from './facts.ts';
import { ourListenerSets } from './listener-sets.ts';
import { tlsSecretsIn } from './tls-secret.ts';

/** Certificates of the runtime. */
export function ourCertificates(facts: VerifyFacts): readonly SeenObject[] {
  const namespace = runtimeConfig(facts)?.workload?.gateway.namespace;
  if (namespace === undefined) return [];
  const answer = all(facts, 'Certificate', namespace);
  return answer.seen ? answer.value.filter(isOurs) : [];
}

/** What keeps a Certificate from being issued, as far as it is its issuer. */
export function issuerBehind(facts: ClusterFacts, certificate: SeenObject): string | undefined {
  const reference = get(certificate.spec, 'issuerRef');
  const name = textOf(get(reference, 'name')) ?? '';
  const kind = textOf(get(reference, 'kind')) === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer';
  const namespace = kind === 'ClusterIssuer' ? '' : (certificate.metadata.namespace ?? '');
  const answer = one(facts, kind, namespace, name);
  if (!answer.seen) return undefined;
  if (answer.value === undefined) return `${placeName(kind, namespace, name)} is not there`;
  const problem = notTrue(answer.value, 'Ready');
  return problem === undefined ? undefined : `of ${placeName(kind, namespace, name)}: ${problem}`;
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
  const parents = [...gatewaysOf(facts).map(({ gateway }) => gateway), ...ourListenerSets(facts)];
  return parents.flatMap((parent) => {
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
