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
import { jsonText } from '../../text/json-text.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, lastOf } from '../input/arguments.ts';
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
  const read = world === undefined ? sourceOfValues(args) : sourceOfWorld(world);
  if (!read.ok) return read.outcome;
  const whole = readGraph(read.source);
  const when = lastOf(args, 'group') ?? 'auto';
  const isGrouped = when === 'always' || (when === 'auto' && whole.clusters > MOST_CLUSTERS);
  return { exitCode: 0, stdout: textOf(args, isGrouped ? grouped(whole) : whole) };
}

type Source =
  | { readonly ok: true; readonly source: GraphSource }
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

function sourceOfWorld(path: string): Source {
  const read = readWorldFile(path);
  if (!read.ok) return read;
  const { host, inventory, now } = read.world;
  const clusters = new Map(inventory.clusters.map(({ id, slug }) => [id, slug]));
  return { ok: true, source: { objects: host.objects, clusters, now: Date.parse(now) } };
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
