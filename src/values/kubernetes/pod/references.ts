import { nearest } from '../../../text/nearest.ts';
import { quoted } from '../../load/origin.ts';
import { checkMountPropagation } from '../meaning/containers.ts';
import { inside, mapOf, mapsOf, type Place, type Sound, tell, textOf } from '../meaning/report.ts';
import { type ChartPod, containersOf, mainContainer } from './pod.ts';

/** What containers name is there: volumes that they mount, and those of files that variables are taken from. */
export function checkReferences(pod: ChartPod, place: Place): void {
  // Volumes that are refused as a whole are not missing as well.
  if (!Array.isArray(pod.written.extraVolumes ?? [])) return;
  const volumes = mapsOf(pod.spec, 'volumes').map(([, volume]) => textOf(volume, 'name'));
  const isPrivileged = mapOf(mainContainer(pod), 'securityContext')?.privileged === true;
  for (const [index, mount] of mapsOf(pod.values, 'extraVolumeMounts')) {
    const at = inside(place, 'extraVolumeMounts', index);
    expectVolume(at, ['name'], textOf(mount, 'name'), volumes);
    checkMountPropagation(mount, isPrivileged, at);
  }
  checkVariables(pod.values, 'extraEnv', place, pod.spec);
  for (const { container, path } of containersOf(pod)) {
    if (path === undefined) continue;
    const at = inside(place, ...path);
    for (const key of ['volumeMounts', 'volumeDevices']) {
      for (const [index, mount] of mapsOf(container, key)) {
        expectVolume(at, [key, index, 'name'], textOf(mount, 'name'), volumes);
      }
    }
    checkDevices(container, at, pod.spec);
    checkVariables(container, 'env', at, pod.spec);
  }
}

function expectVolume(
  place: Place,
  inner: readonly (string | number)[],
  name: string,
  volumes: readonly string[],
): void {
  if (name === '' || volumes.includes(name)) return;
  const suggestion = nearest(name, volumes);
  tell(place, inner, {
    code: 'VolumeMissing',
    message: `expected a volume of the Pod (${volumes.join(', ')}), found ${quoted(name)}`,
    hint: suggestion === undefined ? `add a volume ${name} to extraVolumes` : `did you mean ${suggestion}?`,
  });
}

/** Only claims can be devices. Source: `ValidateVolumeDevices`. */
function checkDevices(container: Sound, place: Place, spec: Sound): void {
  for (const [index, device] of mapsOf(container, 'volumeDevices')) {
    const volume = volumeOf(spec, textOf(device, 'name'));
    if (volume === undefined || volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined)
      continue;
    tell(place, ['volumeDevices', index, 'name'], {
      code: 'PartNotAllowed',
      message: 'expected a volume of a PersistentVolumeClaim, found one of another source',
      hint: 'mount it with volumeMounts instead',
    });
  }
}

/** Files of variables lie in an emptyDir. Source: `validateFileKeyRefVolumes`. */
function checkVariables(holder: Sound, key: string, place: Place, spec: Sound): void {
  for (const [index, variable] of mapsOf(holder, key)) {
    const file = mapOf(mapOf(variable, 'valueFrom') ?? {}, 'fileKeyRef');
    if (file === undefined || volumeOf(spec, textOf(file, 'volumeName'))?.emptyDir !== undefined) continue;
    tell(place, [key, index, 'valueFrom', 'fileKeyRef', 'volumeName'], {
      code: 'VolumeMissing',
      message: `expected a volume of emptyDir, found ${quoted(textOf(file, 'volumeName'))}`,
      hint: 'name a volume of the Pod that is an emptyDir',
    });
  }
}

function volumeOf(spec: Sound, name: string): Sound | undefined {
  return mapsOf(spec, 'volumes').find(([, volume]) => volume.name === name)?.[1];
}
