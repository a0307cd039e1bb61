import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';
import { startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import {
  apiServerCertificate,
  startApiServer,
  startEtcd,
  writeCredentials,
} from '../support/control-plane.ts';
import { freePorts } from '../support/free-ports.ts';
import type { RunningProgram } from '../support/program.ts';
import {
  CONFIG_MAPS,
  connectDirectly,
  connectThrough,
  hearer,
  makeNamespace,
  put,
  until,
  untilSame,
} from './support.ts';

test('a watch hears of an etcd that was restored to an older state, whose versions begin again', async () => {
  const { path: state, remove } = makeProcessFolder(join(outputFolder, 'clusters'));
  const programs: RunningProgram[] = [];
  const [clientPort, peerPort, apiPort] = await freePorts();
  const credentials = writeCredentials(state);
  const certificate = apiServerCertificate(state);
  const startAll = async (): Promise<void> => {
    programs.push(
      startEtcd(state, clientPort, peerPort),
      startApiServer(state, apiPort, clientPort, credentials),
    );
    await until('the certificate', () => existsSync(certificate.key));
  };
  const stopAll = async (): Promise<void> => {
    for (const program of programs.splice(0).reverse()) await program.stop();
  };
  try {
    await startAll();
    const server = { port: apiPort, ca: readFileSync(certificate.file, 'utf8'), token: credentials.token };
    const direct = connectDirectly(server);
    const isReady = async () =>
      (await direct.requester.call({ method: 'GET', path: '/api/v1/namespaces/default' })).ok;
    await until('the API server', isReady);
    await makeNamespace(direct, 'restored');
    await put(direct, 'restored', 'kept', '1');
    await stopAll();
    cpSync(join(state, 'etcd'), join(state, 'backup'), { recursive: true });

    await startAll();
    await until('the API server', isReady);
    const proxy = await startFaultProxy(server);
    const kube = connectThrough(proxy, server, { random: () => 0 });
    const heard = hearer();
    const watch = kube.watch({ resource: CONFIG_MAPS, namespace: 'restored' }, heard);
    for (let write = 0; write < 200; write += 1) await put(direct, 'restored', 'lost', String(write));
    await untilSame(heard, direct, 'restored');
    expect(Object.keys(heard.state())).toEqual(
      ['kept', 'kube-root-ca.crt', 'lost'].filter((name) => name in heard.state()),
    );
    const before = Number(Object.values(heard.state()).at(-1)?.split('@')[1]);

    await stopAll();
    rmSync(join(state, 'etcd'), { recursive: true });
    cpSync(join(state, 'backup'), join(state, 'etcd'), { recursive: true });
    await startAll();
    await until('the API server', isReady);
    await put(direct, 'restored', 'new', '1');
    await untilSame(heard, direct, 'restored');
    expect(Object.keys(heard.state())).toContain('new');
    expect(Object.keys(heard.state())).not.toContain('lost');
    // The versions really went back, or this shows nothing.
    expect(Number(heard.state().new?.split('@')[1])).toBeLessThan(before);
    expect(heard.wrong).toEqual([]);
    await watch.stop();
    await kube.close();
    await proxy.stop();
    await direct.close();
  } finally {
    await stopAll();
    remove();
  }
});
