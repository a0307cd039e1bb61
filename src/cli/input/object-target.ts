import { type ChartName, chartNamed } from '../../chart/charts.ts';
import { suggestion, UsageError } from '../usage.ts';

/** An object as a command line names it, or several: those of a kind. */
export interface ObjectTarget {
  /** Spelt as Kubernetes does. */
  readonly kind: string;
  /** Undefined: in any namespace, or in none. */
  readonly namespace: string | undefined;
  /** Undefined: all of the kind. */
  readonly name: string | undefined;
}

/**
 * Reads `KIND`, `KIND/NAME` or `KIND/NAMESPACE/NAME`, the kind in any case: the one grammar of every command.
 *
 * @throws UsageError for anything else, and for a kind that the chart never renders.
 */
export function parseObjectTarget(chart: ChartName, text: string): ObjectTarget {
  const [word = '', ...parts] = text.split('/');
  const kind = knownKind(chart, word);
  const [first, second, ...more] = parts;
  if (more.length > 0) throw wrong(`${JSON.stringify(more.join('/'))} behind ${word}/${first}/${second}/`);
  if (first === '') throw wrong(`no ${second === undefined ? 'name' : 'namespace'} behind ${word}/`);
  if (second === '') throw wrong(`no name behind ${word}/${first}/`);
  const field = /:.*$/s.exec(text)?.[0];
  if (field !== undefined) throw wrong(`a field, ${field}`);
  return second === undefined
    ? { kind, namespace: undefined, name: first }
    : { kind, namespace: first, name: second };
}

function wrong(found: string): UsageError {
  return new UsageError(
    `expected KIND/NAME or KIND/NAMESPACE/NAME, found ${found}`,
    'write the name as kubectl shows it, behind its namespace where two have it',
  );
}

/** The kind of a chart that a word means, upper and lower case being the same. */
function knownKind(chart: ChartName, word: string): string {
  const kinds = [...new Set(chartNamed(chart).objects.map(({ kind }) => kind))].sort();
  const kind = kinds.find((known) => known.toLowerCase() === word.toLowerCase());
  if (kind !== undefined) return kind;
  throw new UsageError(
    `the ${chart} chart has no object of kind ${JSON.stringify(word)}`,
    suggestion(word, kinds, 'its kinds'),
  );
}
