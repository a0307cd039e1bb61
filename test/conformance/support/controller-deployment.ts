import type { KubeObject } from './api-client.ts';

/** A controller as its own chart installs it. */
export interface InstalledController {
  readonly namespace: string;
  readonly name: string;
  /** Its label app.kubernetes.io/name, by which it is known. */
  readonly label: string;
}

/** Its Deployment, without a status. */
export function controllerDeployment({ namespace, name, label }: InstalledController): KubeObject {
  const labels = { 'app.kubernetes.io/name': label };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'controller', image: name }] } },
    },
  };
}
