import { proofRecord } from '../../contract/proof-record.ts';
import { isWildcard } from '../../text/hostnames.ts';
import { parseIp } from '../../text/ip.ts';
import { canonicalJson, compareText } from '../world/json.ts';
import type { DnsAnswer } from '../world/world.ts';

/** What the answers about a hostname mean (runbook section 5.4, "canonical target"). */
export interface DnsVerdict {
  readonly outcome: 'positive' | 'negative' | 'unknown';
  readonly reason: DnsReason;
  /** What was seen, for the operator. */
  readonly detail: string;
  /** Newest time an answer was given; undefined when nobody asked. */
  readonly checkedAt?: string;
  /** The TXT record that proves the claim was seen. */
  readonly proven: boolean;
}

export type DnsReason =
  | 'Ready'
  | 'NotChecked'
  | 'Unknown'
  | 'ResolversDisagree'
  | 'TargetUnresolvable'
  | 'NXDomain'
  | 'NoAddress'
  | 'DanglingChain'
  | 'ChainError'
  | 'CanonicalOnlyMatch'
  | 'FlattenedOrApex'
  | 'WrongAddress'
  | 'ProxiedByCDN'
  | 'PointsToOtherCluster'
  | 'ProofMissing';

export interface DnsQuestion {
  readonly hostname: string;
  readonly target: string;
  readonly answers: readonly DnsAnswer[];
  readonly targetAnswers: readonly DnsAnswer[];
  /** Whether a name is another cluster's current or retired target. */
  readonly isOtherTarget: (name: string) => boolean;
  /** Value that the TXT record must hold. */
  readonly proof?: string;
}

/** What is known of a name that DNS has not been asked about. */
export const NOT_CHECKED: DnsVerdict = Object.freeze({
  outcome: 'unknown',
  reason: 'NotChecked',
  detail: 'DNS has not been asked yet',
  proven: false,
});

const MAX_HOPS = 8;
const DEFINITE_ERRORS: ReadonlySet<string> = new Set(['ENOTFOUND', 'NXDOMAIN', 'ENODATA', 'NODATA']);

/**
 * One verdict from several resolvers: positive when at least one says so and none says the contrary, negative only
 * when all asked say so, otherwise unknown. "Could not ask" never counts as "is not there".
 */
export function judgeDns(question: DnsQuestion): DnsVerdict {
  const { proof } = question;
  if (question.answers.length === 0) return NOT_CHECKED;
  const answers = [...question.answers].sort(compareAnswers);
  const proven =
    proof !== undefined && proof !== '' && answers.some((answer) => answer.txt?.includes(proof) === true);
  const checkedAt = newest(answers);
  const verdict = (outcome: DnsVerdict['outcome'], reason: DnsReason, detail: string): DnsVerdict => ({
    outcome,
    reason,
    detail,
    proven,
    ...(checkedAt === undefined ? {} : { checkedAt }),
  });
  if (targetUnresolvable(question.targetAnswers)) {
    return verdict('unknown', 'TargetUnresolvable', `${question.target} does not resolve`);
  }
  const single = answers.map((answer) => judgeAnswer(question, answer, proven));
  const positive = single.find(({ outcome }) => outcome === 'positive');
  if (positive !== undefined && !proven && isWildcard(question.hostname)) {
    const record = proofRecord(question.hostname);
    return verdict('negative', 'ProofMissing', `the TXT record ${record} does not hold the proof`);
  }
  const negative = single.filter(({ outcome }) => outcome === 'negative');
  const [first] = negative;
  if (positive !== undefined) {
    return first === undefined
      ? verdict('positive', positive.reason, positive.detail)
      : verdict('unknown', 'ResolversDisagree', `one resolver reaches the target, another: ${first.detail}`);
  }
  if (first !== undefined && negative.length === single.length) {
    // The target of another cluster is reached for sure only when all say so.
    const told = negative.find(({ reason }) => reason !== 'PointsToOtherCluster') ?? first;
    return verdict('negative', told.reason, told.detail);
  }
  const unsure = single.find(({ outcome }) => outcome === 'unknown');
  return verdict('unknown', 'Unknown', unsure?.detail ?? '');
}

/** The order in which answers stand in a world means nothing. */
function compareAnswers(a: DnsAnswer, b: DnsAnswer): number {
  return compareText(a.resolver, b.resolver) || compareText(canonicalJson(a), canonicalJson(b));
}

/** Whether every resolver that answered says that a target's own name leads nowhere. */
export function targetUnresolvable(answers: readonly DnsAnswer[]): boolean {
  const definite = answers.filter(({ error }) => error === undefined || DEFINITE_ERRORS.has(error));
  return (
    definite.length > 0 && definite.length === answers.length && definite.every((answer) => !resolves(answer))
  );
}

interface AnswerVerdict {
  readonly outcome: DnsVerdict['outcome'];
  readonly reason: DnsReason;
  readonly detail: string;
}

function judgeAnswer(question: DnsQuestion, answer: DnsAnswer, proven: boolean): AnswerVerdict {
  const { hostname, target } = question;
  const chain = (answer.chain ?? []).map(spell);
  const shown = [hostname, ...chain.slice(0, MAX_HOPS)].join(' -> ').slice(0, 600);
  const negative = (reason: DnsReason, detail: string): AnswerVerdict => ({
    outcome: 'negative',
    reason,
    detail,
  });
  const unknown = (detail: string): AnswerVerdict => ({ outcome: 'unknown', reason: 'Unknown', detail });
  if (answer.error !== undefined && !DEFINITE_ERRORS.has(answer.error)) {
    return unknown(`${answer.resolver} could not answer (${answer.error.slice(0, 40)})`);
  }
  if (chain.length > MAX_HOPS || new Set([hostname, ...chain]).size !== chain.length + 1) {
    return negative('ChainError', `the CNAME chain loops or is longer than ${MAX_HOPS}: ${shown}`);
  }
  const targetChain = question.targetAnswers.map((one) => (one.chain ?? []).map(spell));
  const finals = new Set(targetChain.map((names) => names.at(-1) ?? target));
  const final = chain.at(-1) ?? hostname;
  if (chain.includes(target)) {
    if (answer.error !== undefined) return negative('DanglingChain', `${shown} leads nowhere`);
    if (answer.a !== undefined && answer.aaaa !== undefined && !resolves(answer)) {
      return negative('NoAddress', `${shown} has no address`);
    }
    if (final !== target && finals.size > 0 && !finals.has(final)) {
      return unknown(`${shown} ends at another name than the target does`);
    }
    return { outcome: 'positive', reason: 'Ready', detail: shown };
  }
  const other = chain.find(question.isOtherTarget);
  if (other !== undefined)
    return negative('PointsToOtherCluster', `${shown}: ${other} is another cluster's target`);
  if (answer.error !== undefined) {
    return chain.length === 0
      ? negative(
          answer.error === 'ENODATA' || answer.error === 'NODATA' ? 'NoAddress' : 'NXDomain',
          `${hostname} does not exist`,
        )
      : negative('DanglingChain', `${shown} leads nowhere`);
  }
  if (chain.length > 0 && finals.has(final)) {
    return negative('CanonicalOnlyMatch', `${shown} skips the target ${target}`);
  }
  return judgeAddresses(question, answer, shown, proven);
}

function judgeAddresses(
  question: DnsQuestion,
  answer: DnsAnswer,
  shown: string,
  proven: boolean,
): AnswerVerdict {
  const addresses = addressesOf(answer);
  if (addresses.length === 0) {
    return {
      outcome: 'negative',
      reason: 'NoAddress',
      detail: `${shown} has neither a CNAME to the target nor an address`,
    };
  }
  const ours = new Set(question.targetAnswers.flatMap(addressesOf));
  if (ours.size === 0) {
    return {
      outcome: 'unknown',
      reason: 'Unknown',
      detail: `the addresses of ${question.target} are not known`,
    };
  }
  const wrong = addresses.find((address) => !ours.has(address));
  if (wrong === undefined) {
    return proven
      ? {
          outcome: 'positive',
          reason: 'Ready',
          detail: `${shown} has the target's addresses and the TXT proof`,
        }
      : {
          outcome: 'negative',
          reason: 'FlattenedOrApex',
          detail: `${shown} has the target's addresses but no CNAME; the TXT proof at ${proofRecord(question.hostname)} is needed`,
        };
  }
  const proxied = (answer.chain ?? []).length > 0;
  return {
    outcome: 'negative',
    reason: proxied ? 'ProxiedByCDN' : 'WrongAddress',
    detail: `${shown} has the address ${wrong}, which is not the target's`,
  };
}

function resolves(answer: DnsAnswer): boolean {
  return answer.error === undefined && (answer.a === undefined || addressesOf(answer).length > 0);
}

function addressesOf(answer: DnsAnswer): readonly string[] {
  return [...(answer.a ?? []), ...(answer.aaaa ?? [])]
    .map((text) => text.toLowerCase())
    .filter((text) => parseIp(text) !== undefined);
}

function spell(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

function newest(answers: readonly DnsAnswer[]): string | undefined {
  return answers
    .map(({ checkedAt }) => checkedAt)
    .filter((time) => !Number.isNaN(Date.parse(time)))
    .sort((a, b) => Date.parse(a) - Date.parse(b) || compareText(a, b))
    .at(-1);
}

/** Whether the CAA records forbid every authority: only `issue ";"` (for a wildcard `issuewild`, where given). */
export function caaForbids(answers: readonly DnsAnswer[], wildcard: boolean): boolean {
  const records = answers.flatMap((answer) => answer.caa ?? []);
  const values = (tag: string): readonly string[] =>
    records
      .map((record) => /^\d+\s+([a-z]+)\s+"?([^"]*)"?$/i.exec(record.trim()))
      .filter((match) => match?.[1]?.toLowerCase() === tag)
      .map((match) => (match?.[2] ?? '').trim());
  const wild = values('issuewild');
  const relevant = wildcard && wild.length > 0 ? wild : values('issue');
  return relevant.length > 0 && relevant.every((value) => value === ';' || value === '');
}
