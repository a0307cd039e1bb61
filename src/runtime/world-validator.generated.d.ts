import type { World } from './world.ts';

export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether a value is a World; `errors` says what is wrong after a false answer. */
declare const validate: {
  (value: unknown): value is World;
  errors?: readonly SchemaError[] | null;
};
export default validate;
