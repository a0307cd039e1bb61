import { nearest } from '../../../text/nearest.ts';
import { quoted } from '../../load/origin.ts';
import { isOfQuantity, quantityIn } from '../quantity.ts';
import { outOfRange } from './common.ts';
import { expectText, isOf, QUALIFIED_KEY, textRule } from './grammars.ts';
import { inside, mapOf, mapsOf, type Place, type Sound, tell } from './report.ts';

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];
const NOTHING = textRule('', 0, 'the name of a device with its domain, as in "example.com/gpu"');
const HUGE_PAGES = 'hugepages-';
const ONE = 1_000_000_000n;

/** Requests and limits of a container. Source: `validateResourceRequirements`. */
export function checkResources(resources: Sound, place: Place): void {
  const limits = mapOf(resources, 'limits') ?? {};
  const requests = mapOf(resources, 'requests') ?? {};
  for (const [key, amounts] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [name, quantity] of Object.entries(amounts))
      checkAmount(name, quantity, inside(place, key, name));
  }
  for (const [name, quantity] of Object.entries(requests)) {
    checkAgainstLimit(name, quantity, limits[name], inside(place, 'requests', name));
  }
  checkHugePages({ ...limits, ...requests }, place);
  for (const [index] of mapsOf(resources, 'claims')) {
    tell(place, ['claims', index], {
      code: 'PartNotAllowed',
      message: 'expected no claims, because the Pod has no resourceClaims, found one',
      hint: 'remove claims',
    });
  }
}

function checkAmount(name: string, quantity: unknown, place: Place): void {
  checkName(name, place);
  const text = String(quantity);
  // Most amounts are told to be sound without working them out.
  if (text.startsWith('-') && quantityIn(text) < 0n) outOfRange(place, [], 'at least 0', text);
  else if (mustBeWhole(name) && quantityIn(text) % ONE !== 0n) outOfRange(place, [], 'a whole number', text);
  if (name.startsWith(HUGE_PAGES)) checkPages(name, quantity, place);
}

/** A name of Kubernetes, or one of a device with its domain before it. */
function checkName(name: string, place: Place): void {
  if (name.includes('/')) {
    if (!isOf(name, QUALIFIED_KEY)) expectText(place, [], name, QUALIFIED_KEY);
    else if (isNative(name) || isExtended(name)) return;
    else expectText(place, [], name, NOTHING);
  } else if (!STANDARD.includes(name) && !name.startsWith(HUGE_PAGES)) {
    const suggestion = nearest(name, STANDARD);
    tell(place, [], {
      code: 'PartNotAllowed',
      message: `expected ${STANDARD.join(', ')}, hugepages-SIZE or a name with a domain, found ${quoted(name)}`,
      hint: suggestion === undefined ? 'change the key' : `did you mean ${suggestion}?`,
    });
  }
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isExtended(name: string): boolean {
  return !name.startsWith('requests.') && isOf(`requests.${name}`, QUALIFIED_KEY);
}

/** What can only be had as a whole, and not by more than there is. */
function mustBeWhole(name: string): boolean {
  return name.includes('/') && !isNative(name);
}

function isOvercommitted(name: string): boolean {
  return isNative(name) && !name.startsWith(HUGE_PAGES);
}

function checkAgainstLimit(name: string, quantity: unknown, limit: unknown, place: Place): void {
  if (limit === undefined || limit === null) {
    if (isOvercommitted(name)) return;
    tell(place, [], {
      code: 'PartMissing',
      message: `expected a limit of ${name} as well, found none`,
      hint: `add limits.${name} with the same quantity`,
    });
  } else if (!isOvercommitted(name)) {
    if (isOfQuantity(quantity, limit)) return;
    aboveLimit(place, `the limit of ${name} (${String(limit)})`, quantity);
  } else if (quantityIn(quantity) > quantityIn(limit)) {
    aboveLimit(place, `at most the limit of ${name} (${String(limit)})`, quantity);
  }
}

function aboveLimit(place: Place, expected: string, found: unknown): void {
  tell(place, [], {
    code: 'RequestAboveLimit',
    message: `expected ${expected}, found ${String(found)}`,
    hint: 'lower the request, or raise the limit',
  });
}

function checkPages(name: string, quantity: unknown, place: Place): void {
  const size = name.slice(HUGE_PAGES.length);
  const isSize = /^[0-9.]+([KMGTPE]i|[kMGTPE])?$/.test(size) && quantityIn(size) > 0n;
  if (isSize && quantityIn(quantity) % quantityIn(size) === 0n) return;
  outOfRange(place, [], `a multiple of the page size ${size}`, String(quantity));
}

function checkHugePages(amounts: Sound, place: Place): void {
  const names = Object.keys(amounts);
  const found = names.find((name) => name.startsWith(HUGE_PAGES));
  if (found === undefined || names.includes('cpu') || names.includes('memory')) return;
  tell(place, [], {
    code: 'PartMissing',
    message: `expected cpu or memory beside ${found}, found neither`,
    hint: 'add requests.cpu or requests.memory',
  });
}
