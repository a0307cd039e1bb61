import { APP_VERSION, VERSION } from '../../library/version.ts';
import { command } from '../command.ts';

export const version = command({
  name: 'version',
  summary: 'Print the version of this program and of the KubeBYON that its charts install.',
  words: [],
  flags: [],
  details: ['The flag --version prints the former alone.'],
  example: 'version',
  run: async () => ({ exitCode: 0, stdout: `kubebyon-gateway ${VERSION}\nKubeBYON ${APP_VERSION}\n` }),
});
