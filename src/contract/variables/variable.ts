import type { ConfigPath, ConfigValue } from './config-path.ts';
import type { Grammar } from './grammar.ts';

/** The processes that the chart tells something. */
export type Process = 'api' | 'worker' | 'edge-controller' | 'route-agent' | 'web';

/**
 * When a variable is set.
 * - `always`: wherever the process runs.
 * - `gatewayapi`: publicAccess.provider is gatewayapi.
 * - `workload`: also gatewayAPI.workload.enabled.
 * - `podCIDRRoute`: also podCIDRRoute.enabled; agents with mode routeagent, the API with mode local.
 * - `web`: the web console runs.
 * - `edgeController`: also edgeController.enabled.
 */
export type VariableCondition =
  | 'always'
  | 'gatewayapi'
  | 'workload'
  | 'podCIDRRoute'
  | 'web'
  | 'edgeController';

/** One environment variable that the chart sets. */
export interface Variable {
  readonly name: string;
  /** Who gets it. */
  readonly processes: readonly Process[];
  readonly when: VariableCondition;
  readonly description: string;
  readonly grammar: Grammar<unknown> | GrammarInContext<unknown>;
}

/** A grammar that depends on other variables. */
export type GrammarInContext<Value> = (told: Told) => Grammar<Value>;

/** The text of the variable at a path; empty when it is not set or outside its grammar. */
export type Told = (path: ConfigPath) => string;

interface VariableAt<Path extends ConfigPath> extends Variable {
  /** Where its value stands in the config of the API. */
  readonly path: Path;
  readonly grammar: Grammar<ConfigValue<Path>> | GrammarInContext<ConfigValue<Path>>;
}

/** A variable of the API's config. Its grammar gives what the config holds at its path, or it does not compile. */
export type ConfigVariable = { readonly [Path in ConfigPath]: VariableAt<Path> }[ConfigPath];

type Uncovered<Row extends ConfigVariable> = Exclude<ConfigPath, Row['path']>;

/** The rows as they are; a value of the config without a row does not compile, and the error names its path. */
export function covering<Row extends ConfigVariable>(
  rows: readonly Row[] &
    ([Uncovered<Row>] extends [never] ? unknown : { readonly pathsWithoutRow: Uncovered<Row> }),
): readonly Row[] {
  return rows;
}
