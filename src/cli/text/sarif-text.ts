import type { Problem } from '../../library/problem.ts';
import { VERSION } from '../../library/version.ts';
import { jsonText } from '../../text/json-text.ts';
import { inRepository } from './in-repository.ts';
import { printable } from './printable.ts';

/**
 * Problems as a SARIF log, which code scanning reads. Source: OASIS, "Static Analysis Results Interchange Format (SARIF)
 * Version 2.1.0".
 *
 * @param root see {@link inRepository}.
 */
export function sarifText(problems: readonly Problem[], root: string | undefined): string {
  const rules = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kubebyon-gateway', version: VERSION, rules: rules.map((id) => ({ id })) } },
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: rules.indexOf(problem.code),
          level: problem.severity,
          message: { text: messageOf(problem) },
          ...locationsOf(problem, root),
        })),
      },
    ],
  };
  return jsonText(log);
}

function messageOf({ path, message, hint }: Problem): string {
  const subject = path === '' ? '' : `${path}: `;
  return printable(`${subject}${message}`) + (hint === '' ? '' : `\nhint: ${printable(hint)}`);
}

/** A flag is in no file. */
function locationsOf({ file, line, column }: Problem, root: string | undefined) {
  if (file === null || line === null) return {};
  const uri = inRepository(file, root).split('/').map(encodeURIComponent).join('/');
  const region = { startLine: line, startColumn: column ?? 1 };
  return { locations: [{ physicalLocation: { artifactLocation: { uri }, region } }] };
}
