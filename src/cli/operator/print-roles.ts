import { toYaml } from '../../library/to-yaml.ts';
import { type Grant, rolesOf } from '../../operator/checks/permissions.ts';
import type { Outcome } from '../outcome.ts';

/** The Roles that a command needs, as YAML. */
export function printRoles(command: string, grants: readonly Grant[]): Outcome {
  const source = `kubebyon-gateway ${command}`;
  const roles = rolesOf(`kubebyon-gateway-${command}`, grants);
  return { exitCode: 0, stdout: toYaml(roles.map((manifest) => ({ source, manifest }))) };
}
