import { hasErrors } from '../../library/problem.ts';
import { render } from '../../library/render.ts';
import {
  type Graph,
  type GraphSource,
  graphDot,
  graphMermaid,
  graphSvg,
  grouped,
  MOST_CLUSTERS,
  readGraph,
} from '../../operator/graph/index.ts';
import type { World } from '../../planner/world/world.ts';
import { jsonText } from '../../text/json-text.ts';
import { observeWorld } from '../bundle/observe-world.ts';
import { observingOptions } from '../bundle/observing-flags.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, isOn, lastOf } from '../input/arguments.ts';
import { loadRelease } from '../input/load-release.ts';
import { readWorldFile } from '../input/world-file.ts';
import type { Outcome } from '../outcome.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';
import type { GraphFlag } from './options.ts';

/** Draws what a release or a world holds. */
export async function runGraph(args: Arguments<GraphFlag>): Promise<Outcome> {
  const world = lastOf(args, 'world');
  const read = isOn(args, 'live')
    ? await sourceOfCluster(args)
    : world === undefined
      ? sourceOfValues(args)
      : sourceOfFile(world);
  if (!read.ok) return read.outcome;
  const whole = readGraph(read.source);
  const when = lastOf(args, 'group') ?? 'auto';
  const isGrouped = when === 'always' || (when === 'auto' && whole.clusters > MOST_CLUSTERS);
  const stdout = textOf(args, isGrouped ? grouped(whole) : whole);
  return { exitCode: 0, stdout, ...read.beside };
}

type Source =
  | { readonly ok: true; readonly source: GraphSource; readonly beside?: Omit<Outcome, 'stdout'> }
  | { readonly ok: false; readonly outcome: Outcome };

function sourceOfValues(args: Arguments<GraphFlag>): Source {
  const read = loadRelease(args);
  if (!read.ok) {
    const stderr = problemsText(read.problems, () => undefined, styleOf(2));
    return { ok: false, outcome: { exitCode: exitCodeOf(read.problems), stderr } };
  }
  const { manifests, problems } = render(read.loaded, read.release);
  if (hasErrors(problems)) {
    const stderr = problemsText(inReadingOrder(problems), read.lineOf, styleOf(2));
    return { ok: false, outcome: { exitCode: 1, stderr } };
  }
  return { ok: true, source: { objects: manifests.map(({ manifest }) => ({ ...manifest })) } };
}

function sourceOfFile(path: string): Source {
  const read = readWorldFile(path);
  return read.ok ? { ok: true, source: sourceOfWorld(read.world) } : read;
}

/** What could be read is drawn, also when that is not everything. */
async function sourceOfCluster(args: Arguments<GraphFlag>): Promise<Source> {
  const seen = await observeWorld(observingOptions(args));
  const { exitCode, stderr } = seen;
  return seen.ok
    ? { ok: true, source: sourceOfWorld(seen.world), beside: { exitCode, stderr } }
    : { ok: false, outcome: { exitCode, stderr } };
}

function sourceOfWorld({ host, inventory, now }: World): GraphSource {
  const clusters = new Map(inventory.clusters.map(({ id, slug }) => [id, slug]));
  return { objects: host.objects, clusters, now: Date.parse(now) };
}

function textOf(args: Arguments<GraphFlag>, graph: Graph): string {
  const [name = 'what requests pass'] = args.positionals;
  switch (lastOf(args, 'output')) {
    case 'json':
      return jsonText(graph);
    case 'mermaid':
      return graphMermaid(graph);
    case 'dot':
      return graphDot(graph);
    default:
      return graphSvg(graph, name);
  }
}
