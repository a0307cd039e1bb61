import { expectDifferent, expectRange, expectWord, forbid, identitiesIn, missing } from './common.ts';
import { ANY_IP_ADDRESS, DNS_LABEL, expectIfSet, expectText, LOCAL_PATH, PORT_NAME } from './grammars.ts';
import { inside, mapOf, mapsOf, type Place, type Sound, textOf } from './report.ts';

/** A container that the values add. Source: `validateContainerCommon`. */
export function checkContainer(container: Sound, place: Place): void {
  expectText(place, ['name'], textOf(container, 'name'), DNS_LABEL);
  if (textOf(container, 'image') === '') missing(place, ['image'], 'an image', 'add image');
  expectDifferent(place, identitiesIn(container, 'ports', 'name'), 'name of a port');
  expectDifferent(place, portsOf(container), 'port with a protocol');
  expectDifferent(place, identitiesIn(container, 'env', 'name'), 'variable');
  expectDifferent(place, identitiesIn(container, 'volumeMounts', 'mountPath'), 'mountPath');
  expectDifferent(place, identitiesIn(container, 'volumeDevices', 'devicePath'), 'devicePath');
  expectDifferent(place, identitiesIn(container, 'resizePolicy', 'resourceName'), 'resourceName');
  checkPropagation(container, place);
  checkRestart(container, place);
}

function portsOf(container: Sound) {
  return mapsOf(container, 'ports').map(
    ([index, port]) =>
      [
        `${String(port.containerPort)}/${textOf(port, 'protocol') || 'TCP'}`,
        ['ports', index, 'containerPort'],
      ] as const,
  );
}

/** Only privileged containers may mount for others. */
function checkPropagation(container: Sound, place: Place): void {
  const isPrivileged = mapOf(container, 'securityContext')?.privileged === true;
  for (const [index, mount] of mapsOf(container, 'volumeMounts')) {
    checkMountPropagation(mount, isPrivileged, inside(place, 'volumeMounts', index));
  }
}

/** Whether a mount is one that only a privileged container may have. Source: `validateMountPropagation`. */
export function checkMountPropagation(mount: Sound, isPrivileged: boolean, place: Place): void {
  if (textOf(mount, 'mountPropagation') !== 'Bidirectional' || isPrivileged) return;
  const hint = 'choose HostToContainer, or set securityContext.privileged';
  forbid(place, mount, 'mountPropagation', 'of Bidirectional in a container that is not privileged', hint);
}

/**
 * Containers that run first have no probes and events, unless they go on beside the others. Source:
 * `validateInitContainers`, `validateContainers`.
 */
function checkRestart(container: Sound, place: Place): void {
  const policy = textOf(container, 'restartPolicy');
  if (mapsOf(container, 'restartPolicyRules').length > 0 && policy === '') {
    missing(place, ['restartPolicy'], 'restartPolicy beside restartPolicyRules', 'add restartPolicy');
  }
  if (container.restartPolicy !== undefined && container.restartPolicy !== null) {
    expectWord(place, ['restartPolicy'], policy, ['Always', 'Never', 'OnFailure']);
  }
  if (!place.path.includes('extraInitContainers') || policy === 'Always') return;
  for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    const because = 'in a container that runs first, without restartPolicy Always';
    forbid(place, container, key, because, `remove ${key}, or set restartPolicy to Always`);
  }
}

/** A rule about the end of a container. Source: `validateContainerRestartPolicy`. */
export function checkRestartRule(rule: Sound, place: Place): void {
  expectWord(place, ['action'], textOf(rule, 'action'), ['Restart']);
  const codes = mapOf(rule, 'exitCodes');
  if (codes === undefined) missing(place, ['exitCodes'], 'the exit codes that it is about', 'add exitCodes');
  else expectWord(inside(place, 'exitCodes'), ['operator'], textOf(codes, 'operator'), ['In', 'NotIn']);
}

/** What a change of resources does to a container. Source: `validateResizePolicy`. */
export function checkResizePolicy(policy: Sound, place: Place): void {
  expectWord(place, ['resourceName'], textOf(policy, 'resourceName'), ['cpu', 'memory']);
  expectWord(place, ['restartPolicy'], textOf(policy, 'restartPolicy'), ['NotRequired', 'RestartContainer']);
}

/** A port of a container. Source: `validateContainerPorts`. */
export function checkContainerPort(port: Sound, place: Place): void {
  expectIfSet(place, port, 'name', PORT_NAME);
  expectRange(place, port, 'containerPort', [1, 65_535]);
  expectRange(place, port, 'hostPort', [0, 65_535]);
  expectIfSet(place, port, 'hostIP', ANY_IP_ADDRESS);
}

/** A mount by itself. Source: `ValidateVolumeMounts`. */
export function checkVolumeMount(mount: Sound, place: Place): void {
  expectIfSet(place, mount, 'subPath', LOCAL_PATH);
  expectIfSet(place, mount, 'subPathExpr', LOCAL_PATH);
  if (textOf(mount, 'subPath') !== '')
    forbid(place, mount, 'subPathExpr', 'beside subPath', 'keep one of the two');
  const { recursiveReadOnly } = mount;
  if (recursiveReadOnly === undefined || recursiveReadOnly === null) return;
  expectWord(place, ['recursiveReadOnly'], textOf(mount, 'recursiveReadOnly'), [
    'Disabled',
    'IfPossible',
    'Enabled',
  ]);
  if (recursiveReadOnly === 'Disabled') return;
  if (mount.readOnly !== true)
    forbid(place, mount, 'recursiveReadOnly', 'without readOnly', 'set readOnly to true');
  if (!['', 'None'].includes(textOf(mount, 'mountPropagation'))) {
    forbid(place, mount, 'recursiveReadOnly', 'with mountPropagation', 'remove one of the two');
  }
}
