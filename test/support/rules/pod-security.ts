import { dig, digEntries, digList, digText } from './dig.ts';

/** Volumes that Pod Security `restricted` admits. */
const VOLUME_TYPES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const SECCOMP_TYPES: readonly unknown[] = ['RuntimeDefault', 'Localhost'];

/**
 * What Pod Security `restricted` has against a Pod, one line each, containers by name. Source: Kubernetes docs, "Pod
 * Security Standards", the policies Baseline and Restricted (those about Windows, SELinux, AppArmor and sysctls are
 * reduced to: not set).
 */
export function podSecurityViolations(podSpec: unknown): readonly string[] {
  const violations: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (dig(podSpec, field) === true) violations.push(field);
  }
  for (const field of ['seLinuxOptions', 'appArmorProfile', 'sysctls', 'windowsOptions']) {
    if (dig(podSpec, 'securityContext', field) !== undefined) violations.push(`securityContext.${field}`);
  }
  for (const volume of digList(podSpec, 'volumes')) {
    const types = digEntries(volume).flatMap(([key]) => (key === 'name' ? [] : [key]));
    if (types.some((type) => !VOLUME_TYPES.has(type))) violations.push(`volume ${digText(volume, 'name')}`);
  }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of digList(podSpec, list)) {
      violations.push(
        ...containerViolations(container, podSpec).map((text) => `${digText(container, 'name')}: ${text}`),
      );
    }
  }
  return violations;
}

function containerViolations(container: unknown, podSpec: unknown): readonly string[] {
  const own = (...path: readonly string[]) => dig(container, 'securityContext', ...path);
  /** A container's own field wins over that of the Pod. */
  const effective = (...path: readonly string[]) => own(...path) ?? dig(podSpec, 'securityContext', ...path);
  const violations: string[] = [];
  if (own('privileged') === true) violations.push('privileged');
  if (own('allowPrivilegeEscalation') !== false) violations.push('allowPrivilegeEscalation');
  if (effective('runAsNonRoot') !== true) violations.push('runAsNonRoot');
  if (effective('runAsUser') === 0) violations.push('runAsUser 0');
  if (!SECCOMP_TYPES.includes(effective('seccompProfile', 'type'))) violations.push('seccompProfile');
  if (own('procMount') !== undefined && own('procMount') !== 'Default') violations.push('procMount');
  if (!digList(container, 'securityContext', 'capabilities', 'drop').includes('ALL'))
    violations.push('capabilities are not dropped');
  for (const added of digList(container, 'securityContext', 'capabilities', 'add')) {
    if (added !== 'NET_BIND_SERVICE') violations.push(`capability ${String(added)}`);
  }
  for (const port of digList(container, 'ports')) {
    if ((dig(port, 'hostPort') ?? 0) !== 0) violations.push(`hostPort ${String(dig(port, 'hostPort'))}`);
  }
  return violations;
}
