import {
  controlPlaneRouteName,
  edgeName,
  hostnameObjectName,
  routePlanName,
} from '../../contract/runtime-names.ts';
import { shortHash } from '../../text/bounded-name.ts';

/** Names of an identity that the runtime makes. */
const OF_CLUSTER = [controlPlaneRouteName, edgeName, routePlanName];

/** A name that the runtime makes: what is readable in it, the hash of what it is, and which of several it is. */
const MADE = /^(.*?)-([0-9a-f]{8})((?:-(?:https-dedicated|https|http|redirect)-\d+|-ipv[46](?:-\d+)?)?)$/;
const PREFIXES = ['kubebyon-edge-', 'kubebyon-cp-', ''];

/** What is to be called otherwise, and how. */
export interface Renamed {
  /** Ids of clusters. */
  readonly ids: ReadonlyMap<string, string>;
  /** Slugs and namespaces. */
  readonly words: ReadonlyMap<string, string>;
  readonly hostnames: ReadonlyMap<string, string>;
}

/** Renames in any text: names that are written alone, hostnames, and the names of objects that are made of them. */
export function renaming({ ids, words, hostnames }: Renamed): (text: string) => string {
  const exact = new Map([
    ...words,
    ...ids,
    ...[...ids].flatMap(([id, masked]) => OF_CLUSTER.map((nameOf) => [nameOf(id), nameOf(masked)] as const)),
    ...[...hostnames].map(
      ([name, masked]) => [hostnameObjectName(name), hostnameObjectName(masked)] as const,
    ),
  ]);
  const hashes = new Map([...ids].map(([id, masked]) => [shortHash(id), shortHash(masked)]));
  const made = (name: string): string | undefined => {
    const [, readable = '', hash = '', which = ''] = MADE.exec(name) ?? [];
    const known = exact.get(`${readable}-${hash}`);
    if (known !== undefined) return `${known}${which}`;
    const other = hashes.get(hash);
    if (other === undefined) return undefined;
    // A cluster that was named by its slug keeps that name for life.
    const prefix = PREFIXES.find((one) => readable.startsWith(one)) ?? '';
    const word = readable.slice(prefix.length);
    return `${prefix}${words.get(word) ?? ids.get(word) ?? word}-${other}${which}`;
  };
  const below = (name: string): string | undefined => {
    // A record beside a hostname has a label of its own in front.
    const dot = name.indexOf('.');
    const parent = dot < 0 ? undefined : hostnames.get(name.slice(dot + 1));
    return parent === undefined ? undefined : `${name.slice(0, dot + 1)}${parent}`;
  };
  const hostname = (name: string): string | undefined => {
    const other = hostnames.get(name.toLowerCase());
    return other === undefined ? undefined : spelledAs(other, name);
  };
  const rename = (name: string): string =>
    exact.get(name) ?? hostname(name) ?? made(name) ?? below(name) ?? name;
  return (text) => text.replace(/[\w*][\w*.-]*[\w]|[\w]/g, rename);
}

/** With capitals where another text of the same length has them. */
function spelledAs(text: string, other: string): string {
  return [...text]
    .map((char, place) => (/[A-Z]/.test(other.charAt(place)) ? char.toUpperCase() : char))
    .join('');
}
