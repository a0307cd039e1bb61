import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { toolPath } from '../../test/conformance/support/tools.ts';

/** A running Envoy Gateway that reads its resources from a folder, with Envoy as its child. */
export interface RunningGateway {
  /** Replaces all resources but those of the gateway itself. */
  apply(resources: readonly unknown[]): void;
  readonly log: string;
  stop(): Promise<void>;
}

export function startGateway(folder: string): RunningGateway {
  const [envoy, gateway] = [toolPath('envoy'), toolPath('envoy-gateway')];
  const version =
    /\/([0-9.]+)\//.exec(spawnSync(envoy, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? '';
  const resources = join(folder, 'resources');
  const bin = join(folder, 'data/envoy-versions', version, 'bin');
  for (const path of [resources, bin]) mkdirSync(path, { recursive: true });
  // Envoy Gateway starts Envoy by a launcher that downloads nothing when the version is there.
  linkSync(envoy, join(bin, 'envoy'));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, stringify(configOf(folder, resources)));
  writeFileSync(join(resources, '00-class.yaml'), documents(classOf(version)));
  spawnSync(gateway, ['certgen', '--local', '--config-home', join(folder, 'config')], { stdio: 'ignore' });
  const log = join(folder, 'envoy-gateway.log');
  const output = openSync(log, 'a');
  const child: ChildProcess = spawn(gateway, ['server', '--config-path', config], {
    stdio: ['ignore', output, output],
  });
  return {
    log,
    apply: (all) => writeFileSync(join(resources, '10-routes.yaml'), documents(all)),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function documents(all: readonly unknown[]): string {
  return all.map((one) => stringify(one)).join('---\n');
}

function configOf(folder: string, resources: string): unknown {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyGateway',
    gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    provider: {
      type: 'Custom',
      custom: {
        resource: { type: 'File', file: { paths: [resources] } },
        infrastructure: {
          type: 'Host',
          host: {
            configHome: join(folder, 'config'),
            dataHome: join(folder, 'data'),
            stateHome: join(folder, 'state'),
            runtimeDir: join(folder, 'run'),
          },
        },
      },
    },
    logging: { level: { default: 'info' } },
    extensionApis: { enableBackend: true },
  };
}

function classOf(envoyVersion: string): readonly unknown[] {
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'eg' },
      spec: {
        controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
        parametersRef: {
          group: 'gateway.envoyproxy.io',
          kind: 'EnvoyProxy',
          name: 'host',
          namespace: 'kubebyon-system',
        },
      },
    },
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'EnvoyProxy',
      metadata: { name: 'host', namespace: 'kubebyon-system' },
      spec: {
        provider: { type: 'Host', host: { envoyVersion } },
        logging: { level: { default: 'warn' } },
        // A hot restart would keep memory that all users of the machine share.
        extraArgs: ['--disable-hot-restart'],
      },
    },
  ];
}
