import { UsageError } from '../usage.ts';
import { type Arguments, lastOf } from './arguments.ts';

/** What a version must look like. */
interface VersionGrammar {
  readonly pattern: RegExp;
  readonly expected: string;
}

/** Helm takes SemVer 2 only. */
export const CHART_VERSION_GRAMMAR: VersionGrammar = {
  pattern: /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,40})?(\+[0-9A-Za-z.-]{1,40})?$/,
  expected: 'a semantic version, as in 1.4.2',
};

/** It becomes the tag of images. */
export const APP_VERSION_GRAMMAR: VersionGrammar = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
  expected: 'a version that can be the tag of an image, as in 1.4.2',
};

/** The version that a flag gives, or undefined when it is not given. */
export function versionOf<Name extends string>(
  args: Arguments<Name>,
  flag: NoInfer<Name>,
  { pattern, expected }: VersionGrammar,
): string | undefined {
  const version = lastOf(args, flag);
  if (version === undefined || pattern.test(version)) return version;
  throw new UsageError(
    `--${flag}: expected ${expected}, found ${JSON.stringify(version)}`,
    'change the version',
  );
}
