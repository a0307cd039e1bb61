import { failed, ok } from '../../checks/check.ts';
import { ifSeen } from '../../checks/look.ts';
import { isAtLeast } from '../../checks/versions.ts';
import type { PreflightRule } from '../facts.ts';

/** `kubeVersion` of the charts: Kubernetes below it is out of support. */
const LEAST = [1, 33] as const;

export const apiServerVersion: PreflightRule = {
  code: 'ApiServerVersion',
  looksAt: 'Kubernetes is 1.33 or newer, as the charts ask for.',
  replaces: [],
  next: 'upgrade Kubernetes; Helm refuses to install the chart before',
  check: ({ version }) =>
    ifSeen(version, 'API server', ({ gitVersion, major, minor }) => [
      isAtLeast([major, minor], LEAST)
        ? ok('API server', `Kubernetes ${gitVersion}`)
        : failed('API server', 'Kubernetes 1.33 or newer', gitVersion),
    ]),
};
