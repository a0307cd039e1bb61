import type { KubeObject } from '../../planner/world/world.ts';

/** `Gateway kubebyon-system/public`, as checks name an object. */
export function nameOf({ kind, metadata }: Pick<KubeObject, 'kind' | 'metadata'>): string {
  return placeName(kind, metadata.namespace ?? '', metadata.name);
}

/** The same of an object that may not be there. */
export function placeName(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** `kubectl -n NS get KIND NAME -o yaml`: how somebody sees it. */
export function kubectlGet(kind: string, namespace: string, name: string): string {
  return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}get ${kind.toLowerCase()} ${name} -o yaml`;
}

/** `kubectl -n NS describe KIND NAME`. */
export function kubectlDescribe({ kind, metadata }: Pick<KubeObject, 'kind' | 'metadata'>): string {
  const { namespace = '', name } = metadata;
  return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}describe ${kind.toLowerCase()} ${name}`;
}
