import { MAX_INT32 } from '../../grammar.ts';
import { expectDifferent, expectRange, forbid, identitiesIn, missing, outOfRange } from './common.ts';
import { expectText, LOCAL_PATH, OBJECT_NAME, textRule } from './grammars.ts';
import { inside, listOf, mapOf, type Place, type Sound, tell, textOf } from './report.ts';

const SYSCTL_NAME = textRule(
  '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?',
  253,
  'the name of a sysctl, as in "net.core.somaxconn"',
);
const PROFILE_NAME = textRule('\\S(.*\\S)?', 4095, 'the name of a profile without blanks around it');
const WINDOWS_USER = textRule(
  '([^\\\\/:*?"<>|.][^\\\\/:*?"<>|]{0,14}\\\\)?(?=.*[^. ])[^"\\/\\\\:;|=,+*?<>@\\[\\]]{1,104}',
  360,
  'a user of Windows, as in "DOMAIN\\\\user"',
);
const IDS: readonly [number, number] = [0, MAX_INT32];

/** What a container may do. Source: `ValidateSecurityContext`. */
export function checkSecurityContext(context: Sound, place: Place): void {
  expectIdentities(context, place, ['runAsUser', 'runAsGroup']);
  if (textOf(context, 'procMount') === 'Unmasked') {
    forbid(
      place,
      context,
      'procMount',
      'of Unmasked in a Pod whose users are those of the Node',
      'remove procMount',
    );
  }
  if (context.allowPrivilegeEscalation !== false) return;
  const isAdmin = listOf(mapOf(context, 'capabilities') ?? {}, 'add').includes('CAP_SYS_ADMIN');
  if (context.privileged !== true && !isAdmin) return;
  tell(place, ['allowPrivilegeEscalation'], {
    code: 'PartsContradict',
    message: `expected allowPrivilegeEscalation beside ${isAdmin ? 'CAP_SYS_ADMIN' : 'privileged'}, found false`,
    hint: 'set allowPrivilegeEscalation to true, or remove the other',
  });
}

/** What the containers of a Pod may do. Source: `validatePodSpecSecurityContext`. */
export function checkPodSecurityContext(context: Sound, place: Place): void {
  expectIdentities(context, place, ['runAsUser', 'runAsGroup', 'fsGroup']);
  for (const [index, group] of listOf(context, 'supplementalGroups').entries()) {
    expectRange(inside(place, 'supplementalGroups'), { [index]: group }, String(index), IDS);
  }
  expectDifferent(place, identitiesIn(context, 'sysctls', 'name'), 'sysctl');
  const policy = textOf(context, 'seLinuxChangePolicy');
  if (policy !== '' && policy !== 'Recursive' && policy !== 'MountOption') {
    tell(place, ['seLinuxChangePolicy'], {
      code: 'PartNotAllowed',
      message: `expected Recursive or MountOption, found ${policy}`,
      hint: 'choose one of Recursive, MountOption',
    });
  }
}

/**
 * A number of a user or group. The API server refuses negative ones and those beyond 31 bits.
 */
function expectIdentities(context: Sound, place: Place, keys: readonly string[]): void {
  for (const key of keys) {
    const id = context[key];
    if (typeof id !== 'number' || (id >= 0 && id <= MAX_INT32)) continue;
    outOfRange(place, [key], `from 0 to ${MAX_INT32}`, String(id));
  }
}

export function checkSysctl(sysctl: Sound, place: Place): void {
  expectText(place, ['name'], textOf(sysctl, 'name'), SYSCTL_NAME);
}

/** A profile of seccomp or AppArmor: one of the Node is named, the others are not. */
export function checkProfile(profile: Sound, place: Place): void {
  const isLocal = profile.type === 'Localhost';
  const { localhostProfile } = profile;
  if (!isLocal) {
    if (localhostProfile === '') forbidEmpty(place);
    forbid(
      place,
      profile,
      'localhostProfile',
      'without type Localhost',
      'remove it, or set type to Localhost',
    );
  } else if (typeof localhostProfile !== 'string') {
    missing(place, ['localhostProfile'], 'a profile of the Node', 'set localhostProfile');
  }
}

function forbidEmpty(place: Place): void {
  tell(place, ['localhostProfile'], {
    code: 'PartsContradict',
    message: 'expected no localhostProfile without type Localhost, found an empty one',
    hint: 'remove it',
  });
}

export function checkSeccompProfile(profile: Sound, place: Place): void {
  checkProfile(profile, place);
  const local = textOf(profile, 'localhostProfile');
  if (profile.type === 'Localhost' && local !== '')
    expectText(place, ['localhostProfile'], local, LOCAL_PATH);
}

export function checkAppArmorProfile(profile: Sound, place: Place): void {
  checkProfile(profile, place);
  if (profile.type !== 'Localhost' || typeof profile.localhostProfile !== 'string') return;
  expectText(place, ['localhostProfile'], profile.localhostProfile, PROFILE_NAME);
}

/** What concerns Nodes of Windows. Source: `validateWindowsSecurityContextOptions`. */
export function checkWindowsOptions(options: Sound, place: Place): void {
  if (options.hostProcess === true) {
    tell(place, ['hostProcess'], {
      code: 'PartNotAllowed',
      message:
        'expected no process of a Node of Windows, which every container of the Pod would have to be, found one',
      hint: 'remove hostProcess',
    });
  }
  const name = options.gmsaCredentialSpecName;
  if (typeof name === 'string') expectText(place, ['gmsaCredentialSpecName'], name, OBJECT_NAME);
  for (const key of ['gmsaCredentialSpec', 'runAsUserName']) {
    if (options[key] === '') missing(place, [key], 'a text', `set ${key}, or remove it`);
  }
  const user = textOf(options, 'runAsUserName');
  if (user === '') return;
  expectText(place, ['runAsUserName'], user, WINDOWS_USER);
}
