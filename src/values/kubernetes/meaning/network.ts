import { outOfRange } from './common.ts';
import { ANY_IP_ADDRESS, expectText, OBJECT_NAME, SEARCH_DOMAIN, textRule } from './grammars.ts';
import { listOf, type Place, type Sound, textOf } from './report.ts';

const OPTION_NAME = textRule('.+', 253, 'the name of an option');
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCHES = 2048;

/** A line of /etc/hosts. Source: `ValidateHostAliases`. */
export function checkHostAlias(alias: Sound, place: Place): void {
  expectText(place, ['ip'], textOf(alias, 'ip'), ANY_IP_ADDRESS);
  for (const [index, hostname] of listOf(alias, 'hostnames').entries()) {
    expectText(place, ['hostnames', index], String(hostname), OBJECT_NAME);
  }
}

/** DNS of a Pod. Source: `validatePodDNSConfig`. */
export function checkDnsConfig(config: Sound, place: Place): void {
  const nameservers = listOf(config, 'nameservers');
  if (nameservers.length > MOST_NAMESERVERS) {
    outOfRange(place, ['nameservers'], `at most ${MOST_NAMESERVERS} elements`, String(nameservers.length));
  }
  for (const [index, address] of nameservers.entries()) {
    expectText(place, ['nameservers', index], String(address), ANY_IP_ADDRESS);
  }
  const searches = listOf(config, 'searches').map(String);
  if (searches.length > MOST_SEARCHES) {
    outOfRange(place, ['searches'], `at most ${MOST_SEARCHES} elements`, String(searches.length));
  }
  const length = searches.join(' ').length;
  if (length > LONGEST_SEARCHES) {
    outOfRange(place, ['searches'], `at most ${LONGEST_SEARCHES} characters in all`, String(length));
  }
  for (const [index, search] of searches.entries())
    expectText(place, ['searches', index], search, SEARCH_DOMAIN);
  for (const [index, option] of listOf(config, 'options').entries()) {
    if (typeof option === 'object' && option !== null && textOf(option as Sound, 'name') === '') {
      expectText(place, ['options', index, 'name'], '', OPTION_NAME);
    }
  }
}
