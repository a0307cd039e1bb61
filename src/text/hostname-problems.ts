/** Why a text is no hostname, in words for whoever wrote it. */

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NUMERIC_LABEL = /^([0-9]+|0x[0-9a-f]*)$/;
const CONTROL = /\p{Cc}/u;
/** Nothing in it that is refused here. */
const PLAIN = /^(\*\.)?[a-z0-9.-]+$/i;

/** What people paste from a browser or a kubeconfig: a URL, a port, a path; undefined when it may be a name. */
export function moreThanName(input: string): string | undefined {
  if (PLAIN.test(input)) return undefined;
  if (input === '') return 'is empty';
  if (input === '*') return 'is a wildcard without a domain';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) return 'is a URL; give the name alone, without the scheme';
  if (/\s/.test(input)) return 'has white space in it';
  if (input.includes('@')) return 'has an @ in it, as an address of mail or a user; give the name alone';
  if (/[/\\?#]/.test(input)) return 'has a path; give the name alone';
  const control = CONTROL.exec(input)?.[0];
  if (control !== undefined) return `has the character ${codePoint(control)}, which no hostname has`;
  if (/^[^:[\]]*:[0-9]*$/.test(input)) return 'has a port; give the name alone';
  if (isIpV6(input)) return 'is an IP address';
  if (/[,;]/.test(input)) return 'has several names in it; give each name its own binding';
  if (input.includes(':'))
    return 'has a colon in it, as before a port or after a scheme; give the name alone';
  return undefined;
}

/** Why labels in lower case and punycode are no name that a route may carry; undefined when they are. */
export function labelsProblem(labels: readonly string[], isWildcard: boolean): string | undefined {
  const last = labels.at(-1) ?? '';
  if (NUMERIC_LABEL.test(last))
    return URL.canParse(`http://${labels.join('.')}/`)
      ? 'is an IP address'
      : `ends in the number ${quoted(last)}, which no domain does`;
  if (labels.includes('')) return 'has an empty label: two dots in a row, or one too many at an end';
  if (labels.some((label) => label.includes('*'))) return 'has a * that is not the whole first label';
  if (labels.length < 2)
    return isWildcard ? 'is a wildcard over a whole top-level domain' : 'has only one label';
  const bad = labels.find((label) => !LABEL.test(label));
  return bad === undefined ? undefined : labelProblem(bad);
}

function labelProblem(label: string): string {
  const foreign = /[^-a-z0-9]/u.exec(label)?.[0];
  if (foreign !== undefined)
    return `has the label ${quoted(label)} with ${quoted(foreign)}; only letters, digits and dashes may stand in a label`;
  if (label.length > 63) return `has a label of ${label.length} characters, ${quoted(label)}; 63 are allowed`;
  return `has the label ${quoted(label)}, which begins or ends with a dash`;
}

/** A text that Unicode's rules for hostnames refuse. */
export function unicodeProblem(text: string): string {
  const [first = ''] = [...text].filter((one) => !/[\x21-\x7e]/.test(one) && !/[\p{L}\p{M}\p{N}]/u.test(one));
  return first === ''
    ? 'has letters that no hostname has together'
    : `has the character ${codePoint(first)}, which no hostname has`;
}

/** With or without the brackets and the port of a URL. */
function isIpV6(text: string): boolean {
  const bare = /^\[([^[\]]*)\](:[0-9]*)?$/.exec(text)?.[1] ?? text;
  return /^[0-9a-f:.]*$/i.test(bare) && bare.includes(':') && URL.canParse(`http://[${bare}]/`);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 70 ? `${text.slice(0, 70)}…` : text);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
