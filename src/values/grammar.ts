/**
 * The grammars of texts in the values: what the API server, or the tool that gets the text, accepts.
 *
 * Patterns are anchored and written in what JavaScript and RE2 share, because Helm checks them too. `expected`
 * completes the sentence "expected ...".
 */
export interface Grammar {
  readonly pattern: string;
  readonly maxLength: number;
  readonly expected: string;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SHORT_LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const QUALIFIED = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';

/** A grammar of a pattern for the whole text. */
export function grammar(pattern: string, maxLength: number, expected: string): Grammar {
  return Object.freeze({ pattern: `^${pattern}$`, maxLength, expected });
}

/** Code points that YAML writers in Go drop or change without a word: DEL, C1 controls, U+FFFE and U+FFFF. */
export const UNPRINTABLE = '\u007f-\u009f\ufffe\uffff';

/** The largest number that Kubernetes takes where it keeps 32 bits. */
export const MAX_INT32 = 2_147_483_647;

/** A share of all. */
export const PERCENT = grammar('([0-9]|[1-9][0-9]|100)%', 4, 'a share from "0%" to "100%"');

/** Any text of one line. */
export const LINE = grammar(
  `[^\u0000-\u001f${UNPRINTABLE}\u2028\u2029]*`,
  4096,
  'a text of one line without control characters',
);

/** The value of an address of a Gateway, whatever its type. */
export const ADDRESS = { ...LINE, maxLength: 253 };

/** Values of annotations: any text, short enough that all annotations of an object stay under 256 KiB. */
export const ANNOTATION_VALUE = grammar(
  `[^\u0000-\u0008\u000b-\u001f${UNPRINTABLE}\u2028\u2029]*`,
  1900,
  'a text without control characters',
);

/** Any text inside a piece of a manifest that is passed through. */
export const FRAGMENT_TEXT = grammar(
  `[^\u0000-\u0008\u000b-\u001f${UNPRINTABLE}\u2028\u2029]*`,
  1_048_576,
  'a text without control characters',
);

/** How a key begins that is not the merge key of YAML, and what it goes on with. */
const KEY_START = `([^<\u0000-\u001f${UNPRINTABLE}\u2028\u2029]|<[^<\u0000-\u001f${UNPRINTABLE}\u2028\u2029])`;
const KEY_REST = `[^\u0000-\u001f${UNPRINTABLE}\u2028\u2029]`;

/**
 * A key that names a resource, as far as its characters go; its own grammar is stricter. It counts nothing, because Helm
 * 3.17 compiles a pattern again for every key that it meets, and one that counts is as many copies of what it counts.
 */
export const RESOURCE_KEY = grammar(
  `${KEY_START}${KEY_REST}*`,
  250,
  'the name of a resource, without control characters',
);

/** Any key inside such a piece but the merge key of YAML, short enough for a key on one line. */
export const FRAGMENT_KEY = grammar(
  `${KEY_START}${KEY_REST}{0,248}`,
  250,
  'a key of at most 250 characters, none of them a control character',
);

/** RFC 1123 label: names of namespaces. */
export const DNS_LABEL = grammar(LABEL, 63, 'lower-case letters, digits and dashes, as in "edge-system"');

/** RFC 1035 label: names of Services. */
export const SERVICE_NAME = grammar(
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  63,
  'lower-case letters, digits and dashes, beginning with a letter, as in "kubebyon"',
);

/** RFC 1123 subdomain: names of most objects. */
export const OBJECT_NAME = grammar(
  `${LABEL}(\\.${LABEL})*`,
  253,
  'lower-case letters, digits, dashes and dots, as in "kubebyon-platform-tls"',
);

/** Names of Gateways: implementations put them into label values, so they hold to the 63 characters of those. */
export const GATEWAY_NAME = grammar(
  `${LABEL}(\\.${LABEL})*`,
  63,
  'at most 63 lower-case letters, digits, dashes and dots, as in "public-gateway"',
);

/** Secrets whose name gets a shard number appended. */
export const SHARDED_SECRET_NAME = grammar(
  `${LABEL}(\\.${LABEL})*`,
  250,
  'at most 250 lower-case letters, digits, dashes and dots, as in "kubebyon-workload-tls"',
);

/** Listener names: Gateway API SectionName, at most a label long so that they can stand in names and labels. */
export const LISTENER_NAME = grammar(
  `${LABEL}(\\.${LABEL})*`,
  63,
  'at most 63 lower-case letters, digits, dashes and dots, as in "workload-http"',
);

/** Gateway API PreciseHostname; a name without dots or of digits alone is no public hostname. */
export const HOSTNAME = grammar(
  `(${SHORT_LABEL}\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?`,
  253,
  'a DNS name in lower case without wildcard and final dot, as in "kubebyon.example.com"',
);

/** At most 247 characters, under the 253 of a DNS subdomain: four long labels, or eight short ones. */
const KEY_PREFIX = `(${labelUpTo(61)}(\\.${labelUpTo(61)}){0,3}|${labelUpTo(30)}(\\.${labelUpTo(30)}){0,7})`;

function labelUpTo(length: number): string {
  return `[a-z0-9]([-a-z0-9]{0,${length - 2}}[a-z0-9])?`;
}

/** Types of the addresses of a Gateway: those of Gateway API, and those of a controller below its domain. */
export const ADDRESS_TYPE = grammar(
  `(IPAddress|Hostname|NamedAddress|${LABEL}(\\.${LABEL})*/[-A-Za-z0-9/._~%!$&'()*+,;=:]+)`,
  253,
  'IPAddress, Hostname, NamedAddress or a type like "example.com/Pool"',
);

/** A host name that a Gateway asks for. */
export const ADDRESS_HOSTNAME = grammar(`(\\*\\.)?${LABEL}(\\.${LABEL})*`, 253, 'a DNS name in lower case');

/** Keys of labels and annotations. */
export const QUALIFIED_KEY = grammar(
  `(${KEY_PREFIX}/)?${QUALIFIED}`,
  311,
  'a key like "team" or "example.com/team"',
);

/** Values of labels. */
export const LABEL_VALUE = grammar(
  `(${QUALIFIED})?`,
  63,
  'at most 63 letters, digits, dashes, dots and underscores, beginning and ending with a letter or digit',
);

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
export const IPV4 = `${OCTET}(\\.${OCTET}){3}`;
const H16 = '[0-9a-f]{1,4}';
export const IPV6 = [
  `(${H16}:){7}${H16}`,
  `(${H16}:){1,7}:`,
  `(${H16}:){1,6}:${H16}`,
  `(${H16}:){1,5}(:${H16}){1,2}`,
  `(${H16}:){1,4}(:${H16}){1,3}`,
  `(${H16}:){1,3}(:${H16}){1,4}`,
  `(${H16}:){1,2}(:${H16}){1,5}`,
  `${H16}:(:${H16}){1,6}`,
  `:(:${H16}){1,7}`,
  '::',
].join('|');

const HEX = '[0-9a-fA-F]{1,4}:';

/** IPv6 addresses whose last 32 bits are written as an IPv4 address: six groups before it, or fewer around "::". */
const IPV4_IN_IPV6 = [
  `(${HEX}){6}${IPV4}`,
  `::(${HEX}){0,5}${IPV4}`,
  ...[1, 2, 3, 4, 5].map((groups) => `(${HEX}){${groups}}:(${HEX}){0,${5 - groups}}${IPV4}`),
].join('|');

/** An IP address of either family. */
export const ANY_IP_ADDRESS = grammar(
  `(${IPV4}|${IPV6.replaceAll('a-f', 'a-fA-F')}|${IPV4_IN_IPV6})`,
  45,
  'an IP address, as in "192.0.2.10" or "2001:db8::1"',
);

/** An IP address of either family, in canonical spelling. */
export const IP_ADDRESS = grammar(
  `(${IPV4}|${IPV6})`,
  45,
  'an IP address, as in "192.0.2.10" or "2001:db8::1"',
);

/** Where a process listens. */
export const IPV4_ADDRESS = grammar(IPV4, 15, 'an IPv4 address, as in "127.0.0.1"');

/** A range of IP addresses of either family. */
export const CIDR = grammar(
  `(${IPV4}/([0-9]|[12][0-9]|3[0-2])|(${IPV6})/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))`,
  49,
  'a range of addresses, as in "10.0.0.0/8" or "fd00::/8"',
);

/** An image without tag and digest, optionally with the registry before it. */
export const IMAGE_REPOSITORY = grammar(
  '[a-z0-9]([-a-z0-9._]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]([-a-z0-9._]*[a-z0-9])?)*',
  255,
  'an image repository without tag, as in "kubebyon-api" or "images.example.com/team/kubebyon-api"',
);

export const IMAGE_TAG = grammar('[A-Za-z0-9_][-A-Za-z0-9_.]*', 128, 'an image tag, as in "1.4.2"');

export const IMAGE_DIGEST = grammar(
  'sha256:[a-f0-9]{64}',
  71,
  'an image digest, as in "sha256:" and 64 hex digits',
);

/** A registry, optionally with a path below it. */
export const IMAGE_REGISTRY = grammar(
  '[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]([-a-z0-9._]*[a-z0-9])?)*',
  255,
  'a registry, as in "images.example.com:5000/mirror"',
);

/** An absolute URL of http or https. */
export const HTTP_URL = grammar(
  "https?://[-A-Za-z0-9.:\\[\\]]+(/[-A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%]*)?",
  2048,
  'a URL with http or https, as in "https://api.example.com"',
);

/** An address that a server listens on: an IP address or a host name. */
export const BIND_ADDRESS = grammar(
  `(${IPV4}|${IPV6}|${LABEL}(\\.${LABEL})*)`,
  253,
  'an address to listen on, as in "0.0.0.0" or "::"',
);

/** API group of an issuer: a DNS subdomain. */
export const API_GROUP = grammar(`${LABEL}(\\.${LABEL})*`, 253, 'an API group, as in "cert-manager.io"');

/** Kind of an issuer. */
export const KIND = grammar('[A-Z][A-Za-z0-9]*', 63, 'a kind, as in "ClusterIssuer"');

/** A DNS server: an IP address, with or without a port. */
export const DNS_SERVER = grammar(
  `((${IPV4}|\\[(${IPV6})\\])(:[0-9]{1,5})?|${IPV6})`,
  53,
  'an IP address with or without a port, as in "192.0.2.53" or "[2001:db8::53]:5353"',
);

/** The key of a finding that an operator confirms. */
export const WITHDRAWAL_KEY = grammar(
  '[A-Za-z]+-[0-9a-f]{8}',
  63,
  'the key of a finding, as in "HTTPRoute-0123abcd"',
);

/** Allows the empty text besides what the grammar allows. */
export function orEmpty(inner: Grammar): Grammar {
  return Object.freeze({
    pattern: `^(${inner.pattern.slice(1, -1)})?$`,
    maxLength: inner.maxLength,
    expected: `${inner.expected}, or empty`,
  });
}
