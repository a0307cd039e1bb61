import { get, listOf, recordOf, textOf, textsOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { containersOf, type PodTemplate, podTemplates } from '../wanted.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';

export const podSecurity: PreflightRule = {
  code: 'PodSecurity',
  looksAt:
    'The Pod Security level that the namespace enforces lets its Pods run: those with the network of the Node, or with further capabilities, need privileged.',
  replaces: [],
  next: `kubectl label namespace NAME ${LABEL}=privileged --overwrite, or switch off what needs it`,
  check: (facts) =>
    podTemplates(facts.wanted).flatMap((template) => {
      const needs = privilegeOf(template);
      const namespace = template.owner.metadata.namespace ?? '';
      if (needs === undefined) return [];
      return ifThere(facts, 'Namespace', '', namespace, ({ metadata }): readonly Said[] => {
        const level = textOf(get(metadata.labels, LABEL)) ?? 'privileged';
        const object = nameOf(template.owner);
        return [
          level === 'privileged'
            ? ok(object, `the namespace lets it have ${needs}`)
            : failed(
                object,
                `a namespace that lets it have ${needs}`,
                `${LABEL}=${level}`,
                `kubectl label namespace ${namespace} ${LABEL}=privileged --overwrite`,
              ),
        ];
      });
    }),
};

/** Capabilities of the level baseline; source: Kubernetes documentation, Pod Security Standards. */
const BASELINE: readonly string[] = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];

/** What of a Pod the levels below privileged refuse. */
function privilegeOf(template: PodTemplate): string | undefined {
  if (template.spec.hostNetwork === true) return 'the network of the Node';
  const capability = containersOf(template)
    .map((container) => recordOf(get(container, 'securityContext')))
    .flatMap(({ capabilities }) => textsOf(listOf(get(capabilities, 'add'))))
    .find((one) => !BASELINE.includes(one));
  return capability === undefined ? undefined : `the capability ${capability}`;
}
