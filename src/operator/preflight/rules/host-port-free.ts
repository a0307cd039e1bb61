import { LABELS } from '../../../contract/labels.ts';
import { get, listOf, numberOf } from '../../../planner/world/json.ts';
import { label } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { answerTo, type SeenObject } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { HOST_NETWORK_PODS } from '../questions.ts';
import { podTemplates } from '../wanted.ts';

export const hostPortFree: PreflightRule = {
  code: 'HostPortFree',
  looksAt:
    'No other Pod on the network of its Node has a port that a Pod of the release on it wants, 443 of haproxy for one.',
  replaces: [],
  next: 'move the other Pod, set api.hostNetwork=false, or keep the Pods apart with nodeSelector',
  check: (facts) => {
    const wanted = podTemplates(facts.wanted).filter(
      ({ spec }) => spec.hostNetwork === true && portsOf(spec).length > 0,
    );
    if (wanted.length === 0) return [];
    return ifSeen(
      answerTo(facts, HOST_NETWORK_PODS),
      'Pods on the network of Nodes',
      (pods): readonly Said[] =>
        wanted.map(({ owner, spec }) => {
          const ports = portsOf(spec);
          const others = pods.filter((pod) => label(pod, LABELS.instance) !== facts.wanted.release.name);
          const clash = others
            .flatMap((pod) => portsOf(pod.spec).map((port) => ({ pod, port })))
            .find(({ port }) => ports.includes(port));
          if (clash === undefined) return ok(nameOf(owner), `ports ${ports.join(', ')} are free`);
          return failed(
            nameOf(owner),
            `port ${clash.port} of its Node`,
            `${nameOf(clash.pod)} has it${nodeOf(clash.pod)}`,
          );
        }),
    );
  },
};

function portsOf(spec: unknown): readonly number[] {
  return listOf(get(spec, 'containers')).flatMap((container) =>
    listOf(get(container, 'ports')).flatMap((port) => numberOf(get(port, 'containerPort')) ?? []),
  );
}

function nodeOf({ spec }: SeenObject): string {
  const node = get(spec, 'nodeName');
  return typeof node === 'string' ? ` on Node ${node}` : '';
}
