/** Hostnames: one spelling per name, and whose business each is. */
import { labelsProblem, moreThanName, unicodeProblem } from './hostname-problems.ts';

export type NormalisedHostname =
  | { readonly ok: true; readonly hostname: string }
  | { readonly ok: false; readonly problem: string };

const ASCII = /^[\x21-\x7e]*$/;
/** Names that are right as they are: two labels or more, the last one no number. */
const NORMAL = /^(?:\*\.)?(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Lower case, punycode, without the trailing dot. Refused: IP addresses in any spelling, single labels, labels over
 * 63 or with other characters than letters, digits and dashes, names over 253, a wildcard anywhere but in front.
 */
export function normaliseHostname(input: string): NormalisedHostname {
  if (input.length <= 253 && NORMAL.test(input)) return { ok: true, hostname: input };
  if (input.length > 1000) return { ok: false, problem: 'is longer than 253 characters' };
  const more = moreThanName(input);
  if (more !== undefined) return { ok: false, problem: more };
  const wildcard = isWildcard(input);
  const rest = withoutWildcard(input);
  const ascii = ASCII.test(rest) ? rest.toLowerCase() : toPunycode(rest);
  if (ascii === undefined) return { ok: false, problem: unicodeProblem(rest) };
  const bare = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  const hostname = wildcard ? `*.${bare}` : bare;
  if (hostname.length > 253) return { ok: false, problem: 'is longer than 253 characters' };
  const problem = labelsProblem(bare.split('.'), wildcard);
  return problem === undefined ? { ok: true, hostname } : { ok: false, problem };
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
  return isWildcard(san) && !isWildcard(hostname) && parentDomain(hostname) === withoutWildcard(san);
}

export function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*.');
}

/** The domain whose names a wildcard matches; any other name itself. */
export function withoutWildcard(hostname: string): string {
  return isWildcard(hostname) ? hostname.slice(2) : hostname;
}

/** The name without its first label. */
export function parentDomain(hostname: string): string {
  return hostname.slice(hostname.indexOf('.') + 1);
}

/** The domains above a name, the nearest first, down to the top-level domain. */
export function domainsAbove(name: string): readonly string[] {
  const domains: string[] = [];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
    domains.push(name.slice(dot + 1));
  return domains;
}
