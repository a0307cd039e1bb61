import type { Finding } from '../../check/finding.ts';
import { mapsOf, textOf } from '../meaning/report.ts';
import { type ChartPod, mainContainer, ownItems } from './pod.ts';

/** A variable that the chart sets under some values, and the keys that decide what it is. */
export interface ChartVariable {
  readonly name: string;
  readonly from: () => readonly string[];
}

/**
 * Variables of `extraEnv` that the chart sets. Set now, it would stand twice: a server-side apply (Helm 4) refuses that,
 * and without one the last wins against what the rest of the chart says. Set under other values, it is a warning.
 */
export function variableFindings(pod: ChartPod, known: readonly ChartVariable[]): readonly Finding[] {
  if (mapsOf(pod.values, 'extraEnv').length === 0) return [];
  const set = new Set(ownItems(mainContainer(pod), 'env', pod, 'extraEnv').map((variable) => variable.name));
  return mapsOf(pod.values, 'extraEnv').flatMap(([index, variable]): readonly Finding[] => {
    const name = textOf(variable, 'name');
    const found = known.find((each) => each.name === name);
    const isSet = set.has(name);
    if (found === undefined && !isSet) return [];
    const keys = found?.from() ?? [];
    const remedy = keys.length === 0 ? 'it follows from the release' : `use ${keys.join(' or ')} instead`;
    return [
      {
        severity: isSet ? 'error' : 'warning',
        code: 'VariableOfChart',
        path: [pod.section, 'extraEnv', index, 'name'],
        message: isSet
          ? `expected a variable that the chart does not set, found ${name}`
          : `${name} is a variable that the chart sets under other values`,
        hint: `remove it; ${remedy}`,
      },
    ];
  });
}

/** Spread constraints that count no Pod: the API server takes them, and they spread nothing. */
export function spreadFindings({ section, values }: ChartPod): readonly Finding[] {
  return mapsOf(values, 'topologySpreadConstraints').flatMap(([index, constraint]): readonly Finding[] => {
    const { labelSelector } = constraint;
    if (labelSelector !== undefined && labelSelector !== null) return [];
    return [
      {
        severity: 'warning',
        code: 'SpreadWithoutSelector',
        path: [section, 'topologySpreadConstraints', index],
        message: 'expected a labelSelector, found none, which matches no Pod: nothing is spread',
        hint: `add labelSelector: {matchLabels: {app.kubernetes.io/component: ${component(section)}}}, or remove the constraint`,
      },
    ];
  });
}

function component(section: string): string {
  return section.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
}
