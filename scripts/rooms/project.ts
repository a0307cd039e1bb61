import { posix } from 'node:path';
import { circlesIn, type ImportGraph, shortestPath } from './circles.ts';
import { EXCEPTIONS_FILE, type Exception } from './exceptions.ts';
import { importsIn } from './imports.ts';
import type { Violation } from './violations.ts';

/** Which file imports which; imports of types too, since a reader follows those as well. */
export function importGraph(texts: ReadonlyMap<string, string>): ImportGraph {
  return new Map(
    [...texts].map(([file, text]) => {
      const own = importsIn(text).filter(({ specifier }) => specifier.startsWith('.'));
      const targets = own.map(
        ({ specifier, line }) => [posix.join(posix.dirname(file), specifier), line] as const,
      );
      return [file, new Map(targets)] as const;
    }),
  );
}

/** The circles of files, and the exceptions for imports that close none. */
export function circleViolations(graph: ImportGraph, exceptions: readonly Exception[]): readonly Violation[] {
  const forImports = exceptions.filter(isForImport);
  const open = new Map(
    [...graph].map(([file, targets]) => [file, without(targets, namesFor(file, forImports))] as const),
  );
  const circles = circlesIn(open).map((circle) => circleViolation(circle, open));
  const needless = forImports.filter(
    ({ file, name }) => graph.get(file)?.has(name) !== true || shortestPath(open, name, file) === undefined,
  );
  return [...circles, ...needless.map(needlessViolation)];
}

function circleViolation(circle: readonly string[], graph: ImportGraph): Violation {
  const [file = '', next = ''] = circle;
  return {
    file,
    line: graph.get(file)?.get(next) ?? 1,
    found: `is in a circle: ${circle.join(' -> ')}`,
    allowed: 'files import each other in one direction',
  };
}

/** The violations for which there is no exception, and the exceptions for which there is no violation. */
export function withoutExceptions(
  violations: readonly Violation[],
  exceptions: readonly Exception[],
): readonly Violation[] {
  const isMeant = (violation: Violation, { file, name }: Exception): boolean =>
    violation.file === file && violation.name === name;
  const left = violations.filter((violation) => !exceptions.some((each) => isMeant(violation, each)));
  const needless = exceptions.filter(
    (each) => !isForImport(each) && !violations.some((violation) => isMeant(violation, each)),
  );
  return [...left, ...needless.map(needlessViolation)];
}

function needlessViolation({ file, name }: Exception): Violation {
  return {
    file: EXCEPTIONS_FILE,
    line: 1,
    found: `has an exception for ${name} in ${file}`,
    allowed: 'none is needed there: remove it',
  };
}

function isForImport({ name }: Exception): boolean {
  return name.startsWith('src/');
}

function namesFor(file: string, exceptions: readonly Exception[]): readonly string[] {
  return exceptions.filter((each) => each.file === file).map(({ name }) => name);
}

function without(
  targets: ReadonlyMap<string, number>,
  names: readonly string[],
): ReadonlyMap<string, number> {
  return new Map([...targets].filter(([target]) => !names.includes(target)));
}
