import { isRecord } from '../../src/text/json.ts';
import { must } from '../../tools/lab/kubelet/objects.ts';
import type { Lab } from '../../tools/lab/lab.ts';

type Api = Lab['host']['api'];

/** Puts back what was changed. */
export type Undo = () => Promise<void>;

/** Several changes as one. */
export async function together(...changes: readonly Promise<Undo>[]): Promise<Undo> {
  const undos = await Promise.all(changes);
  return async () => {
    for (const undo of undos) await undo();
  };
}

/** Makes an object; undo deletes it. */
export async function add(api: Api, folder: string, object: object): Promise<Undo> {
  const { metadata } = await must(api, { method: 'POST', path: folder, body: object });
  return async () => {
    await must(api, { method: 'DELETE', path: `${folder}/${metadata.name}` });
  };
}

/** Deletes an object; undo makes it anew. */
export async function remove(api: Api, path: string): Promise<Undo> {
  const before = await must(api, { method: 'GET', path });
  await must(api, { method: 'DELETE', path });
  const { name, namespace, labels, annotations } = before.metadata;
  const body = { ...before, metadata: { name, namespace, labels, annotations } };
  return async () => {
    await must(api, { method: 'POST', path: path.slice(0, path.lastIndexOf('/')), body });
  };
}

/** Merges some fields into an object; undo writes what they were before. */
export async function change(api: Api, path: string, fields: object): Promise<Undo> {
  const before = await must(api, { method: 'GET', path });
  await merge(api, path, fields);
  return () => merge(api, path, as(before, fields));
}

async function merge(api: Api, path: string, body: object): Promise<void> {
  await must(api, { method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });
}

/** The fields of a patch as they stand in an object. */
function as(object: object, fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const was: unknown = Reflect.get(object, key) ?? null;
      return [key, isRecord(was) && isRecord(value) ? as(was, value) : was];
    }),
  );
}
