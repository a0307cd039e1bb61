import { listOf, textOf } from '../../planner/world/json.ts';

/** A tenant's server may send anything; what is longer than Kubernetes allows is not there. */
const LONGEST_NAME = 253;
const LONGEST_ADDRESS = 64;
const MOST_ENTRIES = 64;

export function nameOf(value: unknown): string | undefined {
  return shortText(value, LONGEST_NAME);
}

export function addressOf(value: unknown): string | undefined {
  return shortText(value, LONGEST_ADDRESS);
}

/** The first entries of a list. */
export function fewOf(value: unknown): readonly unknown[] {
  return listOf(value).slice(0, MOST_ENTRIES);
}

/** A port; undefined for any other number. */
export function portOf(value: unknown): number | undefined {
  const isPort = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;
  return isPort ? value : undefined;
}

function shortText(value: unknown, longest: number): string | undefined {
  const text = textOf(value);
  return text !== undefined && text.length <= longest ? text : undefined;
}
