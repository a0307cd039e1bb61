import { choice, group, list, text, textMap } from '../definition.ts';
import {
  ANNOTATION_VALUE,
  HOSTNAME,
  IP_ADDRESS,
  LABEL_VALUE,
  LINE,
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
        type: choice(['IPAddress', 'Hostname'], 'IPAddress', 'What the value is.'),
        value: text('', LINE, 'The address itself.'),
      }),
      MAX_ADDRESSES,
      `Addresses that the ${entry} Gateway asks its controller for; empty lets the controller choose.`,
      [addressRule('IPAddress', IP_ADDRESS.pattern), addressRule('Hostname', HOSTNAME.pattern)],
    ),
  };
}

function addressRule(type: string, pattern: string) {
  return {
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { value: { pattern } } },
  };
}
