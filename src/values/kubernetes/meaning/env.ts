import { quoted } from '../../load/origin.ts';
import { isOfQuantity, quantityIn } from '../quantity.ts';
import { expectOne, expectWord, forbid } from './common.ts';
import { DATA_KEY, expectIfSet, expectText, OBJECT_NAME, QUALIFIED_KEY, VARIABLE_NAME } from './grammars.ts';
import { inside, mapOf, type Place, type Sound, tell, textOf } from './report.ts';

/** A variable of a container. Source: `ValidateEnv`. */
export function checkVariable(variable: Sound, place: Place): void {
  expectText(place, ['name'], textOf(variable, 'name'), VARIABLE_NAME);
  if (textOf(variable, 'value') !== '') {
    forbid(place, variable, 'valueFrom', 'beside value', 'keep value or valueFrom');
  }
  const source = mapOf(variable, 'valueFrom');
  if (source?.fieldRef !== undefined) checkFieldPath(source, inside(place, 'valueFrom'), VARIABLE_FIELDS);
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

/** Where the value of a variable comes from. */
export function checkVariableSource(source: Sound, place: Place): void {
  expectOne(place, source, SOURCES, 'source of the value');
}

/** A key of a ConfigMap or Secret. */
export function checkKeySelector(selector: Sound, place: Place): void {
  expectText(place, ['name'], textOf(selector, 'name'), OBJECT_NAME);
  expectText(place, ['key'], textOf(selector, 'key'), DATA_KEY);
}

/** A source of several variables. Source: `ValidateEnvFrom`. */
export function checkVariablesSource(source: Sound, place: Place): void {
  expectIfSet(place, source, 'prefix', VARIABLE_NAME);
  expectOne(place, source, ['configMapRef', 'secretRef'], 'source of variables');
}

/** A ConfigMap or Secret whose keys become variables. */
export function checkNamedSource(source: Sound, place: Place): void {
  expectText(place, ['name'], textOf(source, 'name'), OBJECT_NAME);
}

const NAMES = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const VARIABLE_FIELDS = [
  ...NAMES,
  ...['spec.nodeName', 'spec.serviceAccountName'],
  ...['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
];

/** Fields of a Pod that a file may hold. */
export const FILE_FIELDS = [...NAMES, 'metadata.labels', 'metadata.annotations'];

/** The field of a Pod that a variable or file takes its text from. Source: `validateObjectFieldSelector`. */
export function checkFieldPath(holder: Sound, place: Place, known: readonly string[]): void {
  const reference = mapOf(holder, 'fieldRef');
  if (reference === undefined) return;
  const at = inside(place, 'fieldRef');
  if (textOf(reference, 'apiVersion') !== '')
    expectWord(at, ['apiVersion'], textOf(reference, 'apiVersion'), ['v1']);
  const path = textOf(reference, 'fieldPath');
  const [, field, key] = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(path) ?? [];
  if (field === undefined || key === undefined) expectWord(at, ['fieldPath'], path, known);
  else {
    const qualified = field.endsWith('annotations') ? key.toLowerCase() : key;
    expectText(at, ['fieldPath'], qualified, QUALIFIED_KEY);
  }
}

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);
const SIZES = [
  '1',
  ...['k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit) => `1${unit}`),
];

/** An amount of a container's resources. Source: `validateContainerResourceFieldSelector`. */
export function checkResourceField(selector: Sound, place: Place): void {
  const resource = textOf(selector, 'resource');
  if (!/^(limits|requests)\.hugepages-/.test(resource)) expectWord(place, ['resource'], resource, RESOURCES);
  const { divisor } = selector;
  if (divisor === undefined || divisor === null) return;
  const divisors = resource.endsWith('.cpu') ? ['1', '1m'] : SIZES;
  const amount = quantityIn(divisor);
  if (amount === 0n || divisors.some((known) => isOfQuantity(divisor, known))) return;
  tell(place, ['divisor'], {
    code: 'PartNotAllowed',
    message: `expected ${divisors.join(' or ')}, found ${quoted(String(divisor))}`,
    hint: `choose one of ${divisors.join(', ')}`,
  });
}

/** A key of a file that a container writes. Source: `validateFileKeySelector`. */
export function checkFileKey(selector: Sound, place: Place): void {
  expectText(place, ['key'], textOf(selector, 'key'), VARIABLE_NAME);
}
