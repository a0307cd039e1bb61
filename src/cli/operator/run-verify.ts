import type { Answer } from '../../operator/checks/facts.ts';
import { all } from '../../operator/checks/facts.ts';
import { reportOf } from '../../operator/checks/report.ts';
import { checksOf } from '../../operator/checks/rule.ts';
import { keeperOf, ofRelease, type VerifyFacts } from '../../operator/verify/facts.ts';
import { verifyGrants } from '../../operator/verify/permissions.ts';
import { firstQuestions, nextQuestions } from '../../operator/verify/questions.ts';
import { VERIFY_RULES } from '../../operator/verify/rules.ts';
import { runtimeRights } from '../../operator/verify/runtime-rights.ts';
import { targetsOf } from '../../operator/verify/targets.ts';
import { at, textOf } from '../../text/json.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';
import { ask, type Progress } from './ask.ts';
import { askSubject } from './ask-subject.ts';
import { finish } from './finish.ts';
import type { CheckOptions } from './flags.ts';
import { type Host, reachHost } from './host.ts';
import { printRoles } from './print-roles.ts';
import { progressLine } from './progress.ts';
import { type ResolvedAs, tryTarget } from './requests.ts';

/** What `verify` is told. */
export interface VerifyOptions extends CheckOptions {
  readonly release: VerifyFacts['release'];
  readonly hostnames: readonly string[];
  /** Whether requests are sent to the hostnames. */
  readonly requests: boolean;
  readonly resolved: readonly ResolvedAs[];
  /** DNS servers that are asked; none: as this machine resolves names. */
  readonly dnsServers: readonly string[];
  /** Print what somebody needs who runs this, and ask nothing. */
  readonly onlyPermissions: boolean;
  /** Namespaces of Gateways, where they are not that of the release; for the permissions only. */
  readonly gatewayNamespaces: readonly string[];
}

/** Somebody asks about thousands of clusters a page at a time; this many requests are a mistake. */
const MOST_REQUESTS = 100_000;

/** Looks at a release that is installed. */
export async function runVerify(options: VerifyOptions): Promise<Outcome> {
  const { release, onlyPermissions, gatewayNamespaces } = options;
  if (onlyPermissions) return printRoles('verify', verifyGrants(release, gatewayNamespaces));
  const reached = await reachHost(options, MOST_REQUESTS);
  if (!reached.ok) return reached.outcome;
  const { host } = reached;
  const line = progressLine(process.stderr);
  const facts = await verifyFacts(host, options, Date.now(), (done, of) =>
    line.show(`verify: ${done} of ${of} questions answered, ${host.count()} requests`),
  );
  const requests = options.requests
    ? await Promise.all(
        targetsOf(facts).map((target) => tryTarget(target, options.resolved, options.dnsServers)),
      )
    : [];
  line.end();
  await host.close();
  if (isNotThere(all(facts, 'Deployment', release.namespace), facts))
    return refusal(
      4,
      `expected release ${release.name} in namespace ${release.namespace}, found no Deployment of it`,
      'see helm list -A, and name the release and its namespace',
    );
  const { gitVersion } = host.version;
  const about = { command: 'verify', server: host.server, version: gitVersion, requests: host.count() };
  return finish(reportOf(about, checksOf(VERIFY_RULES, { ...facts, requests })), options);
}

/** Everything that the checks after an installation look at, but requests to hostnames. */
export async function verifyFacts(
  { requester, version }: Pick<Host, 'requester' | 'version'>,
  { release, hostnames }: Pick<VerifyOptions, 'release' | 'hostnames'>,
  now: number,
  onProgress?: Progress,
): Promise<VerifyFacts> {
  const empty = {
    now,
    version: { seen: true, value: version },
    release,
    hostnames,
    requests: [],
    rights: {},
  } as const;
  const first = await ask(requester, firstQuestions(release), onProgress);
  const known: VerifyFacts = { ...empty, answers: first };
  const next = await ask(requester, nextQuestions(known), onProgress);
  const facts: VerifyFacts = { ...empty, answers: { ...first, ...next } };
  const keeper = keeperOf(facts);
  const account = textOf(at(keeper?.spec, 'template', 'spec', 'serviceAccountName')) ?? 'default';
  const rights =
    keeper === undefined
      ? {}
      : await askSubject(requester, { namespace: release.namespace, name: account }, runtimeRights(facts));
  return { ...facts, rights };
}

function isNotThere(deployments: Answer, facts: VerifyFacts): boolean {
  return deployments.seen && ofRelease(facts, 'Deployment').length === 0;
}
