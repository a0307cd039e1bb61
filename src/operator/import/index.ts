/**
 * Fits values of another chart, or of another version of this one, to this one.
 * Never guesses what a key that is not known might mean here.
 */
export { valuesOfHelm, withoutPaths } from './fit-values.ts';
export { importGrants } from './kinds.ts';
