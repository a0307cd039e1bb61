import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { lineStart } from './node-source.ts';
import { expected, type Finding, Refused } from './problem.ts';

/** Deepest nesting of maps and lists. */
export const MAX_READ_DEPTH = 100;

/** Characters that may be parsed again for the sake of badly indented brackets; bounds the time a file can take. */
const REPARSE_BUDGET = 1_000_000;

/**
 * The parser's events of a text.
 *
 * Inside `{}` and `[]` Helm does not look at indentation, while the parser wants every line deeper than its key, the
 * closing bracket too. Where a line is not, its line break is replaced by a blank for the parser; offsets stay the same.
 *
 * @throws Refused for text that is not YAML.
 */
export function parse(text: string): Event[] {
  let source = text;
  for (let budget = REPARSE_BUDGET; ; budget -= 2 * text.length + 10_000) {
    try {
      return parseLevels(source);
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const joined = budget > 2 * text.length ? joinFlowLines(source, error) : undefined;
      if (joined === undefined) throw new Refused([syntaxFinding(error)]);
      source = joined;
    }
  }
}

function parseLevels(source: string): Event[] {
  // The parser counts the scalar at the bottom as a level too.
  return parseEvents(source, { maxDepth: MAX_READ_DEPTH + 1 });
}

const DEFICIENT_INDENTATION = 'deficient indentation';

/** The text with the line breaks before a badly indented line of a flow collection made blanks, if that is what is wrong. */
function joinFlowLines(source: string, { reason, mark }: YAMLException): string | undefined {
  if (reason !== DEFICIENT_INDENTATION || mark === undefined) return undefined;
  const end = mark.position;
  let start = end;
  while (start > 0 && /[ \t\r\n]/.test(source.charAt(start - 1))) start--;
  const isBetweenEntries = /[,[{]/.test(source.charAt(start - 1)) || /[,\]}]/.test(source.charAt(end));
  const lineBefore = source.slice(lineStart(source, start), start);
  const isMarker = /^(?:---|\.\.\.)/.test(source.slice(end, end + 3));
  const joined = source.slice(start, end);
  if (!/[\r\n]/.test(joined) || joined.includes('\t')) return undefined;
  if (!isBetweenEntries || isMarker || lineBefore.includes('#') || !endsInFlow(source.slice(0, start))) {
    return undefined;
  }
  return source.slice(0, start) + ' '.repeat(end - start) + source.slice(end);
}

/** Whether a text breaks off between the entries of a flow collection, not inside a quoted scalar. */
function endsInFlow(text: string): boolean {
  try {
    parseLevels(text);
    return false;
  } catch (error) {
    return error instanceof YAMLException && error.reason.endsWith('within a flow collection');
  }
}

/** Hints for mistakes that need other help than looking around. */
const HINTS: ReadonlyMap<string, string> = new Map([
  [
    DEFICIENT_INDENTATION,
    'indent every line of { }, [ ] and quoted text deeper than its key, closing brackets too',
  ],
  ['tab characters must not be used in indentation', 'replace the tab by blanks'],
]);

function syntaxFinding({ reason, mark }: YAMLException): Finding {
  const offset = mark?.position ?? 0;
  if (reason.startsWith('nesting exceeded')) {
    return {
      code: 'TooDeep',
      offset,
      message: expected(`maps and lists nested at most ${MAX_READ_DEPTH} levels deep`, 'more'),
      hint: 'flatten the values',
    };
  }
  return {
    code: 'YamlSyntax',
    offset,
    message: expected('YAML', `a mistake: ${reason}`),
    hint:
      HINTS.get(reason) ??
      'check indentation, quotes, brackets and blanks behind colons here and in the line before',
  };
}
