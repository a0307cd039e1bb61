import { toYaml } from '../../library/to-yaml.ts';
import { rolesFor } from '../../operator/checks/permissions.ts';
import type { Question } from '../../operator/checks/question.ts';
import type { Outcome } from '../outcome.ts';

/** The Roles that a command needs for its questions, as YAML. */
export function printRoles(
  command: string,
  questions: readonly Question[],
  more?: Parameters<typeof rolesFor>[2],
): Outcome {
  const source = `kubebyon-gateway ${command}`;
  const roles = rolesFor(`kubebyon-gateway-${command}`, questions, more);
  return { exitCode: 0, stdout: toYaml(roles.map((manifest) => ({ source, manifest }))) };
}
