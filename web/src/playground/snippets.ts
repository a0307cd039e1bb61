import { VERSION } from '../../../src/library/version.ts';
import type { Session } from '../workers/values/protocol.ts';

/** A word for a shell: as it is where nothing in it means anything there. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A text in double quotes, which YAML reads as JSON does. */
function yamlText(text: string): string {
  return /^[a-z][a-z0-9-]*$/.test(text) ? text : JSON.stringify(text);
}

function indented(text: string, spaces: number): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`))
    .join('\n');
}

export function helmCommands({ chart, name, namespace }: Session): string {
  const words = `${shellWord(name)} charts/kubebyon-${chart}`;
  const flags = `--namespace ${shellWord(namespace)} --values values.yaml`;
  return [
    `helm upgrade --install ${words} \\\n  ${flags} --create-namespace`,
    `helm template ${words} \\\n  ${flags}`,
  ].join('\n\n');
}

export function renderCommand({ chart, name, namespace }: Session): string {
  return `kubebyon-gateway render ${shellWord(name)} --chart ${chart} \\\n  --namespace ${shellWord(namespace)} --values values.yaml`;
}

/** The settings stand in docs/upgrading.md with their reasons. */
export function argoApplication({ chart, name, namespace, text }: Session): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${yamlText(name)}
  namespace: argocd
spec:
  project: default
  destination:
    server: https://kubernetes.default.svc
    namespace: ${yamlText(namespace)}
  source:
    repoURL: <repository that holds the chart>
    path: charts/kubebyon-${chart}
    targetRevision: v${VERSION}
    helm:
      releaseName: ${yamlText(name)}
      values: |
${indented(text, 8)}
  ignoreDifferences:
    - group: gateway.networking.k8s.io
      kind: Gateway
      managedFieldsManagers: [kubebyon-edge-sync]
  syncPolicy:
    syncOptions:
      - CreateNamespace=true
      - ServerSideApply=true
      - RespectIgnoreDifferences=true
`;
}

/** As above. */
export function fluxRelease({ chart, name, namespace, text }: Session): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${yamlText(name)}
  namespace: ${yamlText(namespace)}
spec:
  interval: 10m
  releaseName: ${yamlText(name)}
  chart:
    spec:
      chart: charts/kubebyon-${chart}
      sourceRef:
        kind: GitRepository
        name: <source that holds the chart>
  driftDetection:
    mode: enabled
    ignore:
      - target: { group: gateway.networking.k8s.io, kind: Gateway }
        paths: [/spec/listeners]
  values:
${indented(text, 4)}
`;
}
