import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { outputFlag } from '../input/output-flag.ts';
import { KUBECONFIG, PERMISSIONS } from '../input/process-flags.ts';

/** Flags of commands that look at a cluster and tell what they found. */
export const checkFlags = [
  KUBECONFIG,
  {
    name: 'context',
    argument: 'NAME',
    description: 'context of the kubeconfig; its current one unless given',
  },
  outputFlag(['text', 'json'], 'text (the default), or json: see `kubebyon-gateway schema checks`'),
  { name: 'all', description: 'also tell what is well, a line each' },
  {
    name: 'strict',
    description:
      'end with exit code 3 also when there are only warnings, or things that could not be looked at',
  },
  PERMISSIONS,
] as const satisfies readonly Flag[];

/** Which release of a cluster is looked at, and which Gateways --permissions is about. */
export const RELEASE_NAMESPACE = {
  name: 'namespace',
  short: 'n',
  argument: 'NAMESPACE',
  description: 'namespace of the release; "default" if not given',
} as const satisfies Flag;
export const GATEWAY_NAMESPACE = {
  name: 'gateway-namespace',
  argument: 'NAMESPACE',
  description: 'with --permissions: a namespace of Gateways or RoutePlans; that of the release unless given',
} as const satisfies Flag;

export type CheckFlag = (typeof checkFlags)[number]['name'];

/** What these flags say. */
export interface CheckOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly json: boolean;
  readonly all: boolean;
  readonly strict: boolean;
}

export function checkOptions(args: Arguments<CheckFlag>): CheckOptions {
  const kubeconfig = lastOf(args, 'kubeconfig');
  const context = lastOf(args, 'context');
  return {
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    json: lastOf(args, 'output') === 'json',
    all: isOn(args, 'all'),
    strict: isOn(args, 'strict'),
  };
}
