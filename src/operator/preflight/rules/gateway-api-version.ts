import { failed, ok, type Said, warned } from '../../checks/check.ts';
import { definitionOf } from '../../checks/gateway-api.ts';
import { definitionName, KINDS } from '../../checks/kinds.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import { isAtLeast, versionNumbers } from '../../checks/versions.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

/** The oldest that serves TLSRoute v1 in the standard channel. */
const LEAST = [1, 5] as const;

export const gatewayApiVersion: PreflightRule = {
  code: 'GatewayApiVersion',
  looksAt: 'The installed release of the Gateway API is 1.5 or newer, by the annotation of its definitions.',
  replaces: [],
  next: 'upgrade the Gateway API to 1.5.1 or newer; see what its controller supports first',
  check: (facts) =>
    neededDefinitions(facts.wanted)
      .filter((kind) => KINDS[kind].group === 'gateway.networking.k8s.io')
      .flatMap((kind) =>
        ifThere(facts, 'CustomResourceDefinition', '', definitionName(kind), (object): readonly Said[] => {
          const { bundleVersion = '' } = definitionOf(object);
          const numbers = versionNumbers(bundleVersion);
          if (numbers === undefined)
            return [warned(nameOf(object), 'an annotation with its bundle version', bundleVersion || 'none')];
          return [
            isAtLeast(numbers, LEAST)
              ? ok(nameOf(object), bundleVersion)
              : failed(nameOf(object), 'v1.5 or newer', bundleVersion),
          ];
        }),
      ),
};
