import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApiClient } from '../../../test/conformance/support/api-client.ts';
import { type Container, must, type Pod, podToken, type Volume, type VolumeItem } from './objects.ts';

/** Replaces the paths of mounts by where they really are. */
export type Rewrite = (text: string) => string;

type Files = Readonly<Record<string, Buffer>>;

/**
 * Writes the volumes of a Pod as folders of `folder`, by their names. Paths and names of hosts in their texts are rewritten,
 * because a Pod here sees the file system of the machine.
 */
export async function writeVolumes(
  api: ApiClient,
  pod: Pod,
  folder: string,
  rewrite: Rewrite,
): Promise<void> {
  for (const volume of pod.spec.volumes ?? []) {
    const place = join(folder, volume.name);
    mkdirSync(place, { recursive: true });
    for (const [name, content] of Object.entries(await filesOf(api, pod, volume))) {
      const file = join(place, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, rewrite(content.toString('latin1')), 'latin1');
    }
  }
}

async function filesOf(api: ApiClient, pod: Pod, volume: Volume): Promise<Files> {
  const { namespace } = pod.metadata;
  const secret = async (name: string, items?: readonly VolumeItem[]) =>
    chosen(await dataOf(api, `/api/v1/namespaces/${namespace}/secrets/${name}`, 'base64'), items);
  const configMap = async (name: string, items?: readonly VolumeItem[]) =>
    chosen(await dataOf(api, `/api/v1/namespaces/${namespace}/configmaps/${name}`, 'utf8'), items);
  if (volume.secret !== undefined) return secret(volume.secret.secretName, volume.secret.items);
  if (volume.configMap !== undefined) return configMap(volume.configMap.name, volume.configMap.items);
  let files: Files = {};
  for (const source of volume.projected?.sources ?? []) {
    if (source.secret !== undefined)
      files = { ...files, ...(await secret(source.secret.name, source.secret.items)) };
    if (source.configMap !== undefined)
      files = { ...files, ...(await configMap(source.configMap.name, source.configMap.items)) };
    if (source.serviceAccountToken !== undefined) {
      const token = await podToken(api, pod, source.serviceAccountToken);
      files = { ...files, [source.serviceAccountToken.path]: Buffer.from(token) };
    }
  }
  return files;
}

async function dataOf(api: ApiClient, path: string, encoding: 'base64' | 'utf8'): Promise<Files> {
  const { data } = await must(api, { method: 'GET', path });
  return Object.fromEntries(
    Object.entries(Object(data)).map(([key, value]) => [key, Buffer.from(String(value), encoding)]),
  );
}

/** The files that `items` names, under the paths that it gives them; all of them without it. */
function chosen(files: Files, items?: readonly VolumeItem[]): Files {
  if (items === undefined) return files;
  return Object.fromEntries(
    items.flatMap(({ key, path }) => {
      const content = files[key];
      return content === undefined ? [] : [[path, content] as const];
    }),
  );
}

/** Longest paths first, so that a mount inside another one is found. */
export function rewriteFor(
  containers: readonly Container[],
  folder: string,
  hosts: Readonly<Record<string, string>>,
): Rewrite {
  const mounts = containers
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .map(({ name, mountPath }) => [mountPath.replace(/\/$/, ''), join(folder, name)] as const)
    .sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let rewritten = mounts.find(([from]) => from === text)?.[1] ?? text;
    for (const [from, to] of mounts) rewritten = rewritten.replaceAll(`${from}/`, `${to}/`);
    for (const [name, address] of Object.entries(hosts)) {
      rewritten = rewritten.replaceAll(`${name}.`, address).replaceAll(name, address);
    }
    return rewritten;
  };
}
