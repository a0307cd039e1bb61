/** Hostnames: one spelling per name, and whose business each is. */

export type NormalisedHostname =
  | { readonly ok: true; readonly hostname: string }
  | { readonly ok: false; readonly problem: string };

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NUMERIC_LABEL = /^([0-9]+|0x[0-9a-f]*)$/;
const ASCII = /^[\x21-\x7e]*$/;

/**
 * Lower case, punycode, without the trailing dot. Refused: IP addresses in any spelling, single labels, labels over
 * 63 or with other characters than letters, digits and dashes, names over 253, a wildcard anywhere but in front.
 */
export function normaliseHostname(input: string): NormalisedHostname {
  if (input.length > 1000) return { ok: false, problem: 'is longer than 253 characters' };
  const wildcard = input.startsWith('*.');
  const rest = wildcard ? input.slice(2) : input;
  const ascii = ASCII.test(rest) ? rest.toLowerCase() : toPunycode(rest);
  if (ascii === undefined) return { ok: false, problem: 'is not a hostname' };
  const bare = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  const hostname = wildcard ? `*.${bare}` : bare;
  if (hostname.length > 253) return { ok: false, problem: 'is longer than 253 characters' };
  const labels = bare.split('.');
  const last = labels.at(-1) ?? '';
  if (NUMERIC_LABEL.test(last) || bare.includes(':')) return { ok: false, problem: 'is an IP address' };
  if (labels.length < 2) return { ok: false, problem: 'has only one label' };
  const bad = labels.find((label) => !LABEL.test(label));
  if (bad !== undefined) {
    return { ok: false, problem: `has the label ${JSON.stringify(bad)}, which no DNS name may have` };
  }
  return { ok: true, hostname };
}

function toPunycode(text: string): string | undefined {
  // Characters that would end the host part of a URL are no part of a name.
  if (/[\s/\\?#@:%[\]]/.test(text)) return undefined;
  const url = `http://${text}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Whether a name lies below a domain at a label boundary; the domain itself does not. */
export function isBelow(hostname: string, domain: string): boolean {
  return (
    hostname.length > domain.length + 1 &&
    hostname.endsWith(domain) &&
    hostname.at(-domain.length - 1) === '.'
  );
}

/** Whether a SAN of a certificate covers a name: the same name, or a wildcard exactly one label above it. */
export function sanCovers(san: string, hostname: string): boolean {
  if (san === hostname) return true;
  return san.startsWith('*.') && !hostname.startsWith('*.') && parentDomain(hostname) === san.slice(2);
}

/** The name without its first label. */
export function parentDomain(hostname: string): string {
  return hostname.slice(hostname.indexOf('.') + 1);
}

const SECOND_LEVEL = new Set([
  'ac',
  'co',
  'com',
  'edu',
  'gob',
  'gov',
  'gv',
  'mil',
  'ne',
  'net',
  'nom',
  'or',
  'org',
]);

/**
 * The registered domain by which certificate authorities count orders: two labels, three under second-level
 * registries such as co.uk. Without the public suffix list this is an estimate; the CA's own limit is the judge.
 */
export function registeredDomain(hostname: string): string {
  const labels = hostname.replace(/^\*\./, '').split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const size = top.length === 2 && SECOND_LEVEL.has(second) ? 3 : 2;
  return labels.slice(-size).join('.');
}
