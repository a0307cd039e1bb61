import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';
import { connect } from './api-client.ts';
import { answers, type Cluster, onFreePorts } from './cluster.ts';
import { apiServerCertificate, startEtcd } from './control-plane.ts';
import { freePorts } from './free-ports.ts';
import { type RunningProgram, startProgram } from './program.ts';
import { toolPath } from './tools.ts';
import { until } from './until.ts';

/** An API server for definitions and their objects alone. */
export type DefinitionServer = Pick<Cluster, 'api' | 'stop'>;

/** Definitions and their objects as the oldest Kubernetes takes them that the charts support. */
export function startOldServer(): Promise<DefinitionServer> {
  return onFreePorts(tryToStart);
}

async function tryToStart(): Promise<DefinitionServer> {
  const { path: state, remove } = makeProcessFolder(join(outputFolder, 'clusters'));
  const programs: RunningProgram[] = [];
  const stop = async () => {
    for (const program of programs.toReversed()) await program.stop();
    remove();
  };
  try {
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
  } catch (error) {
    await stop();
    throw error;
  }
}
