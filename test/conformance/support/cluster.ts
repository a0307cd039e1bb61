import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ApiClient, connect } from './api-client.ts';
import { type AuditedWrite, auditedWrites, auditFlags } from './audit.ts';
import {
  apiServerCertificate,
  kubeconfigText,
  startApiServer,
  startControllerManager,
  startEtcd,
  writeCredentials,
} from './control-plane.ts';
import { freePorts } from './free-ports.ts';
import { type ProgramResult, runProgram } from './program.ts';
import { type Servers, startServers } from './servers.ts';
import { toolPath } from './tools.ts';
import { until } from './until.ts';

/** Releases of the Gateway API that a cluster can serve: the oldest and the newest supported one. */
export const gatewayApiBundles = ['1.5.1', '1.6.3'] as const;

export interface ClusterOptions {
  /** Release of the Gateway API whose resources are installed; none unless given. */
  readonly gatewayApiBundle?: (typeof gatewayApiBundles)[number];
  /** Its channel; `standard` unless given. */
  readonly gatewayApiChannel?: 'standard' | 'experimental';
  /** Install cert-manager's custom resource definitions. */
  readonly certManager?: boolean;
  /** Install Envoy Gateway's custom resource definitions. */
  readonly envoyGateway?: boolean;
  /**
   * Run kube-controller-manager: Deployments make Pods, namespaces get a default service account and can be
   * deleted, owned objects are collected. Nothing schedules or runs a Pod.
   */
  readonly controllerManager?: boolean;
  /** Keep an audit log of every write, for {@link Cluster.audited}. */
  readonly audit?: boolean;
}

/** A real API server with its etcd, on free ports of 127.0.0.1, for one test file. */
export interface Cluster {
  /** Path of a kubeconfig file of an administrator. */
  readonly kubeconfig: string;
  readonly api: ApiClient;
  /** Where etcd answers, on 127.0.0.1, for what would take too long through the API server. */
  readonly etcdPort: number;
  kubectl(args: readonly string[], input?: string): Promise<ProgramResult>;
  /** Every write that was answered so far; empty without {@link ClusterOptions.audit}. */
  audited(): readonly AuditedWrite[];
  /** Ends its processes and removes everything it stored. */
  stop(): Promise<void>;
}

/** Starts a cluster and waits until it answers and serves the resources asked for (3 to 6 s). */
export function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  return startServers((servers) => start(options, servers));
}

async function start(options: ClusterOptions, { state, programs, stop }: Servers): Promise<Cluster> {
  const [clientPort, peerPort, apiPort] = await freePorts();
  programs.push(startEtcd(state, clientPort, peerPort));
  const credentials = writeCredentials(state);
  const apiServer = startApiServer(
    state,
    apiPort,
    clientPort,
    credentials,
    options.audit === true ? auditFlags(state) : [],
  );
  programs.push(apiServer);

  const certificate = apiServerCertificate(state);
  await until('kube-apiserver', state, programs, () => existsSync(certificate.key));
  const ca = readFileSync(certificate.file, 'utf8');
  const kubeconfig = join(state, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigText(apiPort, credentials.token, ca), { mode: 0o600 });
  const api = connect({ port: apiPort, token: credentials.token, ca });
  await until('kube-apiserver', state, programs, () => answers(api, '/readyz'));

  const kubectl = (args: readonly string[], input = '') =>
    runProgram(toolPath('kubectl'), ['--kubeconfig', kubeconfig, ...args], { env: { HOME: state }, input });
  const cluster: Cluster = {
    kubeconfig,
    api,
    etcdPort: clientPort,
    kubectl,
    audited: () => (options.audit === true ? auditedWrites(state) : []),
    stop: async () => {
      api.close();
      await stop();
    },
  };
  if (options.controllerManager === true) {
    programs.push(startControllerManager(state, kubeconfig, credentials));
    const account = '/api/v1/namespaces/default/serviceaccounts/default';
    await until('kube-controller-manager', state, programs, () => answers(api, account));
  }
  await installResources(cluster, resourceFolders(options));
  return cluster;
}

function resourceFolders(options: ClusterOptions): readonly string[] {
  const {
    gatewayApiBundle,
    gatewayApiChannel = 'standard',
    certManager = false,
    envoyGateway = false,
  } = options;
  return [
    ...(gatewayApiBundle === undefined
      ? []
      : [toolPath(`gateway-api-${gatewayApiBundle}-${gatewayApiChannel}`)]),
    ...(certManager ? [toolPath('cert-manager-crds')] : []),
    ...(envoyGateway ? [toolPath('envoy-gateway-crds')] : []),
  ];
}

/** Applies the files of the folders and waits until their kinds are served. */
async function installResources(cluster: Cluster, folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return;
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  // The Gateway API's own upgrade guard is an admission policy: in place first, it would judge its own bundle.
  const guards = files.filter((file) => file.endsWith('_vap_safeupgrades.yaml'));
  for (const set of [files.filter((file) => !guards.includes(file)), guards]) {
    if (set.length === 0) continue;
    const named = set.flatMap((file) => ['-f', file]);
    await mustSucceed(cluster.kubectl(['apply', '--server-side', '--field-manager', 'installer', ...named]));
  }
  await mustSucceed(
    cluster.kubectl(['wait', '--for', 'condition=Established', 'crd', '--all', '--timeout', '60s']),
  );
}

async function mustSucceed(result: Promise<ProgramResult>): Promise<void> {
  const { code, stderr } = await result;
  if (code !== 0) throw new Error(`kubectl failed: ${stderr}`);
}

export async function answers(api: ApiClient, path: string): Promise<boolean> {
  return api.request({ method: 'GET', path }).then(
    (answer) => answer.ok,
    () => false, // not listening yet
  );
}
