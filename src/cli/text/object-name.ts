/** KIND/NAMESPACE/NAME, as far as its parts are known or asked for. */
export function objectName(kind: string, namespace: string | undefined, name: string | undefined): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join('/');
}
