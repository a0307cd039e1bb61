import {
  type Action,
  checkWorld,
  describeEnvironmentProblem,
  type EnvironmentProblem,
  FINDING_KINDS,
  type Finding,
  formatPath,
  type PlanResult,
  parseRuntimeConfig,
  plan,
  type World,
} from '../../../../src/planner/index.ts';
import { type Located, locate, readDocument } from '../../../../src/yaml/index.ts';
import type {
  ClusterView,
  FindingView,
  PlanAnswer,
  RefusedAnswer,
  WorldFile,
  WorldProblem,
} from './protocol.ts';

type Opened =
  | { readonly ok: true; readonly answer: PlanAnswer; readonly actions: readonly Action[] }
  | { readonly ok: false; readonly answer: RefusedAnswer };

/** Reads a World, checks it, and plans it: as `kubebyon-gateway plan` does. */
export function openWorld(file: WorldFile): Opened {
  const start = performance.now();
  const read = readText(file);
  if (!read.ok) return refused(file, read.problems);
  const { value, positions } = read;
  const checked = checkWorld(value);
  if (!checked.ok) {
    const problems = checked.problems.map(({ path, message }) => ({
      path: formatPath(path),
      message,
      line: positions === undefined ? undefined : locate(positions, path).value.line,
    }));
    return refused(file, problems);
  }
  const parsed = parseRuntimeConfig(environmentOf(value));
  if (!parsed.ok) return refused(file, parsed.problems.map(environmentProblem));
  const result = plan(checked.world, parsed.config);
  const answer: PlanAnswer = {
    kind: 'plan',
    name: file.name,
    now: checked.world.now,
    clusters: clustersOf(checked.world, result),
    shared: result.status.shared,
    findings: result.findings.map(findingView),
    actions: result.actions.map(({ id, verb, reason, after, cluster }) => ({
      id,
      verb,
      reason,
      after,
      cluster,
    })),
    warnings: parsed.warnings.map(environmentProblem),
    milliseconds: performance.now() - start,
  };
  return { ok: true, answer, actions: result.actions };
}

type ReadText =
  | { readonly ok: true; readonly value: unknown; readonly positions: Located | undefined }
  | { readonly ok: false; readonly problems: readonly WorldProblem[] };

/** JSON is read by the browser, which is faster by far; what it refuses is read as YAML, which tells the place. */
function readText({ name, text }: WorldFile): ReadText {
  if (/^\s*\{/.test(text)) {
    try {
      return { ok: true, value: JSON.parse(text), positions: undefined };
    } catch {
      // YAML that begins with a brace, or broken JSON.
    }
  }
  const document = readDocument(text, { file: name, large: true });
  if (document.ok) return { ok: true, value: document.value, positions: document.positions };
  const problems = document.problems.map(({ message, line }) => ({
    path: '',
    message,
    line: line ?? undefined,
  }));
  return { ok: false, problems };
}

/** More than a person reads. */
const MAX_PROBLEMS = 50;

function refused({ name }: WorldFile, problems: readonly WorldProblem[]): Opened {
  return { ok: false, answer: { kind: 'refused', name, problems: problems.slice(0, MAX_PROBLEMS) } };
}

function environmentProblem(problem: EnvironmentProblem): WorldProblem {
  return { path: `env.${problem.variable}`, message: describeEnvironmentProblem(problem), line: undefined };
}

function environmentOf(world: unknown): Readonly<Record<string, string>> {
  if (typeof world !== 'object' || world === null || !('env' in world)) return {};
  const { env } = world;
  if (typeof env !== 'object' || env === null) return {};
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

function clustersOf(world: World, { status, actions, findings }: PlanResult): readonly ClusterView[] {
  const statuses = new Map(status.clusters.map((one) => [one.id, one]));
  const listed = new Map(world.inventory.clusters.map((cluster) => [cluster.id, cluster.slug]));
  const others = [...actions, ...findings].flatMap(({ cluster }) => (cluster === null ? [] : [cluster]));
  const ids = [...new Set([...statuses.keys(), ...listed.keys(), ...others])].sort();
  return ids.map((id) => ({
    id,
    slug: listed.get(id),
    status: statuses.get(id),
    pods: podsOf(world, id),
  }));
}

function podsOf({ tenants = {} }: World, id: string): ClusterView['pods'] {
  const tenant = Object.hasOwn(tenants, id) ? tenants[id] : undefined;
  if (tenant === undefined || !tenant.readable) return undefined;
  const pods = tenant.pods ?? [];
  return { ready: pods.filter(({ ready }) => ready).length, all: pods.length };
}

function findingView({ code, severity, cluster, hostname, message }: Finding): FindingView {
  const { cause, remedy } = FINDING_KINDS[code];
  return { code, severity, cluster, hostname, message, cause, remedy };
}
