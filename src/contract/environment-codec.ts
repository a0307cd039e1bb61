import { GATEWAY_API_ENV_PREFIX } from './environment.ts';
import type { GatewayApiConfig, RuntimeConfig } from './runtime-config.ts';
import type { ConfigBranch, ConfigPath } from './variables/config-path.ts';
import type { Grammar } from './variables/grammar.ts';
import { CONFIG_VARIABLES } from './variables/index.ts';
import { VARIABLE_RULES } from './variables/rules.ts';
import type { ConfigVariable, Told } from './variables/variable.ts';

/** The environment of a process, as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that does not hold what it should. */
export interface EnvironmentProblem {
  readonly severity: 'error' | 'warning';
  readonly variable: string;
  /** What was found; undefined when the variable is not set. */
  readonly found: string | undefined;
  /** What is allowed, in words. */
  readonly expected: string;
}

/** The config that an environment means, or everything that is wrong with it. */
export type ParsedEnvironment =
  | { readonly ok: true; readonly config: RuntimeConfig; readonly warnings: readonly EnvironmentProblem[] }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

/** One sentence for a log line or a terminal. */
export function describeEnvironmentProblem(problem: EnvironmentProblem): string {
  const found = problem.found === undefined ? 'is not set' : `is ${JSON.stringify(problem.found)}`;
  return `${problem.variable} ${found}; expected ${problem.expected}`;
}

/**
 * Reads the variables that the chart puts on the API container (runbook sections 5.2 and 5.4).
 *
 * No variable at all means provider haproxy. A set that is incomplete, or a value outside its grammar, is an
 * error that names the variable; an unknown name under the prefix is a warning. The four base variables alone
 * mean that gatewayAPI.workload is off.
 */
export function parseRuntimeEnvironment(env: Environment): ParsedEnvironment {
  const warnings = unknownNames(env);
  const isSet = ({ name }: ConfigVariable): boolean => env[name] !== undefined;
  if (!CONFIG_VARIABLES.some(isSet)) return { ok: true, config: { provider: 'haproxy' }, warnings };

  const hasWorkload = CONFIG_VARIABLES.some((row) => row.when === 'workload' && isSet(row));
  const rows = CONFIG_VARIABLES.filter((row) => hasWorkload || row.when !== 'workload');
  const told = reader(env, rows);
  const problems = [...refusedTexts(env, rows, told), ...brokenRules(env, rows, told)];
  const config = configOf(rows, told);
  return problems.length === 0 && isComplete(config)
    ? { ok: true, config, warnings }
    : { ok: false, problems: [...problems, ...warnings] };
}

/** The variables that say exactly this config: the inverse of {@link parseRuntimeEnvironment}. */
export function formatRuntimeEnvironment(config: RuntimeConfig): Record<string, string> {
  if (config.provider === 'haproxy') return {};
  const told: Told = (path) => {
    const row = CONFIG_VARIABLES.find((one) => one.path === path);
    return row === undefined ? '' : textOf(config, row, told);
  };
  return Object.fromEntries(
    CONFIG_VARIABLES.filter(({ when }) => when !== 'workload' || config.workload !== undefined).map((row) => [
      row.name,
      textOf(config, row, told),
    ]),
  );
}

function textOf(config: GatewayApiConfig, row: ConfigVariable, told: Told): string {
  return grammarOf(row, told).format(valueAt(config, row.path));
}

/** Branches that are absent when one variable is empty. That of the workload is absent when nothing tells of it. */
const ABSENT_WHEN_EMPTY: Readonly<Record<Exclude<ConfigBranch, 'workload'>, ConfigPath>> = {
  'workload.tls': 'workload.tls.httpsListenerName',
  'workload.tls.issuerRef': 'workload.tls.issuerRef.name',
  'workload.tls.selfManagedIssuerRef': 'workload.tls.selfManagedIssuerRef.name',
};

function isAbsent(path: ConfigPath, told: Told): boolean {
  return Object.entries(ABSENT_WHEN_EMPTY).some(
    ([branch, mark]) => path.startsWith(`${branch}.`) && told(mark) === '',
  );
}

function grammarOf({ grammar }: ConfigVariable, told: Told): Grammar<unknown> {
  return typeof grammar === 'function' ? grammar(told) : grammar;
}

function reader(env: Environment, rows: readonly ConfigVariable[]): Told {
  const told: Told = (path) => {
    const row = rows.find((one) => one.path === path);
    const text = row === undefined ? undefined : env[row.name];
    return row !== undefined && text !== undefined && grammarOf(row, told).accepts(text) ? text : '';
  };
  return told;
}

function unknownNames(env: Environment): readonly EnvironmentProblem[] {
  const known = new Set<string>(CONFIG_VARIABLES.map(({ name }) => name));
  return Object.keys(env)
    .filter((name) => name.startsWith(GATEWAY_API_ENV_PREFIX) && !known.has(name) && env[name] !== undefined)
    .sort()
    .map((variable) => ({
      severity: 'warning',
      variable,
      found: env[variable],
      expected: 'no variable of this name; it has no effect',
    }));
}

function refusedTexts(
  env: Environment,
  rows: readonly ConfigVariable[],
  told: Told,
): readonly EnvironmentProblem[] {
  return rows.flatMap((row) => {
    const found = env[row.name];
    const { accepts, words } = grammarOf(row, told);
    return found !== undefined && accepts(found) ? [] : [problem(env, row, words)];
  });
}

function brokenRules(
  env: Environment,
  rows: readonly ConfigVariable[],
  told: Told,
): readonly EnvironmentProblem[] {
  return VARIABLE_RULES.filter(({ brokenWhen }) => brokenWhen(told)).flatMap(({ path, expected }) =>
    rows.filter((row) => row.path === path).map((row) => problem(env, row, expected(told))),
  );
}

function problem(env: Environment, { name }: ConfigVariable, expected: string): EnvironmentProblem {
  return { severity: 'error', variable: name, found: env[name], expected };
}

/** A part of a config: its values by key, and further parts. */
interface Branch {
  readonly [key: string]: unknown;
}

function configOf(rows: readonly ConfigVariable[], told: Told): Branch {
  return rows
    .filter(({ path }) => !isAbsent(path, told))
    .reduce<Branch>(
      (config, row) => withValue(config, row.path.split('.'), grammarOf(row, told).parse(told(row.path))),
      { provider: 'gatewayapi' },
    );
}

function withValue(branch: Branch, [key = '', ...rest]: readonly string[], value: unknown): Branch {
  if (rest.length === 0) return { ...branch, [key]: value };
  const inner = branch[key];
  return { ...branch, [key]: withValue(isBranch(inner) ? inner : {}, rest, value) };
}

/**
 * Whether every row has given its value: then the config is of its type, because rows cover it and each grammar gives
 * what its path holds.
 */
function isComplete(config: Branch): config is Branch & GatewayApiConfig {
  return CONFIG_VARIABLES.every(
    ({ path }) =>
      valueAt(config, path) !== undefined ||
      optionalBranchesOf(path).some((one) => valueAt(config, one) === undefined),
  );
}

function optionalBranchesOf(path: ConfigPath): readonly string[] {
  return ['workload', ...Object.keys(ABSENT_WHEN_EMPTY)].filter((branch) => path.startsWith(`${branch}.`));
}

function valueAt(config: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isBranch(value) ? value[key] : undefined), config);
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}
