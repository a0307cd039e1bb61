import type { Environment, EnvironmentProblem } from '../../contract/environment-codec.ts';
import { EDGE_CONTROLLER_VARIABLES } from '../../contract/variables/edge-controller.ts';
import type { Grammar } from '../../contract/variables/grammar.ts';
import type { Inventory } from '../../planner/index.ts';

/** What an inventory says besides its clusters. */
export type InventorySettings = Pick<Inventory, 'baseDomain' | 'acknowledgedWithdrawals'>;

export type ReadInventorySettings =
  | { readonly ok: true; readonly settings: InventorySettings }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

const { baseDomain, acknowledgedWithdrawals } = EDGE_CONTROLLER_VARIABLES;

/** What no EdgeCluster says, from the variables of the edge controller. Empty is as not set. */
export function inventorySettings(env: Environment): ReadInventorySettings {
  const told = <Value>({ name, grammar }: Row<Value>): Value | undefined => {
    const text = env[name] ?? '';
    return text === '' || !grammar.accepts(text) ? undefined : grammar.parse(text);
  };
  const problems = [baseDomain, acknowledgedWithdrawals].flatMap((row) => problemOf(row, env[row.name]));
  if (problems.length > 0) return { ok: false, problems };
  const [domain, withdrawals] = [told(baseDomain), told(acknowledgedWithdrawals)];
  return {
    ok: true,
    settings: {
      ...(domain === undefined ? {} : { baseDomain: domain }),
      ...(withdrawals === undefined ? {} : { acknowledgedWithdrawals: withdrawals }),
    },
  };
}

interface Row<Value> {
  readonly name: string;
  readonly grammar: Grammar<Value>;
}

function problemOf(
  { name, grammar }: Row<unknown>,
  found: string | undefined,
): readonly EnvironmentProblem[] {
  if (found === undefined || found === '' || grammar.accepts(found)) return [];
  return [{ severity: 'error', variable: name, found, expected: grammar.words }];
}
