import { charts } from '../chart/chart.ts';
import { notes } from '../chart/notes.ts';
import { printText } from '../template/print/go-text.ts';
import { collectHelpers, type PrintOptions, printHelpers, printTemplate } from '../template/print/index.ts';
import type { ChartName } from '../values/chart-name.ts';
import { constraints } from '../values/constraints/index.ts';
import { jsonSchema } from '../values/json-schema.ts';
import { valuesYaml } from '../values/values-yaml.ts';
import { emitDocument } from '../yaml/index.ts';
import { chartYaml } from './chart-yaml.ts';
import { constraintsTemplate } from './constraints-template.ts';
import { HELMIGNORE } from './helmignore.ts';
import { LICENSE } from './license.generated.js';
import { type ChartVersions, HELPER_PREFIX } from './options.ts';
import { chartReadme } from './readme.ts';

const OPTIONS: PrintOptions = { prefix: HELPER_PREFIX, emit: emitDocument };

/** Every file of a Helm chart, by its path inside the chart's folder. */
export function chartFiles(chartName: ChartName, versions: ChartVersions): ReadonlyMap<string, string> {
  const chart = charts[chartName];
  const objects = [...chart.objects, ...chart.tests];
  const rules = constraints[chartName];
  const helpers = collectHelpers([
    ...objects.map(({ template }) => template),
    ...rules.flatMap(({ brokenWhen, message }) => [brokenWhen, message]),
    notes,
  ]);
  return new Map([
    ['.helmignore', HELMIGNORE],
    ['Chart.yaml', chartYaml(chartName, chart.name, versions)],
    ['LICENSE', LICENSE],
    ['README.md', chartReadme(chartName, chart.name)],
    ['values.yaml', valuesYaml(chartName, emitDocument)],
    ['values.schema.json', `${JSON.stringify(jsonSchema(chartName), null, 2)}\n`],
    ['templates/_helpers.tpl', printHelpers(helpers, OPTIONS)],
    ['templates/NOTES.txt', printText(notes, HELPER_PREFIX)],
    ['templates/checks/constraints.yaml', constraintsTemplate(rules)],
    ...objects.map(
      ({ file, template }) => [`templates/${file}.yaml`, printTemplate(template, OPTIONS)] as const,
    ),
  ]);
}
