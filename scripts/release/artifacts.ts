import { createHash } from 'node:crypto';
import { CHARTS } from '../../src/chart/charts.ts';
import { chartFiles } from '../../src/helm/chart-files.ts';
import { APP_VERSION, VERSION } from '../../src/library/version.ts';
import { tarGz } from './tar.ts';

/** A file of a release, by its name. */
export type Artifacts = ReadonlyMap<string, Uint8Array>;

/** Both charts as archives that `helm install` takes: the same bytes for the same charts. */
export function chartArchives(): Artifacts {
  return new Map(
    CHARTS.map(({ id, name }) => {
      const files = chartFiles(id, { version: VERSION, appVersion: APP_VERSION });
      const inFolder = [...files].map(([path, text]) => [`${name}/${path}`, text] as const);
      return [`${name}-${VERSION}.tgz`, tarGz(new Map(inFolder))];
    }),
  );
}

/** The lines that `sha256sum --check` reads. */
export function checksums(artifacts: Artifacts): string {
  const lines = [...artifacts].map(
    ([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
  );
  return lines.join('');
}
