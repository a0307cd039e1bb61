import { LABELS } from '../../contract/labels.ts';
import type { GatewayApiConfig, IssuerReference, RuntimeConfig } from '../../contract/runtime-config.ts';
import { at, get, listOf, recordOf, textOf } from '../../planner/world/json.ts';
import { label } from '../../planner/world/objects.ts';
import { configOf } from '../checks/deployment-config.ts';
import type { SeenObject } from '../checks/facts.ts';
import { readObject } from '../checks/read-object.ts';

/** What is about to be installed. */
export interface Wanted {
  readonly release: { readonly name: string; readonly namespace: string };
  /** As rendered. */
  readonly objects: readonly SeenObject[];
}

/** What a release consists of, as it was rendered. */
export function wantedFrom(release: Wanted['release'], manifests: readonly unknown[]): Wanted {
  return { release, objects: manifests.flatMap((manifest) => readObject(manifest) ?? []) };
}

export function wantedOf(wanted: Wanted, kind: string): readonly SeenObject[] {
  return wanted.objects.filter((object) => object.kind === kind);
}

/** What the API will be told; undefined without one. */
export function wantedConfig(wanted: Wanted): RuntimeConfig | undefined {
  const api = wantedOf(wanted, 'Deployment').find((object) => label(object, LABELS.component) === 'api');
  const said = api === undefined ? undefined : configOf(api);
  return said?.ok === true ? said.config : undefined;
}

/** The same where the entries are Gateways. */
export function gatewayConfig(wanted: Wanted): GatewayApiConfig | undefined {
  const config = wantedConfig(wanted);
  return config?.provider === 'gatewayapi' ? config : undefined;
}

/** The classes of its Gateways, each with those Gateways. */
export function classesOf(wanted: Wanted): ReadonlyMap<string, readonly SeenObject[]> {
  return Map.groupBy(wantedOf(wanted, 'Gateway'), ({ spec }) => textOf(get(spec, 'gatewayClassName')) ?? '');
}

/** A template of Pods and whose it is. */
export interface PodTemplate {
  readonly owner: SeenObject;
  readonly spec: Readonly<Record<string, unknown>>;
}

export function podTemplates(wanted: Wanted): readonly PodTemplate[] {
  return [...wantedOf(wanted, 'Deployment'), ...wantedOf(wanted, 'DaemonSet')].map((owner) => ({
    owner,
    spec: recordOf(at(owner.spec, 'template', 'spec')),
  }));
}

export function containersOf({ spec }: PodTemplate): readonly unknown[] {
  return [...listOf(spec.initContainers), ...listOf(spec.containers)];
}

/** The namespaces that something is installed into. */
export function namespacesOf(wanted: Wanted): readonly string[] {
  const all = wanted.objects.flatMap(({ metadata }) => metadata.namespace ?? []);
  return [...new Set([wanted.release.namespace, ...all])];
}

/** An issuer and the namespace that it must be in; '' for one of the whole cluster. */
export interface WantedIssuer extends IssuerReference {
  readonly namespace: string;
  /** Whether it must prove a wildcard. */
  readonly wildcard: boolean;
}

/** The issuers of cert-manager that certificates will be ordered from. */
export function wantedIssuers(wanted: Wanted): readonly WantedIssuer[] {
  const workload = gatewayConfig(wanted)?.workload;
  const tls = workload?.tls;
  if (workload === undefined || tls === undefined) return [];
  const shared = tls.certManager ? tls.issuerRef : undefined;
  const dedicated = tls.selfManaged ? (tls.selfManagedIssuerRef ?? tls.issuerRef) : undefined;
  const of = (issuer: IssuerReference | undefined, wildcard: boolean): readonly WantedIssuer[] =>
    issuer === undefined || (issuer.group !== '' && issuer.group !== 'cert-manager.io')
      ? []
      : [
          {
            ...issuer,
            wildcard,
            namespace: issuer.kind === 'ClusterIssuer' ? '' : workload.gateway.namespace,
          },
        ];
  const all = [...of(shared, tls.certManager && tls.wildcardCertificate), ...of(dedicated, false)];
  return [...new Map(all.toReversed().map((one) => [`${one.kind}/${one.name}`, one])).values()].toReversed();
}

/** Whether anything of cert-manager is needed. */
export function needsCertManager(wanted: Wanted): boolean {
  const tls = gatewayConfig(wanted)?.workload?.tls;
  return tls?.certManager === true || tls?.selfManaged === true;
}
