import { get, isRecord } from '../../text/json.ts';

/**
 * `plain` for a map of no class: `{}`, one without a prototype, or one of another realm as in test runners. Else what it is
 * instead, as it stands behind "found"; its prototype may hold keys that nobody would see.
 */
export function madeBy(map: object): string {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype === null || isObjectPrototype(prototype)) return 'plain';
  const name = className(map, prototype);
  return name === undefined ? 'one with a prototype of its own' : `an object of a class (${name})`;
}

/** The source of `Object` is the same in every realm, and no function that a program writes has it. */
const OBJECT_SOURCE = Function.prototype.toString.call(Object);

function isObjectPrototype(prototype: unknown): boolean {
  if (prototype === Object.prototype) return true;
  const maker = get(prototype, 'constructor');
  return (
    typeof maker === 'function' &&
    maker.prototype === prototype &&
    Function.prototype.toString.call(maker) === OBJECT_SOURCE
  );
}

function className(map: object, prototype: unknown): string | undefined {
  const tag = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(map))?.[1];
  if (tag !== undefined && tag !== 'Object') return tag;
  const maker = isRecord(prototype) ? get(prototype, 'constructor') : undefined;
  const isItsMaker = typeof maker === 'function' && maker.prototype === prototype;
  return isItsMaker && /^\w+$/.test(maker.name) ? maker.name : undefined;
}
