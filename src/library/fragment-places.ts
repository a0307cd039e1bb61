import { type ChartName, chartNamed } from '../chart/charts.ts';
import { fragmentPlaces } from '../values/fragment-places.ts';
import { oncePerChart } from '../values/once-per-chart.ts';

/** Every place in the values of a chart that holds a piece of a manifest. */
export const fragmentPlacesOf = oncePerChart((chart: ChartName) => fragmentPlaces(chartNamed(chart).values));
