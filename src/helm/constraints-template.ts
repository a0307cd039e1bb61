import { EXPRESSION, isExpression } from '../template/index.ts';
import { goCondition, goPipeline, quote } from '../template/print/index.ts';
import type { Constraint } from '../values/constraints/constraint.ts';
import { HELPER_PREFIX } from './options.ts';

/**
 * What the schema refuses, but Helm 3.17 changes before it asks the schema: it writes the values as YAML and reads them
 * again, which makes U+0085 a blank and the key "<<" a merge. Without the schema (--skip-schema-validation) control
 * characters would make `toYaml` print nothing at all, under every Helm.
 */
const SILENTLY_CHANGED: readonly string[] = [
  `{{- if regexMatch ${quote(String.raw`[\x{7f}-\x{9f}\x{fffe}\x{ffff}]|"\\u003c\\u003c":`)} (toJson (omit $.Values "global")) }}`,
  `{{- $problems = append $problems ${quote(
    'error BadFormat values: a text holds a control character, or a map the key "<<"\n  hint: remove it',
  )} }}`,
  '{{- end }}',
];

/**
 * A template that fails with all broken constraints at once, in the words of the library.
 *
 * Helm runs the templates of the deepest folders first, so this one runs before those that make objects.
 */
export function constraintsTemplate(constraints: readonly Constraint[]): string {
  return [
    '{{- /* Rules about several values, which a schema cannot express. All that are broken are told at once. */ -}}',
    '{{- $problems := list }}',
    ...SILENTLY_CHANGED,
    ...constraints.flatMap(constraintLines),
    '{{- if $problems }}',
    '{{- fail (printf "\\n%s" (join "\\n" $problems)) }}',
    '{{- end }}',
    '',
  ].join('\n');
}

function constraintLines({ code, brokenWhen, path, message, hint }: Constraint): readonly string[] {
  const head = `error ${code} ${path}: `;
  const tail = `\n  hint: ${hint}`;
  const problem = isExpression(message)
    ? `(printf ${quote(`${escapeFormat(head)}%s${escapeFormat(tail)}`)} (${goPipeline(message[EXPRESSION], HELPER_PREFIX)}))`
    : quote(`${head}${message}${tail}`);
  return [
    `{{- if ${goCondition(brokenWhen[EXPRESSION], HELPER_PREFIX)} }}`,
    `{{- $problems = append $problems ${problem} }}`,
    '{{- end }}',
  ];
}

function escapeFormat(text: string): string {
  return text.replaceAll('%', '%%');
}
