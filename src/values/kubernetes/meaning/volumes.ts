import { quantityIn } from '../quantity.ts';
import { typeOf } from '../types.ts';
import { expectDifferent, expectOne, expectRange, missing, outOfRange } from './common.ts';
import { checkFieldPath, FILE_FIELDS } from './env.ts';
import {
  DNS_LABEL,
  expectIfSet,
  expectText,
  LOCAL_PATH,
  OBJECT_NAME,
  PATH_DOWN,
  textRule,
} from './grammars.ts';
import { inside, mapOf, mapsOf, numberOf, type Place, type Sound, setKeys, tell, textOf } from './report.ts';

/** A volume: its name and where its files come from. Source: `ValidateVolumes`. */
export function checkVolume(volume: Sound, place: Place): void {
  expectText(place, ['name'], textOf(volume, 'name'), DNS_LABEL);
  const sources = [...typeOf('Volume').fields.keys()].filter((key) => key !== 'name');
  expectOne(place, volume, sources, 'source of the volume');
}

const HIGHEST_MODE = 0o777;
const ABSOLUTE_PATH = textRule('/.*', 4096, 'an absolute path');
const DRIVER_NAME = textRule(
  '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
  63,
  'the name of a CSI driver, as in "secrets-store.csi.k8s.io"',
);

/** Files with mode bits. A mode of digits without a leading 0 is decimal, and mostly meant as octal. */
export function checkModes(holder: Sound, place: Place): void {
  for (const key of ['mode', 'defaultMode']) {
    const mode = numberOf(holder, key);
    if (mode === undefined || (mode >= 0 && mode <= HIGHEST_MODE)) continue;
    tell(place, [key], {
      code: 'PartOutOfRange',
      message: `expected a mode from 0 to 0777 (${HIGHEST_MODE}), found ${mode}`,
      hint: 'write it in octal, with a 0 before it, as in 0644',
    });
  }
}

/** A key of a ConfigMap or Secret as a file. Source: `validateKeyToPath`. */
export function checkKeyToPath(item: Sound, place: Place): void {
  checkModes(item, place);
  expectText(place, ['path'], textOf(item, 'path'), LOCAL_PATH);
}

/** A ConfigMap or Secret as files. */
export function checkConfigMapVolume(source: Sound, place: Place): void {
  checkModes(source, place);
  if (textOf(source, 'name') === '') missing(place, ['name'], 'the name of a ConfigMap', 'set name');
}

export function checkSecretVolume(source: Sound, place: Place): void {
  checkModes(source, place);
  if (textOf(source, 'secretName') === '')
    missing(place, ['secretName'], 'the name of a Secret', 'set secretName');
}

/** A ConfigMap or Secret among others in one volume. */
export function checkNamedProjection(source: Sound, place: Place): void {
  if (textOf(source, 'name') === '') missing(place, ['name'], 'a name', 'set name');
}

/** Scratch space. */
export function checkEmptyDir(source: Sound, place: Place): void {
  const { sizeLimit } = source;
  if (sizeLimit === undefined || sizeLimit === null || quantityIn(sizeLimit) >= 0n) return;
  outOfRange(place, ['sizeLimit'], 'at least 0', String(sizeLimit));
}

/** A path of the Node. Source: `validateHostPathVolumeSource`. */
export function checkHostPath(source: Sound, place: Place): void {
  expectText(place, ['path'], textOf(source, 'path'), PATH_DOWN);
}

/** A share of an NFS server. */
export function checkNfs(source: Sound, place: Place): void {
  expectText(place, ['path'], textOf(source, 'path'), ABSOLUTE_PATH);
}

/** A volume of a CSI driver. */
export function checkCsi(source: Sound, place: Place): void {
  expectText(place, ['driver'], textOf(source, 'driver'), DRIVER_NAME);
  const secret = mapOf(source, 'nodePublishSecretRef');
  if (secret !== undefined)
    expectText(place, ['nodePublishSecretRef', 'name'], textOf(secret, 'name'), OBJECT_NAME);
}

/** A volume that is claimed for the Pod and goes with it. Source: `ValidatePersistentVolumeClaimSpec`. */
export function checkEphemeral(source: Sound, place: Place): void {
  if (mapOf(source, 'volumeClaimTemplate') === undefined) {
    missing(place, ['volumeClaimTemplate'], 'a template of the claim', 'add volumeClaimTemplate');
  }
}

export function checkClaim(claim: Sound, place: Place): void {
  const modes = claim.accessModes;
  if (!Array.isArray(modes) || modes.length === 0)
    missing(place, ['accessModes'], 'a mode of access', 'add accessModes');
  else if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    tell(place, ['accessModes'], {
      code: 'PartsContradict',
      message: 'expected ReadWriteOncePod alone, found other modes beside it',
      hint: 'remove the others',
    });
  }
  const storage = mapOf(mapOf(claim, 'resources') ?? {}, 'requests')?.storage;
  if (storage === undefined || storage === null) {
    missing(
      place,
      ['resources', 'requests', 'storage'],
      'how much storage',
      'set resources.requests.storage',
    );
  } else if (quantityIn(storage) <= 0n)
    outOfRange(place, ['resources', 'requests', 'storage'], 'above 0', String(storage));
  expectIfSet(place, claim, 'storageClassName', OBJECT_NAME);
}

const PROJECTIONS = [
  'clusterTrustBundle',
  'configMap',
  'downwardAPI',
  'podCertificate',
  'secret',
  'serviceAccountToken',
];

/** One of the sources of a volume of several. Source: `validateProjectionSources`. */
export function checkProjection(source: Sound, place: Place): void {
  if (setKeys(source, PROJECTIONS).length > 1) expectOne(place, source, PROJECTIONS, 'source');
}

/** A volume of several sources, whose files are all different. */
export function checkProjected(volume: Sound, place: Place): void {
  checkModes(volume, place);
  const paths = mapsOf(volume, 'sources').flatMap(([index, source]) =>
    ['secret', 'configMap', 'downwardAPI'].flatMap((key) =>
      mapsOf(mapOf(source, key) ?? {}, 'items').map(
        ([at, item]) => [textOf(item, 'path'), ['sources', index, key, 'items', at, 'path']] as const,
      ),
    ),
  );
  expectDifferent(place, paths, 'path');
}

/** A token of the ServiceAccount as a file. */
export function checkToken(source: Sound, place: Place): void {
  expectRange(place, source, 'expirationSeconds', [600, 2 ** 32]);
  expectText(place, ['path'], textOf(source, 'path'), LOCAL_PATH);
}

/** Something about the Pod as a file. Source: `validateDownwardAPIVolumeFile`. */
export function checkDownwardFile(file: Sound, place: Place): void {
  checkModes(file, place);
  expectText(place, ['path'], textOf(file, 'path'), LOCAL_PATH);
  expectOne(place, file, ['fieldRef', 'resourceFieldRef'], 'source of the text');
  checkFieldPath(file, place, FILE_FIELDS);
  const resource = mapOf(file, 'resourceFieldRef');
  if (resource === undefined || textOf(resource, 'containerName') !== '') return;
  missing(
    inside(place, 'resourceFieldRef'),
    ['containerName'],
    'the name of a container',
    'set containerName',
  );
}
