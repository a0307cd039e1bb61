/** Which files a file imports, and on which line. */
export type ImportGraph = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Files that import each other in a circle: the first one again at the end. */
export type Circle = readonly string[];

/** The shortest circle through each file that no circle before has gone through. */
export function circlesIn(graph: ImportGraph): readonly Circle[] {
  const seen = new Set<string>();
  const circles: Circle[] = [];
  for (const file of [...graph.keys()].sort()) {
    if (seen.has(file)) continue;
    const back = shortestPath(graph, file, file);
    if (back === undefined) continue;
    for (const each of back) seen.add(each);
    circles.push(back);
  }
  return circles;
}

/** The files on the way, both ends included; undefined when no import leads there. */
export function shortestPath(graph: ImportGraph, from: string, to: string): readonly string[] | undefined {
  let paths: readonly (readonly string[])[] = [[from]];
  const reached = new Set<string>();
  while (paths.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const path of paths) {
      for (const next of graph.get(path.at(-1) ?? '')?.keys() ?? []) {
        if (next === to) return [...path, next];
        if (reached.has(next)) continue;
        reached.add(next);
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return undefined;
}
