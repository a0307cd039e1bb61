import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NGINX = join(import.meta.dirname, '../../web/nginx');

/** How the web image is started without an image: its start script with the folders that stand for those of the image. */
export interface SiteProgram {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Writes the configuration of nginx of the web image with other folders in it.
 *
 * @param folder where the process may write.
 * @param files the site, as `npm run build` in `web` writes it.
 */
export function siteProgram(folder: string, files: string): SiteProgram {
  mkdirSync(folder, { recursive: true });
  const run = join(folder, 'run');
  const conf = join(folder, 'nginx.conf');
  const start = join(folder, 'start.sh');
  const text = readFileSync(join(NGINX, 'nginx.conf'), 'utf8')
    .replaceAll('/tmp/kubebyon-web', run)
    .replaceAll('/usr/share/kubebyon-web', files);
  // As root, nginx would read the files as somebody else, who may not.
  writeFileSync(conf, process.getuid?.() === 0 ? `user root;\n${text}` : text);
  cpSync(join(NGINX, 'start.sh'), start);
  return {
    path: '/bin/sh',
    args: [start],
    env: {
      PATH: `${process.env.PATH ?? ''}:/usr/sbin`,
      KUBEBYON_WEB_RUN: run,
      KUBEBYON_WEB_CONF: conf,
    },
  };
}
