import { filesOf } from '../chart/chart-object.ts';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import { notes } from '../chart/notes.ts';
import { LICENSE } from '../generated/license.js';
import {
  collectHelpers,
  type PrintOptions,
  printHelpers,
  printTemplate,
  printText,
} from '../template/print/index.ts';
import { foldedJsonText } from '../text/json-text.ts';
import { schemaOfValues } from '../values/json-schema.ts';
import { valuesYaml } from '../values/values-yaml.ts';
import { emitDocument } from '../yaml/index.ts';
import { chartYaml } from './chart-yaml.ts';
import { constraintsTemplate } from './constraints-template.ts';
import { HELMIGNORE } from './helmignore.ts';
import { type ChartVersions, HELPER_PREFIX } from './options.ts';
import { chartReadme } from './readme.ts';

const OPTIONS: PrintOptions = { prefix: HELPER_PREFIX, emit: emitDocument };

/** Every file of a Helm chart, by its path inside the chart's folder. */
export function chartFiles(chartName: ChartName, versions: ChartVersions): ReadonlyMap<string, string> {
  const chart = chartNamed(chartName);
  const objects = filesOf(chart);
  const rules = chart.constraints;
  const helpers = collectHelpers([
    ...objects.map(({ template }) => template),
    ...rules.flatMap(({ brokenWhen, message }) => [brokenWhen, message]),
    notes,
  ]);
  return new Map([
    ['.helmignore', HELMIGNORE],
    ['Chart.yaml', chartYaml(chart, versions)],
    ['LICENSE', LICENSE],
    ['README.md', chartReadme(chart)],
    ['values.yaml', valuesYaml(chart.values, emitDocument)],
    ['values.schema.json', foldedJsonText(schemaOfValues(chart))],
    ['templates/_helpers.tpl', printHelpers(helpers, OPTIONS)],
    ['templates/NOTES.txt', printText(notes, HELPER_PREFIX)],
    ['templates/checks/constraints.yaml', constraintsTemplate(rules)],
    ...objects.map(
      ({ file, template }) => [`templates/${file}.yaml`, printTemplate(template, OPTIONS)] as const,
    ),
  ]);
}
