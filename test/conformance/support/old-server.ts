import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from './api-client.ts';
import { answers, type Cluster } from './cluster.ts';
import { apiServerCertificate, startEtcd } from './control-plane.ts';
import { freePorts } from './free-ports.ts';
import { startProgram } from './program.ts';
import { type Servers, startServers } from './servers.ts';
import { toolPath } from './tools.ts';
import { until } from './until.ts';

/** An API server for definitions and their objects alone. */
export type DefinitionServer = Pick<Cluster, 'api' | 'stop'>;

/** Definitions and their objects as the oldest Kubernetes takes them that the charts support. */
export function startOldServer(): Promise<DefinitionServer> {
  return startServers(start);
}

async function start({ state, programs, stop }: Servers): Promise<DefinitionServer> {
  const [clientPort, peerPort, port] = await freePorts();
  programs.push(startEtcd(state, clientPort, peerPort));
  const { file, key } = apiServerCertificate(state);
  const args = [
    ...['--etcd-servers', `http://127.0.0.1:${clientPort}`],
    ...['--secure-port', String(port), '--cert-dir', join(state, 'certificates')],
  ];
  const name = 'apiextensions-apiserver-1.33';
  programs.push(startProgram(toolPath(name), args, join(state, `${name}.log`)));
  await until(name, state, programs, () => existsSync(key));
  const api = connect({ port, token: '', ca: readFileSync(file, 'utf8') });
  await until(name, state, programs, () => answers(api, '/apis/apiextensions.k8s.io/v1'));
  return {
    api,
    stop: async () => {
      api.close();
      await stop();
    },
  };
}
