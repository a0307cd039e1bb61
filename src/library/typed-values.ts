/** The types of the values, complete and as a user may write them; written out by "npm run generate". */
export type {
  MultiNodeUserValues,
  MultiNodeValues,
  SingleNodeUserValues,
  SingleNodeValues,
  UserValuesByChart,
  ValuesByChart,
} from '../generated/values-types.js';
