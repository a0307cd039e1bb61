import { parse } from 'tldts';
import { withoutWildcard } from './hostnames.ts';

/** Names that are known to be names, so nothing is checked or taken apart again. */
const OPTIONS = {
  allowPrivateDomains: true,
  detectIp: false,
  extractHostname: false,
  validateHostname: false,
} as const;

/**
 * The registered domain by which certificate authorities count orders: one label below the public suffix, the private
 * part of the list included (https://letsencrypt.org/docs/rate-limits). A public suffix is its own.
 *
 * @param hostname in normal spelling; of a wildcard that of its parent.
 */
export function registeredDomain(hostname: string): string {
  const name = withoutWildcard(hostname);
  return parse(name, OPTIONS).domain ?? name;
}

/**
 * Whether strangers register names directly below this one: it is on the public suffix list (publicsuffix.org), the
 * private part included, or a top-level domain that the list does not know.
 */
export function isPublicSuffix(name: string): boolean {
  return parse(name, OPTIONS).domain === null;
}

/** Whether a name is a suffix of a registry itself, such as `com` or `co.uk`. */
export function isRegistrySuffix(name: string): boolean {
  const { domain, isIcann } = parse(name, OPTIONS);
  return domain === null && isIcann === true;
}
