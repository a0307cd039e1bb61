import type { Release } from '../../library/release.ts';
import { grantsFor } from '../../operator/checks/permissions.ts';
import { reportOf } from '../../operator/checks/report.ts';
import { checksOf } from '../../operator/checks/rule.ts';
import type { PreflightFacts } from '../../operator/preflight/facts.ts';
import { preflightQuestions } from '../../operator/preflight/questions.ts';
import { escalationRights, rightsOf } from '../../operator/preflight/rights.ts';
import { PREFLIGHT_RULES } from '../../operator/preflight/rules.ts';
import { type Wanted, wantedFrom } from '../../operator/preflight/wanted.ts';
import type { Outcome } from '../outcome.ts';
import { ask, type Progress } from './ask.ts';
import { askRights } from './ask-rights.ts';
import { finish } from './finish.ts';
import type { CheckOptions } from './flags.ts';
import { type Host, reachHost } from './host.ts';
import { printRoles } from './print-roles.ts';
import { progressLine } from './progress.ts';

/** Requests of one preflight; what is beyond is not asked. */
export const MOST_REQUESTS = 40;

/**
 * Looks at a cluster before a release is installed.
 *
 * @param manifests what the release consists of.
 * @param onlyPermissions print what somebody needs who runs this, and ask nothing.
 */
export async function runPreflight(
  { name, namespace = 'default' }: Release,
  manifests: readonly unknown[],
  onlyPermissions: boolean,
  options: CheckOptions,
): Promise<Outcome> {
  const wanted = wantedFrom({ name, namespace }, manifests);
  if (onlyPermissions) return printRoles('preflight', grantsFor(preflightQuestions(wanted)));
  const reached = await reachHost(options, MOST_REQUESTS);
  if (!reached.ok) return reached.outcome;
  const { host } = reached;
  const line = progressLine(process.stderr);
  const facts = await preflightFacts(host, wanted, Date.now(), (done, of) =>
    line.show(`preflight: ${done} of ${of} questions answered`),
  );
  line.end();
  await host.close();
  const { gitVersion } = host.version;
  const about = { command: 'preflight', server: host.server, version: gitVersion, requests: host.count() };
  return finish(reportOf(about, checksOf(PREFLIGHT_RULES, facts)), options);
}

/** Everything that the checks before an installation look at. */
export async function preflightFacts(
  { requester, version }: Pick<Host, 'requester' | 'version'>,
  wanted: Wanted,
  now: number,
  onProgress?: Progress,
): Promise<PreflightFacts> {
  const rights = await askRights(requester, [...rightsOf(wanted), ...escalationRights(wanted)]);
  const answers = await ask(requester, preflightQuestions(wanted), onProgress);
  return { now, version: { seen: true, value: version }, answers, wanted, rights };
}
