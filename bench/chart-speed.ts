import { chartFiles } from '../src/helm/chart-files.ts';
import type { ChartVersions } from '../src/helm/options.ts';
import { measure, medianOf, type Plan } from './measure.ts';
import { atMost, type Row, showTime } from './table.ts';

const VERSIONS: ChartVersions = { version: '0.1.0', appVersion: '0.1.0' };

/** Every file of both Helm charts, from the definition to text. */
export function chartSpeed(plan: Plan): readonly Row[] {
  const first = performance.now();
  const files = chartFiles('multi-node', VERSIONS).size + chartFiles('single-node', VERSIONS).size;
  const cold = performance.now() - first;
  const times = measure(
    [
      {
        name: 'charts',
        run: () => [chartFiles('multi-node', VERSIONS), chartFiles('single-node', VERSIONS)],
      },
    ],
    plan,
  );
  return [
    {
      what: `the ${files} files of both Helm charts, for the first time in a process`,
      figure: showTime(cold),
      relation: `${showTime(medianOf(times, 'charts'))} when warm`,
      target: atMost(cold / 1000, 1, ' s'),
    },
  ];
}
