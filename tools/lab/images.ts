import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '../../test/conformance/support/api-client.ts';
import { kubeconfigText } from '../../test/conformance/support/control-plane.ts';
import { toolPath } from '../../test/conformance/support/tools.ts';
import { SYSTEM } from '../../test/support/worlds.ts';
import { findProgram } from '../lib/find-program.ts';
import { DNS_ADDRESS } from './addresses.ts';
import type { AnswersOrder } from './answers.ts';
import { systemProgram } from './command.ts';
import { type Container, podToken } from './kubelet/objects.ts';
import type { ContainerProgram, Images, PodContext } from './kubelet/running-pod.ts';
import { siteProgram } from './site.ts';

/** Containers that need the network of the Node: they ask the API server and the DNS server of the lab. */
export const ON_NODE: ReadonlySet<string> = new Set(['edge-controller', 'route-agent']);

/**
 * A variable of the API container with the file of an inventory: then it keeps the entries itself, as an API without an edge
 * controller beside it does, and says who it is.
 */
export const INVENTORY_VARIABLE = 'KUBEBYON_LAB_INVENTORY';

/** The tag of an image of the version before: the sources in {@link PREVIOUS_VARIABLE}, or these ones once more. */
export const PREVIOUS_TAG = 'previous';

/** A variable of the environment of the lab with the folder of an older checkout that is installed. */
const PREVIOUS_VARIABLE = 'KUBEBYON_LAB_PREVIOUS';

/** A variable of the web container with the folder of a built site, which is served then; without it it says who it is. */
export const SITE_VARIABLE = 'KUBEBYON_LAB_SITE';

const ROOT = join(import.meta.dirname, '../..');
const NAMES = join(ROOT, 'test/conformance/support/cluster-names.ts');
const ANSWERS = join(import.meta.dirname, 'answers.ts');
const PORTS = join(import.meta.dirname, 'ports.ts');

/** Below these ports each Pod on the network of the Node answers its probes at one of its own. */
const FIRST_PROBE_PORT = 34_000;

/**
 * The programs of the containers that matter: Envoy, haproxy, cert-manager's solver, what this project makes, and answers in
 * the place of the platform's API and console. Every other container counts as running.
 */
export function labImages(api: ApiClient, server: { readonly port: number; readonly ca: string }): Images {
  /** As the account of the Pod. */
  const kubeconfigOf = async ({ pod, folder }: PodContext): Promise<string> => {
    const file = join(folder, 'kubeconfig');
    const text = kubeconfigText(server.port, await podToken(api, pod), server.ca);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  return async (container, context) => {
    switch (container.name) {
      case 'envoy':
        return envoy(container.args ?? [], context);
      case 'ports':
        return { path: process.execPath, args: [PORTS, ...(container.args ?? [])], env: {} };
      case 'haproxy':
        return context.pod.spec.hostNetwork === true ? onNode(haproxy(context)) : haproxy(context);
      case 'web':
        if (context.env[SITE_VARIABLE] !== undefined) return site(context.env[SITE_VARIABLE], context);
        return answersOf(container);
      case 'acmesolver':
        return { path: toolPath('acmesolver'), args: (container.args ?? []).map(context.expand), env: {} };
      case 'api': {
        const inventory = context.env[INVENTORY_VARIABLE];
        if (inventory === undefined) return answersOf(container);
        const words = [...KEEPER, `--inventory=file=${inventory}`];
        const keeper = commandLine(container.image, words, await kubeconfigOf(context), context);
        return both(answersOf(container), onNode(keeper));
      }
      case 'edge-controller':
      case 'route-agent':
        return commandLine(
          container.image,
          (container.args ?? []).map(context.expand),
          await kubeconfigOf(context),
          context,
        );
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

/** What an API that keeps the entries itself runs `sync` with, beside its variables. */
const KEEPER = ['sync', `--lease-namespace=${SYSTEM}`, '--log-format=json', `--dns-server=${DNS_ADDRESS}`];

/** Two programs of one container: the first ends with the second. */
function both(first: ContainerProgram, second: ContainerProgram): ContainerProgram {
  const script = `"$1" --pdeathsig KILL "$2" "$3" "$4" & shift 4; exec "$@"`;
  const beside = [systemProgram('setpriv'), first.path, ...first.args];
  return {
    path: '/bin/sh',
    args: ['-c', script, 'sh', ...beside, second.path, ...second.args],
    env: second.env,
  };
}

/**
 * A program on the network of the Node. Of a Pod with `hostNetwork` only those that need it are: Envoy Gateway is there as well,
 * and has ports that the API wants.
 */
function onNode({ path, args, env }: ContainerProgram): ContainerProgram {
  const enter = ['--target', String(process.pid), '--net', '--'];
  return { path: systemProgram('nsenter'), args: [...enter, path, ...args], env };
}

/** The command of this project's image, as it runs in the sources. */
function commandLine(
  image: string | undefined,
  args: readonly string[],
  kubeconfig: string,
  context: PodContext,
): ContainerProgram {
  const { env, number } = context;
  const isPrevious = image?.endsWith(`:${PREVIOUS_TAG}`) === true;
  const root = (isPrevious ? process.env[PREVIOUS_VARIABLE] : undefined) ?? ROOT;
  const port = FIRST_PROBE_PORT + number;
  const words = args.map((word) =>
    word.startsWith('--metrics-address=') ? `--metrics-address=127.0.0.1:${port}` : word,
  );
  const hasProbe = words.some((word) => word.startsWith('--metrics-address='));
  return {
    path: process.execPath,
    args: ['--import', NAMES, join(root, 'src/cli/main.ts'), ...words, '--kubeconfig', kubeconfig],
    env: { ...env, PATH: process.env.PATH ?? '' },
    ...(hasProbe ? { ready: { host: '127.0.0.1', port, path: '/readyz' } } : {}),
  };
}
