/** What CHANGELOG.md says of a version, and what must be done before it is released. */
export interface ReleaseNotes {
  readonly text: string;
  /** Sentences; empty when the changelog is as a release wants it. */
  readonly missing: readonly string[];
}

/** The notes of a version; of what is not released yet, where the changelog does not tell of the version alone. */
export function releaseNotes(changelog: string, version: string): ReleaseNotes {
  const unreleased = sectionOf(changelog, 'Unreleased');
  const own = sectionOf(changelog, version);
  const missing = [
    ...(unreleased === ''
      ? []
      : [
          `CHANGELOG.md: expected nothing under "Unreleased", found changes; move them below "## ${version}"`,
        ]),
    ...(own === '' ? [`CHANGELOG.md: expected changes below "## ${version}", found none`] : []),
  ];
  return { text: `# ${version}\n\n${unreleased === '' ? own : unreleased}\n`, missing };
}

function sectionOf(changelog: string, title: string): string {
  const parts = changelog.split(/^## /m).slice(1);
  // A title may have a date behind it.
  const own = parts.find((part) => part.split('\n')[0]?.split(' ')[0] === title) ?? '';
  return own.split('\n').slice(1).join('\n').trim();
}
