import { copyPlain, emptyPlainMap, isFrozenPlain, isMap, type Path, type PlainMap } from './plain.ts';

/** What {@link coalesce} gives. */
export type Coalesced = {
  /** The values that templates and the schema see. Maps have no prototype; only frozen defaults are shared. */
  readonly values: PlainMap;
  /**
   * The keys with a default that the user set to null, in the order of the defaults. They are absent from `values`;
   * `findOrigin` still tells where the null was written.
   */
  readonly cleared: readonly Path[];
};

/**
 * Puts user values over a chart's defaults, as Helm does with values.yaml: maps merge at every depth, anything else
 * replaces, and null removes a key that has a default. A null without a default stays null, also in lists and in
 * maps whose default is `{}`.
 *
 * Defaults should hold no null: Helm versions disagree on what one means (see the Helm documentation, "Deleting a
 * default key"). Here, as in Helm 4, such a key counts as not there until the user sets it.
 *
 * @param user what all sources together say, from `layerSources`
 * @param defaults the content of values.yaml; sections that are frozen by `frozenPlain` are taken over, others copied
 */
export function coalesce(user: PlainMap, defaults: PlainMap): Coalesced {
  const cleared: Path[] = [];
  return { values: coalesceMap(user, defaults, [], cleared), cleared };
}

const NOTHING: PlainMap = Object.freeze({});

function coalesceMap(user: PlainMap, defaults: PlainMap, path: Path, cleared: Path[]): PlainMap {
  const map = emptyPlainMap();
  for (const key of Object.keys(defaults)) {
    const preset = defaults[key] ?? null;
    const own = Object.hasOwn(user, key) ? user[key] : undefined;
    if (own === null) cleared.push([...path, key]);
    else if (own === undefined && isFrozenPlain(preset)) map[key] = preset;
    else if (isMap(preset) && (own === undefined || isMap(own))) {
      map[key] = coalesceMap(own ?? NOTHING, preset, [...path, key], cleared);
    } else if (own !== undefined) map[key] = copyPlain(own);
    else if (preset !== null) map[key] = copyPlain(preset);
  }
  for (const key of Object.keys(user)) {
    const own = user[key];
    if (own !== undefined && !Object.hasOwn(defaults, key)) map[key] = copyPlain(own);
  }
  return map;
}
