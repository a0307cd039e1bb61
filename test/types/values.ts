/** What the written types of the values say, and what must not compile with them; see `template.ts`. */

import type { CHARTS } from '../../src/chart/charts.ts';
import type {
  MultiNodeUserValues,
  MultiNodeValues,
  SingleNodeValues,
  UserValuesByChart,
  ValuesByChart,
} from '../../src/generated/values-types.js';
import type { Frozen } from '../../src/text/frozen.ts';
import type { multiNode, singleNode } from '../../src/values/chart-definition.ts';
import type { ValueOf } from '../../src/values/definition.ts';

/** Whether two types hold the same values. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

export const followFromTheDefinition: [
  Same<SingleNodeValues, Frozen<ValueOf<typeof singleNode>>>,
  Same<MultiNodeValues, Frozen<ValueOf<typeof multiNode>>>,
  Same<keyof ValuesByChart, (typeof CHARTS)[number]['id']>,
  Same<keyof UserValuesByChart, keyof ValuesByChart>,
] = [true, true, true, true];

export const completeValuesMayBeWritten = (values: MultiNodeValues): MultiNodeUserValues => values;
