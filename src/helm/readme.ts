import { charts } from '../values/chart-definition.ts';
import type { ChartName } from '../values/chart-name.ts';
import { valueTables } from '../values/reference-page.ts';

const TITLES: Readonly<Record<ChartName, string>> = {
  'single-node': 'KubeBYON on a single node',
  'multi-node': 'KubeBYON on several nodes',
};

/** The README.md of a chart: what it needs, how it is installed, and all its values. */
export function chartReadme(chart: ChartName, name: string): string {
  return `${[
    `# ${name}`,
    `${TITLES[chart]}: the API${chart === 'multi-node' ? ', the worker' : ''}, the web console and the public entries.`,
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
    ...valueTables(charts[chart], { heading: '###' }),
  ].join('\n\n')}\n`;
}
