import { UsageError } from '../usage.ts';

/**
 * Reads the path of a field or value: `spec.listeners[0].name`, `spec.listeners.workload-http.port`,
 * `metadata.labels['app.kubernetes.io/name']`, `metadata.labels.app\.kubernetes\.io/name`.
 *
 * @throws UsageError when it cannot be read.
 */
export function parseFieldPath(text: string): readonly string[] {
  const path: string[] = [];
  const step = /(?:(?:^|\.)((?:[^\\.[\]]|\\.)+)|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([0-9]+))\])/y;
  while (step.lastIndex < text.length) {
    const start = step.lastIndex;
    const match = step.exec(text);
    if (match === null) throw notAPath(text, start);
    const [, plain, single, double, index] = match;
    path.push((plain ?? single ?? double ?? index ?? '').replace(/\\(.)/g, '$1'));
  }
  return path;
}

function notAPath(text: string, at: number): UsageError {
  return new UsageError(
    `expected a path, found ${JSON.stringify(text.slice(at))} after ${JSON.stringify(text.slice(0, at))}`,
    "write a path like spec.listeners[0].name or metadata.labels['app.kubernetes.io/name']",
  );
}
