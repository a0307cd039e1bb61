import { expectDifferent, type Identity, identitiesIn } from '../meaning/common.ts';
import { inside, mapsOf, type Place, type Sound, textOf } from '../meaning/report.ts';
import { checkSpreads } from '../meaning/scheduling.ts';
import { type ChartPod, containersOf, mainContainer, ownItems, usesHostNetwork } from './pod.ts';

/** No two of what a Pod keeps apart by name, path or port are the same; the chart's own are counted. */
export function checkNames(pod: ChartPod, place: Place): void {
  const container = mainContainer(pod);
  const ownVolumes = ownItems(pod.spec, 'volumes', pod, 'extraVolumes');
  const ownMounts = ownItems(container, 'volumeMounts', pod, 'extraVolumeMounts');
  const given = (key: string, field: string) => identitiesIn(pod.values, key, field);
  expectDifferent(place, [...own(ownVolumes, 'name'), ...given('extraVolumes', 'name')], 'volume');
  expectDifferent(
    place,
    [...own(ownMounts, 'mountPath'), ...given('extraVolumeMounts', 'mountPath')],
    'mountPath',
  );
  expectDifferent(place, given('extraEnv', 'name'), 'variable');
  expectDifferent(place, given('hostAliases', 'ip'), 'ip');
  expectDifferent(place, containerNames(pod), 'container');
  expectDifferent(place, hostPorts(pod), 'port of the Node');
  const spreads = mapsOf(pod.values, 'topologySpreadConstraints').map(([, constraint]) => constraint);
  checkSpreads(spreads, inside(place, 'topologySpreadConstraints'));
}

function own(items: readonly Sound[], field: string): readonly Identity[] {
  return items.map((item) => [textOf(item, field), []]);
}

function containerNames(pod: ChartPod): readonly Identity[] {
  return containersOf(pod).map(({ container, path = [] }) => [textOf(container, 'name'), [...path, 'name']]);
}

/** On the network of the Node every port of a container is one of the Node. Source: `checkHostPortConflicts`. */
function hostPorts(pod: ChartPod): readonly Identity[] {
  return containersOf(pod).flatMap(({ container, path = [] }): readonly Identity[] =>
    path[0] === 'extraInitContainers' ? [] : portsOf(container, path, usesHostNetwork(pod)),
  );
}

function portsOf(container: Sound, path: readonly (string | number)[], isHost: boolean): readonly Identity[] {
  return mapsOf(container, 'ports').flatMap(([index, port]): readonly Identity[] => {
    const number = port.hostPort ?? (isHost ? port.containerPort : undefined);
    if (typeof number !== 'number' || number === 0) return [];
    const identity = `${number}/${textOf(port, 'protocol') || 'TCP'}${textOf(port, 'hostIP')}`;
    return [
      [identity, [...path, 'ports', index, port.hostPort === undefined ? 'containerPort' : 'hostPort']],
    ];
  });
}
