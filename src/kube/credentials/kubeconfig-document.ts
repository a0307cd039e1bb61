import { readDocument } from '../../yaml/index.ts';
import { type Failure, failed, type Result, shown, success } from '../failure.ts';
import { at, isRecord, type JsonRecord, listAt, textAt } from '../json.ts';

/** What a kubeconfig says for one context, before anything in it is believed. */
export interface KubeconfigParts {
  readonly server: string;
  readonly cluster: JsonRecord;
  readonly user: JsonRecord;
}

/**
 * The cluster and the user of a context of a kubeconfig.
 *
 * @param name where the text is from, for messages.
 * @param context the current context unless given.
 */
export function readKubeconfig(text: string, name: string, context?: string): Result<KubeconfigParts> {
  const read = readDocument(text, { file: name });
  if (!read.ok) {
    const [problem] = read.problems;
    return failed(refusal(name, problem?.message ?? 'expected YAML', problem?.hint ?? 'correct it'));
  }
  const wanted = context ?? textAt(read.value, 'current-context') ?? '';
  const found = named(read.value, 'contexts', wanted, 'context');
  if (found === undefined) {
    return failed(
      refusal(
        name,
        `expected a context ${shown(wanted) || 'in current-context'}, found none`,
        'name one that is there',
      ),
    );
  }
  const cluster = named(read.value, 'clusters', textAt(found, 'cluster') ?? '', 'cluster');
  const user = named(read.value, 'users', textAt(found, 'user') ?? '', 'user');
  const missing = cluster === undefined ? 'cluster' : user === undefined ? 'user' : undefined;
  if (cluster === undefined || user === undefined) {
    return failed(
      refusal(name, `expected the ${missing} that context ${shown(wanted)} names, found none`, 'add it'),
    );
  }
  const server = textAt(cluster, 'server') ?? '';
  if (!URL.canParse(server) || new URL(server).protocol !== 'https:') {
    return failed(
      refusal(name, `expected server to be an https URL, found ${shown(server) || 'none'}`, 'correct it'),
    );
  }
  return success({ server: server.replace(/\/+$/, ''), cluster, user });
}

/** A failure about a kubeconfig. */
export function refusal(at: string, message: string, hint: string): Failure {
  return { kind: 'credentials', at, message, hint };
}

/** Base64 of a PEM text under a key; undefined when the key is not there. */
export function pemAt(part: JsonRecord, key: string, name: string): Result<string | undefined> {
  const value = part[key];
  if (value === undefined) return success(undefined);
  const text = typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  if (text.includes('-----BEGIN ')) return success(text);
  return failed(refusal(name, `expected ${key} to be PEM in base64, found something else`, 'correct it'));
}

function named(document: unknown, list: string, name: string, part: string): JsonRecord | undefined {
  const entry = listAt(document, list).find((each) => textAt(each, 'name') === name);
  const value = at(entry, part);
  return isRecord(value) ? value : undefined;
}
