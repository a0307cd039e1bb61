import type { GatewayApiConfig } from '../runtime-config.ts';

/** A list or a free map is one value; every other object is a branch. */
type IsLeaf<Value> = Value extends string | number | boolean | readonly unknown[]
  ? true
  : string extends keyof Value
    ? true
    : false;

type PathsIn<Branch> = {
  [Key in keyof Branch & string]-?: IsLeaf<NonNullable<Branch[Key]>> extends true
    ? Key
    : `${Key}.${PathsIn<NonNullable<Branch[Key]>>}`;
}[keyof Branch & string];

type BranchesIn<Branch> = {
  [Key in keyof Branch & string]-?: IsLeaf<NonNullable<Branch[Key]>> extends true
    ? never
    : (undefined extends Branch[Key] ? Key : never) | `${Key}.${BranchesIn<NonNullable<Branch[Key]>>}`;
}[keyof Branch & string];

type ValueIn<Branch, Path> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof Branch
    ? ValueIn<NonNullable<Branch[Key]>, Rest>
    : never
  : Path extends keyof Branch
    ? NonNullable<Branch[Path]>
    : never;

type Told = Omit<GatewayApiConfig, 'provider'>;

/** Every single value of {@link GatewayApiConfig}, such as `workload.tls.secretName`. */
export type ConfigPath = PathsIn<Told>;

/** What stands in the config at a path. */
export type ConfigValue<Path extends ConfigPath> = ValueIn<Told, Path>;

/** Every part of the config that may be absent as a whole, such as `workload.tls`. */
export type ConfigBranch = BranchesIn<Told>;
