import type { Check } from '../../operator/checks/check.ts';
import { type Report, reportOf } from '../../operator/checks/report.ts';
import { checksOf } from '../../operator/checks/rule.ts';
import { verifyGrants } from '../../operator/verify/permissions.ts';
import { targetsOf } from '../../operator/verify/targets.ts';
import type { WhyFacts } from '../../operator/why/facts.ts';
import { WHY_LINKS } from '../../operator/why/links.ts';
import { worldFacts } from '../../operator/why/world-facts.ts';
import { jsonText } from '../../text/json-text.ts';
import type { Outcome } from '../outcome.ts';
import { styleOf } from '../text/style.ts';
import { reachHost } from './host.ts';
import { printRoles } from './print-roles.ts';
import { progressLine } from './progress.ts';
import { checkText } from './report-text.ts';
import { tryTarget } from './requests.ts';
import { type VerifyOptions, verifyFacts } from './run-verify.ts';
import { readWorldFile } from './world-file.ts';

/** What `why` is told. */
export interface WhyOptions extends VerifyOptions {
  readonly hostname: string;
  /** A World instead of a cluster. */
  readonly world?: string;
}

const MOST_REQUESTS = 100_000;

/** Follows one hostname from whoever asks for it to the Pods that answer. */
export async function runWhy(options: WhyOptions): Promise<Outcome> {
  const { hostname, world, release, onlyPermissions, gatewayNamespaces } = options;
  if (onlyPermissions) return printRoles('why', verifyGrants(release, gatewayNamespaces));
  if (world !== undefined) {
    const read = readWorldFile(world);
    if (!read.ok) return read.outcome;
    return chainOutcome(worldFacts(read.world, read.config, hostname), { requests: 0 }, options);
  }
  const reached = await reachHost(options, MOST_REQUESTS);
  if (!reached.ok) return reached.outcome;
  const { host } = reached;
  const line = progressLine(process.stderr);
  const facts = await verifyFacts(host, { release, hostnames: [hostname] }, Date.now(), (done, of) =>
    line.show(`why: ${done} of ${of} questions answered, ${host.count()} requests`),
  );
  const targets = options.requests ? targetsOf(facts).filter((target) => target.hostname === hostname) : [];
  const requests = await Promise.all(
    targets.map((target) => tryTarget(target, options.resolved, options.dnsServers)),
  );
  line.end();
  await host.close();
  const about = { server: host.server, version: host.version.gitVersion, requests: host.count() };
  return chainOutcome({ ...facts, requests, hostname }, about, options);
}

/** The chain in its order, and which link is the first that does not hold. */
function chainOutcome(
  facts: WhyFacts,
  about: Omit<Report, 'command' | 'counts' | 'checks'>,
  { json, strict }: Pick<WhyOptions, 'json' | 'strict'>,
): Outcome {
  const checks = checksOf(WHY_LINKS, facts);
  const report = { ...reportOf({ command: 'why', ...about }, checks), checks };
  const { failed, warning, unknown } = report.counts;
  const isRefused = failed > 0 || (strict && warning + unknown > 0);
  return { exitCode: isRefused ? 3 : 0, stdout: json ? jsonText(report) : chainText(facts.hostname, checks) };
}

function chainText(hostname: string, checks: readonly Check[]): string {
  const style = styleOf(1);
  const lines = checks.map((check) => checkText(check, style)).join('');
  const broken = checks.find(({ verdict }) => verdict === 'failed');
  const end =
    broken === undefined
      ? `${hostname}: no broken link\n`
      : `${hostname}: the first broken link is ${broken.code}, ${broken.object}\n`;
  return `${lines}${end}`;
}
