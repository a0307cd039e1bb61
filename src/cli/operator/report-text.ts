import type { Check, Verdict } from '../../operator/checks/check.ts';
import type { Report } from '../../operator/checks/report.ts';
import { printable } from '../text/printable.ts';
import { plainStyle, type Style } from '../text/style.ts';

/** Lines of one code and verdict that are told one by one. */
const MOST_OF_A_CODE = 20;

/**
 * A report for people, the worst first:
 *
 * ```
 * failed  GatewayClassExists GatewayClass eg: expected the class of Gateway public, found no GatewayClass at all
 *   next: create it, or set gatewayAPI.gatewayClassName
 * 1 failed, 30 ok; 33 requests to https://127.0.0.1:6443, Kubernetes v1.36.1
 * ```
 */
export function reportText(report: Report, all: boolean, style: Style = plainStyle): string {
  const told = report.checks.filter(({ verdict }) => all || verdict !== 'ok');
  const groups = Map.groupBy(told, ({ code, verdict }) => `${verdict} ${code}`);
  const lines = [...groups.values()].flatMap((group) => {
    const shown = all ? group : group.slice(0, MOST_OF_A_CODE);
    const rest = group.length - shown.length;
    const more =
      rest === 0 ? [] : [`  and ${rest} more ${group[0]?.code ?? ''}; --all or -o json tells all\n`];
    return [...shown.map((check) => checkText(check, style)), ...more];
  });
  return `${lines.join('')}${summaryText(report)}\n`;
}

/** One check on one line, and what to do on the next. */
export function checkText({ code, object, verdict, found, expected, next }: Check, style: Style): string {
  const said = verdict === 'ok' ? found : `expected ${expected}, found ${found}`;
  const head = `${paintOf(verdict, style)(verdict.padEnd(7))} ${style.strong(code)} ${printable(object)}: ${printable(said)}\n`;
  return next === '' ? head : `${head}  next: ${printable(next)}\n`;
}

function paintOf(verdict: Verdict, style: Style): (text: string) => string {
  return { ok: style.good, warning: style.warning, failed: style.error, unknown: style.warning }[verdict];
}

function summaryText({ counts, requests, server, version }: Report): string {
  const parts = (['failed', 'unknown', 'warning', 'ok'] as const)
    .filter((verdict) => counts[verdict] > 0 || verdict === 'ok')
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  const where =
    server === undefined ? '' : `; ${requests} requests to ${server}, Kubernetes ${version ?? ''}`;
  return `${parts.join(', ')}${where}`;
}
