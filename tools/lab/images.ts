import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '../../test/conformance/support/api-client.ts';
import { kubeconfigText } from '../../test/conformance/support/control-plane.ts';
import { toolPath } from '../../test/conformance/support/tools.ts';
import { findProgram } from '../lib/find-program.ts';
import type { AnswersOrder } from './answers.ts';
import { type Container, podToken } from './kubelet/objects.ts';
import type { ContainerProgram, Images, PodContext } from './kubelet/running-pod.ts';
import { siteProgram } from './site.ts';

/** Containers that need the network of the Node: they ask the API server and the DNS server of the lab. */
export const ON_NODE: ReadonlySet<string> = new Set(['edge-controller', 'route-agent']);

/** A variable of the web container with the folder of a built site, which is served then; without it it says who it is. */
export const SITE_VARIABLE = 'KUBEBYON_LAB_SITE';

const ROOT = join(import.meta.dirname, '../..');
const NAMES = join(ROOT, 'test/conformance/support/cluster-names.ts');
const MAIN = join(ROOT, 'src/cli/main.ts');
const ANSWERS = join(import.meta.dirname, 'answers.ts');
const PORTS = join(import.meta.dirname, 'ports.ts');

/** Below these ports each Pod on the network of the Node answers its probes at one of its own. */
const FIRST_PROBE_PORT = 34_000;

/**
 * The programs of the containers that matter: Envoy, haproxy, what this project makes, and answers in the place of the
 * platform's API and console. Every other container counts as running.
 */
export function labImages(api: ApiClient, server: { readonly port: number; readonly ca: string }): Images {
  return async (container, context) => {
    switch (container.name) {
      case 'envoy':
        return envoy(container.args ?? [], context);
      case 'ports':
        return { path: process.execPath, args: [PORTS, ...(container.args ?? [])], env: {} };
      case 'haproxy':
        return haproxy(context);
      case 'web':
        if (context.env[SITE_VARIABLE] !== undefined) return site(context.env[SITE_VARIABLE], context);
        return answersOf(container);
      case 'api':
        return answersOf(container);
      case 'edge-controller':
      case 'route-agent': {
        const token = await podToken(api, context.pod);
        const kubeconfig = join(context.folder, 'kubeconfig');
        writeFileSync(kubeconfig, kubeconfigText(server.port, token, server.ca), { mode: 0o600 });
        return commandLine(container.args ?? [], kubeconfig, context);
      }
      default:
        return undefined;
    }
  };
}

function envoy(args: readonly string[], { expand, env }: PodContext): ContainerProgram {
  // A hot restart would keep memory that all users of the machine share.
  return { path: toolPath('envoy'), args: [...args.map(expand), '--disable-hot-restart'], env };
}

function haproxy({ expand, env, folder, pod }: PodContext): ContainerProgram {
  const container = pod.spec.containers.find(({ name }) => name === 'haproxy');
  const [, ...words] = [...(container?.command ?? []), ...(container?.args ?? [])].map(expand);
  const program = findProgram('haproxy');
  if (program === undefined) throw new Error('haproxy is missing: run `node tools/build.ts haproxy`');
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)]));
  return {
    path: '/bin/sh',
    args: words,
    env: { ...variables, HOME: folder, PATH: `${join(program, '..')}:/usr/bin:/bin` },
  };
}

/** The web image itself. Its files are those of a folder that the values name. */
function site(files: string, { env, folder }: PodContext): ContainerProgram {
  const program = siteProgram(join(folder, 'web'), files);
  return { path: program.path, args: program.args, env: { ...env, ...program.env } };
}

/** Something that says who it is, at the ports of a container. */
function answersOf({ name, ports = [] }: Container): ContainerProgram {
  const http = ports.map(({ containerPort }) => containerPort).filter((port) => port > 1_024);
  return answers({ name: `kubebyon-${name}`, http });
}

function answers(order: AnswersOrder): ContainerProgram {
  return { path: process.execPath, args: [ANSWERS, JSON.stringify(order)], env: {} };
}

/** The command of this project's image, as it runs in the sources. */
function commandLine(args: readonly string[], kubeconfig: string, context: PodContext): ContainerProgram {
  const { env, expand, number } = context;
  const port = FIRST_PROBE_PORT + number;
  const words = args
    .map(expand)
    .map((word) => (word.startsWith('--metrics-address=') ? `--metrics-address=127.0.0.1:${port}` : word));
  const hasProbe = words.some((word) => word.startsWith('--metrics-address='));
  return {
    path: process.execPath,
    args: ['--import', NAMES, MAIN, ...words, '--kubeconfig', kubeconfig],
    env: { ...env, PATH: process.env.PATH ?? '' },
    ...(hasProbe ? { ready: { host: '127.0.0.1', port, path: '/readyz' } } : {}),
  };
}
