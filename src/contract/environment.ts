/** The names of the variables of {@link ./variables/index.ts}, for those who need a name only. */
import { CONTROL_PLANE_VARIABLES } from './variables/control-plane.ts';
import { EDGE_VARIABLES } from './variables/edge.ts';
import type { Variable } from './variables/variable.ts';
import { WEB_VARIABLES } from './variables/web.ts';
import { WORKLOAD_VARIABLES } from './variables/workload.ts';

/** Every variable that the runbook names begins with this; an unknown name under it is worth a warning. */
export const GATEWAY_API_ENV_PREFIX = 'KUBEBYON_GATEWAY_API_';

export const CONTROL_PLANE_ENV = namesOf(CONTROL_PLANE_VARIABLES);
export const WORKLOAD_ENV = namesOf(WORKLOAD_VARIABLES);
export const EDGE_ENV = namesOf(EDGE_VARIABLES);
export const WEB_ENV = namesOf(WEB_VARIABLES);

type NamesOf<Rows extends Readonly<Record<string, Variable>>> = {
  readonly [Key in keyof Rows]: Rows[Key]['name'];
};

function namesOf<const Rows extends Readonly<Record<string, Variable>>>(rows: Rows): NamesOf<Rows> {
  const names = Object.entries(rows).map(([key, { name }]) => [key, name] as const);
  // Object.fromEntries forgets the keys; they are those of the rows.
  return Object.fromEntries(names) as NamesOf<Rows>;
}
