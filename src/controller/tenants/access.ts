import {
  type Credentials,
  type Failure,
  type Kube,
  type Result,
  type TenantService,
  tenantCredentials,
} from '../../kube/index.ts';
import { at, textOf } from '../../planner/world/json.ts';
import type { EdgeClusterInput } from '../../planner/world/world.ts';

/** How the API server of a cluster is reached, and what is read there. */
export interface TenantAccess {
  readonly service: TenantService;
  readonly secret: { readonly namespace: string; readonly name: string; readonly key: string };
  readonly ingress: {
    readonly namespace: string;
    readonly serviceName: string;
    readonly podSelector: Readonly<Record<string, string>>;
  };
  /** With shared Nodes they are the host's own. */
  readonly hasNodes: boolean;
}

/** Undefined: nothing of the cluster is to be read. */
export function tenantAccess({
  namespace,
  controlPlane,
  workload,
  deleting,
}: EdgeClusterInput): TenantAccess | undefined {
  if (controlPlane === undefined || workload === undefined || deleting) return undefined;
  const { service, kubeconfigSecret } = controlPlane;
  const { name, key } = kubeconfigSecret ?? { name: `vc-${service.name}`, key: 'config' };
  const { ingress, topology } = workload;
  return {
    service: { namespace, ...service },
    secret: { namespace, name, key },
    ingress: {
      namespace: ingress.namespace,
      serviceName: ingress.serviceName,
      podSelector: ingress.podSelector,
    },
    hasNodes: topology === 'privateNodes',
  };
}

const SECRETS = { group: '', version: 'v1', plural: 'secrets' };

/** What the kubeconfig Secret of a tenant says, and a mark that is another one when it says another thing. */
export async function readTenantCredentials(
  host: Pick<Kube, 'get'>,
  { secret, service }: TenantAccess,
  signal: AbortSignal,
): Promise<Result<{ readonly credentials: Credentials; readonly mark: string }>> {
  const { namespace, name, key } = secret;
  const source = `Secret ${namespace}/${name}`;
  const read = await host.get(SECRETS, { namespace, name }, { signal });
  if (!read.ok) return read;
  if (read.value === undefined)
    return missing(source, 'it', 'check the vCluster, and kubeconfigSecret in the inventory');
  const data = textOf(at(read.value, 'data', key));
  if (data === undefined) return missing(source, `the key ${key}`, 'check kubeconfigSecret in the inventory');
  const credentials = tenantCredentials(Buffer.from(data, 'base64').toString(), source, service);
  return credentials.ok
    ? { ok: true, value: { credentials: credentials.value, mark: read.value.metadata.resourceVersion } }
    : credentials;
}

function missing(source: string, what: string, hint: string): Result<never> {
  const failure: Failure = { kind: 'credentials', at: source, message: `expected ${what}, found none`, hint };
  return { ok: false, failure };
}
