import { chartFiles } from '../src/helm/chart-files.ts';
import type { ChartVersions } from '../src/helm/options.ts';
import { measure, medianOf, type Plan } from './measure.ts';
import { atMost, type Row, showTime } from './table.ts';

function bothCharts(versions: ChartVersions): readonly ReadonlyMap<string, string>[] {
  return [chartFiles('multi-node', versions), chartFiles('single-node', versions)];
}

/** Every file of both Helm charts, from the definition to text. */
export function chartSpeed(plan: Plan): readonly Row[] {
  const first = performance.now();
  const files = bothCharts({ version: '0.1.0', appVersion: '0.1.0' }).reduce(
    (sum, { size }) => sum + size,
    0,
  );
  const cold = performance.now() - first;
  const times = measure(
    [
      {
        name: 'charts',
        prepare: (seed) => () => bothCharts({ version: `0.1.${seed}`, appVersion: `0.2.${seed}` }),
      },
    ],
    plan,
  );
  return [
    {
      what: 'files of both Helm charts, for the first time in a process',
      figure: showTime(cold),
      relation: `${files} files; ${showTime(medianOf(times, 'charts'))} when warm`,
      target: atMost(cold / 1000, 1, ' s'),
    },
  ];
}
