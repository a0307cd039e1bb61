import type { Report } from '../../operator/checks/report.ts';
import { jsonText } from '../../text/json-text.ts';
import type { Outcome } from '../outcome.ts';
import { styleOf } from '../text/style.ts';
import type { CheckOptions } from './flags.ts';
import { reportText } from './report-text.ts';

/** How a command ends that has looked at something. */
export function finish(report: Report, { json, all, strict }: CheckOptions): Outcome {
  const { failed, warning, unknown } = report.counts;
  const isRefused = failed > 0 || (strict && warning + unknown > 0);
  const stdout = json ? jsonText(report) : reportText(report, all, styleOf(1));
  return { exitCode: isRefused ? 3 : 0, stdout };
}
