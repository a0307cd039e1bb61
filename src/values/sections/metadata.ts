import type { DataMap } from '../../template/index.ts';
import { group, list, text, textMap } from '../definition.ts';
import {
  ADDRESS,
  ADDRESS_HOSTNAME,
  ADDRESS_TYPE,
  ANNOTATION_VALUE,
  ANY_IP_ADDRESS,
  LABEL_VALUE,
  OBJECT_NAME,
  QUALIFIED_KEY,
} from '../grammar.ts';

/** How many entries a map of labels or annotations may hold; see ANNOTATION_VALUE for the sum. */
const MAX_ENTRIES = 16;

/** Gateway API allows eight labels and eight annotations for what a controller creates. */
const MAX_INFRASTRUCTURE_ENTRIES = 8;

/** Gateway API allows sixteen addresses. */
const MAX_ADDRESSES = 16;

export function labels(description: string) {
  return textMap(QUALIFIED_KEY, LABEL_VALUE, MAX_ENTRIES, description);
}

export function annotations(description: string) {
  return textMap(QUALIFIED_KEY, ANNOTATION_VALUE, MAX_ENTRIES, description);
}

/** Labels of Nodes that a Pod or a route plan asks for. */
export function nodeSelector(description: string) {
  return textMap(QUALIFIED_KEY, LABEL_VALUE, MAX_ENTRIES, description);
}

/** Names of Secrets with credentials of image registries. */
export function imagePullSecrets(description: string) {
  return list(
    group('One Secret.', { name: text('', OBJECT_NAME, 'Name of a Secret in the release namespace.') }),
    MAX_ENTRIES,
    description,
  );
}

/** What every Gateway of the chart can be given. */
export function gatewayMetadata(entry: string) {
  return {
    labels: labels(`Labels of the ${entry} Gateway.`),
    annotations: annotations(`Annotations of the ${entry} Gateway.`),
    infrastructure: group(`Metadata for what the controller creates for the ${entry} Gateway.`, {
      labels: textMap(
        QUALIFIED_KEY,
        LABEL_VALUE,
        MAX_INFRASTRUCTURE_ENTRIES,
        `Labels of what the controller creates for the ${entry} Gateway, such as its LoadBalancer Service.`,
      ),
      annotations: textMap(
        QUALIFIED_KEY,
        ANNOTATION_VALUE,
        MAX_INFRASTRUCTURE_ENTRIES,
        `Annotations of what the controller creates for the ${entry} Gateway, such as its LoadBalancer Service.`,
      ),
    }),
    addresses: list(
      group('One address.', {
        type: text('', ADDRESS_TYPE, 'What the value is; IPAddress when left out.'),
        value: text('', ADDRESS, 'The address itself.'),
      }),
      MAX_ADDRESSES,
      `Addresses that the ${entry} Gateway asks its controller for; empty lets the controller choose.`,
      { optional: ['type', 'value'], elementRules: ADDRESS_RULES },
    ),
  };
}

const HOSTNAME_TYPE = { properties: { type: { const: 'Hostname' } }, required: ['type'] };
const IP_TYPE = { properties: { type: { const: 'IPAddress' } } };

/** Gateway API leaves values of other types to the controller. */
const ADDRESS_RULES = [
  addressRule(IP_TYPE, ANY_IP_ADDRESS.pattern),
  addressRule(HOSTNAME_TYPE, ADDRESS_HOSTNAME.pattern),
];

function addressRule(type: DataMap, pattern: string) {
  return {
    if: type,
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { value: { pattern } } },
  };
}
