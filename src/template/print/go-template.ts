import {
  type Entries,
  EXPRESSION,
  type ExpressionNode,
  isExpression,
  isSlot,
  SLOT,
  type Slot,
  type SlotVisitors,
  typeOf,
  visitSlot,
} from '../nodes/index.ts';
import { goCondition, goLeaf, goValue } from './go-expression.ts';

/** How templates are printed. */
export interface PrintOptions {
  /** What the names of helpers begin with. */
  readonly prefix: string;
  /** Writes fixed data as YAML, ending with a line break. */
  readonly emit: (data: unknown) => string;
}

type Lines = readonly string[];

/** Prints a template as the text of a file under `templates/`. */
export function printTemplate(template: unknown, options: PrintOptions): string {
  const lines = isSlot(template) ? visitSlot(asFile, template, options) : printMap(template, 0, options);
  return `${lines.join('\n')}\n`;
}

/** A slot in the place of a whole file. */
const asFile: SlotVisitors<Lines, readonly [options: PrintOptions]> = {
  when: ({ condition, body }, options) => printBranches(condition, 0, options, [printMap(body, 0, options)]),
  either: notAFile,
  entries: notAFile,
  block: notAFile,
  forEach: notAFile,
  spread: notAFile,
};

function notAFile(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot cannot be a whole template`);
}

function printMap(map: unknown, indent: number, options: PrintOptions): Lines {
  if (typeof map !== 'object' || map === null) throw new TypeError('expected a map');
  return Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => printProperty(key, value, indent, options));
}

function printProperty(key: string, value: unknown, indent: number, options: PrintOptions): Lines {
  if (isFixed(value)) return printFixed({ [key]: value }, indent, options);
  if (isExpression(value)) return printLeaf(`${keyText(key, options)}:`, value[EXPRESSION], indent, options);
  if (isSlot(value)) return visitSlot(underKey, value, key, indent, options);
  const head = indented(`${keyText(key, options)}:`, indent);
  if (Array.isArray(value)) return [head, ...value.flatMap((item) => printItem(item, indent, options))];
  return [head, ...printMap(value, indent + 2, options)];
}

/** Whether a part of a template is the same for all values. */
function isFixed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (isExpression(value) || isSlot(value)) return false;
  return Object.values(value).every(isFixed);
}

function printFixed(data: unknown, indent: number, options: PrintOptions): Lines {
  const text = options.emit(data);
  if (text.includes('{{')) throw new TypeError('fixed text may not hold {{');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : indented(line, indent)));
}

function keyText(key: string, { emit }: PrintOptions): string {
  return emit({ [key]: 0 }).slice(0, -': 0\n'.length);
}

function indented(line: string, indent: number): string {
  return ' '.repeat(indent) + line;
}

const EMPTY: Readonly<Record<string, string>> = { map: 'dict', list: 'list' };

/** A scalar behind its key or dash; a map or list in lines of its own. */
function printLeaf(
  head: string,
  node: ExpressionNode,
  indent: number,
  options: PrintOptions,
  guarded?: ExpressionNode,
): Lines {
  const empty = EMPTY[typeOf(node)];
  if (empty === undefined) return [indented(`${head} {{ ${goLeaf(node, options.prefix)} }}`, indent)];
  const inner = empty === 'list' ? indent : indent + 2;
  return [indented(head, indent), printBlock(node, inner, options, guarded)];
}

/** A map or list of the values. Where no condition says that it holds something, null stands for an empty one. */
function printBlock(
  node: ExpressionNode,
  indent: number,
  { prefix }: PrintOptions,
  guarded: ExpressionNode | undefined,
): string {
  const value = goValue(node, prefix);
  const data =
    guarded !== undefined && isGuardedBy(node, guarded) ? value : `(default ${EMPTY[typeOf(node)]} ${value})`;
  return indented(`{{- toYaml ${data} | nindent ${indent} }}`, indent);
}

function isGuardedBy(node: ExpressionNode, condition: ExpressionNode): boolean {
  if (condition.kind === 'and') return condition.operands.some((operand) => isGuardedBy(node, operand));
  return (
    condition.kind === 'not' && condition.operand.kind === 'isEmpty' && condition.operand.operand === node
  );
}

/** A slot under a key. */
const underKey: SlotVisitors<Lines, readonly [key: string, indent: number, options: PrintOptions]> = {
  when: ({ condition, body }, key, indent, options) =>
    printBranches(condition, indent, options, [printGuarded(key, body, indent, options, condition)]),
  either: ({ condition, consequent, alternative }, key, indent, options) =>
    printBranches(condition, indent, options, [
      printGuarded(key, consequent, indent, options, condition),
      printGuarded(key, alternative, indent, options),
    ]),
  entries: (slot, key, indent, options) => [
    indented(`${keyText(key, options)}:`, indent),
    ...printEntries(slot, indent + 2, options),
  ],
  block: inListsOnly,
  forEach: inListsOnly,
  spread: inListsOnly,
};

function inListsOnly(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot may stand in a list only`);
}

/** @param guard a condition that stands around it. */
function printGuarded(
  key: string,
  body: unknown,
  indent: number,
  options: PrintOptions,
  guard?: ExpressionNode,
): Lines {
  return isExpression(body)
    ? printLeaf(`${keyText(key, options)}:`, body[EXPRESSION], indent, options, guard)
    : printProperty(key, body, indent, options);
}

/** What stands there when a condition holds and, where there is a second branch, when it does not. */
function printBranches(
  condition: ExpressionNode,
  indent: number,
  { prefix }: PrintOptions,
  branches: readonly [Lines, Lines?],
): Lines {
  const [consequent, alternative] = branches;
  return [
    indented(`{{- if ${goCondition(condition, prefix)} }}`, indent),
    ...consequent,
    ...(alternative === undefined ? [] : [indented('{{- else }}', indent), ...alternative]),
    indented('{{- end }}', indent),
  ];
}

/** Prints the entries of a map, without the key that it stands under. */
export function printEntries(slot: Entries, indent: number, options: PrintOptions): Lines {
  const shared = slot.shared === undefined ? [] : [printInclude(slot.shared.name, indent, options)];
  const own = printMap(slot.own, indent, options);
  const [only] = slot.maps;
  if (slot.maps.length === 1 && only !== undefined && shared.length + own.length === 0) {
    return [indented(`{{- toYaml ${goValue(only, options.prefix)} | nindent ${indent} }}`, indent)];
  }
  const maps = slot.maps.flatMap((map, index) =>
    printRange(map, slot.maps.slice(index + 1), indent, options),
  );
  return [...shared, ...own, ...maps];
}

/** Inside a helper the entries begin the text, elsewhere they follow a key. */
function printInclude(name: string, indent: number, { prefix }: PrintOptions): string {
  if (indent === 0) return `{{ include "${prefix}.${name}" $ }}`;
  return indented(`{{- include "${prefix}.${name}" $ | nindent ${indent} }}`, indent);
}

/** The entries of a map of the values, but those that a later map has as well. */
function printRange(
  map: ExpressionNode,
  later: readonly ExpressionNode[],
  indent: number,
  { prefix }: PrintOptions,
): Lines {
  const entry = '{{ $key | toJson }}: {{ $value | toJson }}';
  const taken = later.map((other) => `(hasKey (default dict ${goValue(other, prefix)}) $key)`);
  const condition = taken.length === 1 ? taken.join('') : `(or ${taken.join(' ')})`;
  const body = taken.length === 0 ? [entry] : [`{{- if not ${condition} }}`, entry, '{{- end }}'];
  return [`{{- range $key, $value := ${goValue(map, prefix)} }}`, ...body, '{{- end }}'].map((line) =>
    indented(line, indent),
  );
}

function printItem(item: unknown, indent: number, options: PrintOptions): Lines {
  if (isFixed(item)) return printFixed([item], indent, options);
  if (isExpression(item)) return [indented(`- {{ ${goLeaf(item[EXPRESSION], options.prefix)} }}`, indent)];
  if (isSlot(item)) return visitSlot(inList, item, indent, options);
  return withDash(printMap(item, indent + 2, options), indent);
}

/** Puts the dash of a list element before its first line. */
function withDash(lines: Lines, indent: number): Lines {
  const [first, ...rest] = lines;
  if (first === undefined || first.trimStart().startsWith('{{-')) {
    throw new TypeError('the first property of a list element must always be there');
  }
  return [`${' '.repeat(indent)}- ${first.trimStart()}`, ...rest];
}

/** A slot in the place of a list element. */
const inList: SlotVisitors<Lines, readonly [indent: number, options: PrintOptions]> = {
  when: ({ condition, body }, indent, options) =>
    printBranches(condition, indent, options, [printItem(body, indent, options)]),
  block: ({ condition, items }, indent, options) =>
    printBranches(condition, indent, options, [items.flatMap((item) => printItem(item, indent, options))]),
  forEach: ({ list, variable, body }, indent, options) => [
    indented(`{{- range $_, $${variable} := ${goValue(list, options.prefix)} }}`, indent),
    ...printItem(body, indent, options),
    indented('{{- end }}', indent),
  ],
  spread: ({ list }, indent, options) => {
    const value = goValue(list, options.prefix);
    return [`{{- if ${value} }}`, `{{- toYaml ${value} | nindent ${indent} }}`, '{{- end }}'].map((line) =>
      indented(line, indent),
    );
  },
  either: notInLists,
  entries: notInLists,
};

function notInLists(slot: Slot): never {
  throw new TypeError(`a ${slot[SLOT]} slot cannot stand in a list`);
}
