import { isRecord } from '../../text/json.ts';

/** The fields of a type that are looked at; what is in a free map, or no map at all, is taken as it is. */
export type KnownFields<T> = {
  readonly [Key in keyof T]-?: NonNullable<T[Key]> extends readonly (infer Element)[]
    ? FieldsInside<Element>
    : FieldsInside<NonNullable<T[Key]>>;
};

type FieldsInside<Value> = Value extends object
  ? string extends keyof Value
    ? true
    : KnownFields<Value>
  : true;

type AnyFields = { readonly [key: string]: true | AnyFields };

/**
 * What a value says in fields that are known, at every depth. A server may serve a newer definition than this process
 * knows, and whoever does not know a field must not stumble over it.
 */
export function onlyKnown(value: unknown, fields: AnyFields): unknown {
  if (Array.isArray(value)) return value.map((element) => onlyKnown(element, fields));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => Object.hasOwn(value, key))
      .map(([key, inside]) => [key, inside === true ? value[key] : onlyKnown(value[key], inside)]),
  );
}
