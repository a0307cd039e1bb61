import { describeEnvironmentProblem, type Environment } from '../../contract/environment-codec.ts';
import { EDGE_CONTROLLER_VARIABLES } from '../../contract/variables/edge-controller.ts';
import type { Grammar } from '../../contract/variables/grammar.ts';
import {
  edgeClusterInventory,
  type Failure,
  fileInventory,
  httpInventory,
  type InventorySource,
  systemClock,
} from '../../controller/index.ts';
import { printable } from '../text/printable.ts';
import type { SyncOptions } from './options.ts';

export type SyncInventory =
  | { readonly ok: true; readonly source: InventorySource }
  | { readonly ok: false; readonly stderr: string };

interface Telling {
  /** Which process tells it. */
  readonly instance: string;
  readonly onTrouble: (failure: Failure) => void;
}

/** Where `sync` reads the clusters. */
export function syncInventory(
  inventory: SyncOptions['inventory'],
  environment: Environment,
  { instance, onTrouble }: Telling,
): SyncInventory {
  const clock = systemClock;
  if (inventory.kind === 'file') return { ok: true, source: fileInventory(inventory.path, clock) };
  if (inventory.kind === 'http') {
    const { url, tokenFile } = inventory;
    return {
      ok: true,
      source: httpInventory({ url, clock, ...(tokenFile === undefined ? {} : { tokenFile }) }),
    };
  }
  const problems: string[] = [];
  const told = <T>({
    name,
    grammar,
  }: {
    readonly name: string;
    readonly grammar: Grammar<T>;
  }): T | undefined => {
    const found = environment[name];
    if (found === undefined || found === '') return undefined;
    if (grammar.accepts(found)) return grammar.parse(found);
    problems.push(
      describeEnvironmentProblem({ severity: 'error', variable: name, found, expected: grammar.words }),
    );
    return undefined;
  };
  const baseDomain = told(EDGE_CONTROLLER_VARIABLES.baseDomain);
  const retiredTargets = told(EDGE_CONTROLLER_VARIABLES.retiredTargets);
  const acknowledgedWithdrawals = told(EDGE_CONTROLLER_VARIABLES.acknowledgedWithdrawals);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `error: ${printable(problem)}\n`);
    return { ok: false, stderr: `${lines.join('')}  hint: compare with docs/runtime.md, Variables\n` };
  }
  const source = edgeClusterInventory({
    clock,
    instance,
    onTrouble,
    ...(baseDomain === undefined ? {} : { baseDomain }),
    ...(retiredTargets === undefined ? {} : { retiredTargets }),
    ...(acknowledgedWithdrawals === undefined ? {} : { acknowledgedWithdrawals }),
  });
  return { ok: true, source };
}
