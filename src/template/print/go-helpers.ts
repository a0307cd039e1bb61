import { HASH_LENGTH, MAX_NAME_LENGTH } from '../../text/bounded-name.ts';
import {
  childrenOf,
  type Entries,
  EXPRESSION,
  type ExpressionNode,
  isExpression,
  isSlot,
  type NamedNode,
  type SharedEntries,
  type SlotVisitors,
  visitSlot,
} from '../nodes/index.ts';
import { goCondition, goPipeline } from './go-expression.ts';
import { type PrintOptions, printEntries } from './go-template.ts';

/** The named parts of some templates, by name. */
export interface Helpers {
  readonly expressions: Map<string, NamedNode>;
  readonly entries: Map<string, SharedEntries>;
}

/** Finds everything with a name in some templates and expressions. */
export function collectHelpers(parts: readonly unknown[]): Helpers {
  const helpers: Helpers = { expressions: new Map(), entries: new Map() };
  for (const part of parts) collect(part, helpers);
  return helpers;
}

function collect(part: unknown, helpers: Helpers): void {
  if (typeof part !== 'object' || part === null) return;
  if (isExpression(part)) collectExpression(part[EXPRESSION], helpers);
  else if (isSlot(part)) visitSlot(collectSlot, part, helpers);
  else for (const inner of Object.values(part)) collect(inner, helpers);
}

const collectSlot: SlotVisitors<void, readonly [helpers: Helpers]> = {
  when: ({ condition, body }, helpers) => {
    collectExpression(condition, helpers);
    collect(body, helpers);
  },
  either: ({ condition, consequent, alternative }, helpers) => {
    collectExpression(condition, helpers);
    collect([consequent, alternative], helpers);
  },
  block: ({ condition, items }, helpers) => {
    collectExpression(condition, helpers);
    collect(items, helpers);
  },
  forEach: ({ list, body }, helpers) => {
    collectExpression(list, helpers);
    collect(body, helpers);
  },
  spread: ({ list }, helpers) => collectExpression(list, helpers),
  entries: (slot, helpers) => collectEntries(slot, helpers),
};

function collectEntries({ own, shared, maps }: Entries, helpers: Helpers): void {
  collect(own, helpers);
  for (const map of maps) collectExpression(map, helpers);
  if (shared === undefined) return;
  claim(helpers.entries, shared.name, shared);
  collectEntries(shared.entries, helpers);
}

function collectExpression(node: ExpressionNode, helpers: Helpers): void {
  if (node.kind === 'named') claim(helpers.expressions, node.name, node);
  for (const child of childrenOf(node)) collectExpression(child.node, helpers);
}

/** One name means one thing. */
function claim<T>(known: Map<string, T>, name: string, part: T): void {
  if ((known.get(name) ?? part) !== part) throw new TypeError(`two helpers are named ${name}`);
  known.set(name, part);
}

/** Prints the helpers as the text of `_helpers.tpl`, by name. */
export function printHelpers({ expressions, entries }: Helpers, options: PrintOptions): string {
  const definitions = [
    ...[...expressions.values()].map((node) => [node.name, printExpression(node, options)] as const),
    ...[...entries.values()].map((shared) => [shared.name, printShared(shared, options)] as const),
  ].sort(([left], [right]) => (left < right ? -1 : 1));
  return [boundedName(options), joinEntries(options), ...definitions.map(([, text]) => text)].join('\n');
}

function define(
  name: string,
  description: string,
  lines: readonly string[],
  { prefix }: PrintOptions,
): string {
  return [`{{/* ${description} */}}`, `{{- define "${prefix}.${name}" -}}`, ...lines, '{{- end }}', ''].join(
    '\n',
  );
}

function printExpression(node: NamedNode, options: PrintOptions): string {
  const { name, description, type, expression } = node;
  const body =
    type === 'flag'
      ? [`{{- if ${goCondition(expression, options.prefix)} }}true{{ end }}`]
      : [`{{- ${goPipeline(expression, options.prefix)} }}`];
  return define(name, description, body, options);
}

function printShared({ name, description, entries }: SharedEntries, options: PrintOptions): string {
  return define(name, description, printEntries(entries, 0, options), options);
}

/** Takes a name as its argument. The same as `boundedName` of the library, so that both give equal names. */
function boundedName(options: PrintOptions): string {
  const head = MAX_NAME_LENGTH - HASH_LENGTH - 1;
  return define(
    'boundedName',
    `A name as it is up to ${MAX_NAME_LENGTH} characters; a longer one cut, with a hash of the whole.`,
    [
      `{{- if gt (len .) ${MAX_NAME_LENGTH} }}`,
      `{{- printf "%s-%s" (regexReplaceAll "[-.]+$" (trunc ${head} .) "") (sha256sum . | trunc ${HASH_LENGTH}) }}`,
      '{{- else }}',
      '{{- . }}',
      '{{- end }}',
    ],
    options,
  );
}

/** Takes a map as its argument. */
function joinEntries(options: PrintOptions): string {
  return define(
    'joinEntries',
    'The entries of a map as k=v,k2=v2, sorted by key.',
    [
      '{{- $entries := list }}',
      '{{- range $key, $value := . }}',
      '{{- $entries = append $entries (printf "%s=%s" $key $value) }}',
      '{{- end }}',
      '{{- join "," $entries }}',
    ],
    options,
  );
}
