import { chartNamed } from '../../chart/charts.ts';
import { chartFiles } from '../../helm/chart-files.ts';
import { APP_VERSION, VERSION } from '../../library/version.ts';
import { replaceChartFolder } from '../chart-folder.ts';
import { command } from '../command.ts';
import { lastOf } from '../input/arguments.ts';
import { chartFlag, chartOf } from '../input/value-flags.ts';
import { APP_VERSION_GRAMMAR, CHART_VERSION_GRAMMAR, versionOf } from '../input/version-flags.ts';
import { UsageError } from '../usage.ts';

export const chart = command({
  name: 'chart',
  summary: 'Write the Helm chart that renders the same objects.',
  words: [],
  flags: [
    chartFlag,
    { name: 'output-dir', argument: 'DIR', description: 'folder of the chart; made when it is missing' },
    { name: 'out', argument: 'DIR', description: 'the same as --output-dir' },
    {
      name: 'version',
      argument: 'VERSION',
      description: `version of the chart; ${VERSION} if not given`,
    },
    {
      name: 'app-version',
      argument: 'VERSION',
      description: `version of KubeBYON, the default tag of its images; ${APP_VERSION} if not given`,
    },
  ],
  details: [
    'A folder that holds something else is never overwritten. A chart that this command has written before is replaced as a whole.',
  ],
  example: 'chart --chart multi-node --output-dir kubebyon-multi-node --version 1.2.3',
  run: async (args) => {
    const folders = [lastOf(args, 'output-dir'), lastOf(args, 'out')].filter((given) => given !== undefined);
    if (folders.length > 1)
      throw new UsageError('--out and --output-dir name one folder, found both', 'leave one of them out');
    const [out] = folders;
    if (out === undefined || out === '') {
      throw new UsageError('chart needs --output-dir DIR', 'name the folder that the chart is written to');
    }
    const name = chartOf(args);
    const versions = {
      version: versionOf(args, 'version', CHART_VERSION_GRAMMAR) ?? VERSION,
      appVersion: versionOf(args, 'app-version', APP_VERSION_GRAMMAR) ?? APP_VERSION,
    };
    return replaceChartFolder(out, chartFiles(name, versions), chartNamed(name).name);
  },
});
