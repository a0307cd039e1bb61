import type { Chart } from '../chart/chart-object.ts';
import { valueTables } from '../values/reference-page.ts';

/** The README.md of a chart: what it needs, how it is installed, and all its values. */
export function chartReadme({ name, title, parts, values }: Chart): string {
  return `${[
    `# ${name}`,
    `${title}: ${parts}.`,
    '## What it needs',
    [
      '- Kubernetes 1.33 or newer, Helm 3.17 or newer, or Helm 4.',
      '- With `publicAccess.provider=gatewayapi`: the Gateway API CRDs (1.5 or newer) and a controller with its GatewayClass, as Envoy Gateway. The chart installs neither.',
      '- With `gatewayAPI.workload.certManager.enabled` or `selfManaged.enabled`: cert-manager and an Issuer or ClusterIssuer. The chart installs neither.',
    ].join('\n'),
    '## Installing',
    [
      '```sh',
      `helm install kubebyon ./${name} --namespace kubebyon-system --create-namespace --values values.yaml`,
      '```',
    ].join('\n'),
    'The notes that Helm prints name the addresses to look up, the DNS records to set, and the commands that check each entry. `helm test kubebyon` asks the API for its health.',
    '## Upgrading',
    'Names of objects stay the same from version to version. Listeners that the API adds to the workload Gateway are kept by Helm 4; Helm 3 drops them when the listeners of the chart itself change, until the API puts them back.',
    '## Values',
    'A key that is not listed is refused. `null` over a map or list means empty; over anything else it is refused.',
    ...valueTables(values, { heading: '###' }),
  ].join('\n\n')}\n`;
}
