import { existsSync } from 'node:fs';
import { type ToolName, tools } from '../catalog.ts';
import { findProgram } from '../lib/find-program.ts';
import { outputFolder } from '../lib/paths.ts';
import { placeOf } from '../lib/stamps.ts';
import { whyNoNetwork } from './own-network.ts';

/** The tools that a lab runs. */
export const LAB_TOOLS = [
  ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl', 'helm-3.22', 'helm-4.3'],
  ...['gateway-api-1.6.3-standard', 'cert-manager-crds', 'envoy-gateway-crds'],
  ...['envoy-gateway', 'envoy', 'cert-manager-controller', 'acmesolver', 'pebble'],
  ...['nsd', 'haproxy'],
] as const satisfies readonly ToolName[];

/** One line for each thing that is missing for a lab: what it is and how to get it. Empty when all is there. */
export function missingForLab(): readonly string[] {
  const missing = LAB_TOOLS.filter((name) => !isThere(name));
  const network = whyNoNetwork();
  return [
    ...(missing.length === 0
      ? []
      : [`missing: ${missing.join(', ')}; run \`node tools/build.ts ${missing.join(' ')}\``]),
    ...(network === undefined ? [] : [network.text]),
  ];
}

function isThere(name: ToolName): boolean {
  const { recipe } = tools[name];
  return recipe.kind === 'debian'
    ? findProgram(name) !== undefined
    : existsSync(placeOf(outputFolder, name, recipe));
}
