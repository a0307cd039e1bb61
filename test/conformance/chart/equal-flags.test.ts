import { describe, expect, test } from 'vitest';
import type { ValueSource } from '../../../src/index.ts';
import { helmVersions } from '../support/helm.ts';
import { chartNames } from './chart-folder.ts';
import { type Comparison, compareAll } from './compare.ts';
import { file } from './helm-jobs.ts';

const GATEWAY_API = 'publicAccess: {provider: gatewayapi}\n';
const WORKLOAD = 'gatewayAPI: {workload: {enabled: true, annotations: {a: "1", b: "2"}}}\n';

function set(...expressions: readonly string[]): readonly ValueSource[] {
  return expressions.map((expression) => ({ kind: 'set', expression }));
}

function setString(expression: string): ValueSource {
  return { kind: 'set-string', expression };
}

function setJson(expression: string): ValueSource {
  return { kind: 'set-json', expression };
}

function setLiteral(expression: string): ValueSource {
  return { kind: 'set-literal', expression };
}

const several: Readonly<Record<string, readonly ValueSource[]>> = {
  'several files': [
    file(GATEWAY_API),
    file(WORKLOAD),
    file('gatewayAPI: {workload: {annotations: {b: "3"}}}'),
  ],
  'a later null in a map': [
    file(GATEWAY_API + WORKLOAD),
    file('gatewayAPI: {workload: {annotations: {a: null}}}'),
  ],
  'a later null over a map, and values again': [
    file(GATEWAY_API + WORKLOAD),
    file('gatewayAPI: {workload: {annotations: null}}'),
    file('gatewayAPI: {workload: {annotations: {c: "4"}}}'),
  ],
  'a later list': [file('api: {extraEnv: [{name: A, value: "1"}]}'), file('api: {extraEnv: [{name: B}]}')],
  'null over a default list, then a list': [
    file('routeAgent: {tolerations: null}'),
    file('routeAgent: {tolerations: [{key: a}]}'),
  ],
  'numbers and booleans by --set': set('api.replicas=3,web.service.port=8081', 'api.hostNetwork=TRUE'),
  'a large number by --set': set('api.revisionHistoryLimit=2147483647,gatewayAPI.syncIntervalSeconds=3600'),
  'a large number by a file': [file('api: {revisionHistoryLimit: 2147483647, replicas: 1e6}')],
  'a fraction where an integer belongs': set('api.replicas=1.5'),
  'a number too large by --set': set('api.replicas=2147483648'),
  'a text of digits by --set': set('api.image.tag=1'),
  'a text of digits by --set-string': [setString('api.image.tag=007')],
  'a boolean by --set-string': [setString('api.hostNetwork=true')],
  'an octal number, which --set reads as text': set('api.replicas=010'),
  'an octal number in a file': [file('api: {replicas: 010}')],
  'keys with dots': set('commonLabels.example\\.com/team=edge,commonAnnotations.a\\.b=x y'),
  'a list by index': set('imagePullSecrets[0].name=a,imagePullSecrets[1].name=b'),
  'a list by braces': set('routeAgent.protectedCIDRs={10.0.0.0/8,fd00::/8}'),
  'an empty list by braces, which holds an empty text': set('routeAgent.protectedCIDRs={}'),
  'a hole in a list': set('imagePullSecrets[1].name=b'),
  'an element of a default list': set('routeAgent.tolerations[0].effect=NoExecute'),
  'null by --set': set('api.livenessProbe=null,api.readinessProbe.httpGet=null'),
  'null over a scalar by --set': set('api.replicas=null'),
  'a map by --set-json': [setJson('gatewayAPI.workload.annotations={"a":"1"}'), file(GATEWAY_API + WORKLOAD)],
  'a list by --set-json': [setJson('api.extraEnv=[{"name":"A","value":"1e3"},{"name":"B"}]')],
  'a section by --set-json': [setJson('api={"replicas":2,"hostNetwork":true}')],
  'null by --set-json': [setJson('routeAgent.tolerations=null')],
  'an unknown key by --set-json': [setJson('api.nope=[1,2.5,null]')],
  'a text with commas by --set-literal': [setLiteral('commonAnnotations.note=a,b={c}\\d')],
  'all of them over each other': [
    setLiteral('commonAnnotations.from=literal'),
    setString('commonAnnotations.from=string,commonAnnotations.s=1'),
    ...set('commonAnnotations.from=set', 'api.replicas=2'),
    setJson('commonAnnotations={"from":"json","j":"x"}'),
    file('commonAnnotations: {from: file, f: y}\napi: {replicas: 5}'),
  ],
  'a broken flag': set('api.replicas[x]=1'),
  'a flag without value': set('api.replicas'),
  'a broken --set-json': [setJson('api={')],
  'a constraint broken by --set': set('web.enabled=true,gatewayAPI.workload.enabled=true'),
  'a section that is a text': set('api=x'),
  'a text that is a section': [file('api: {image: {tag: {a: b}}}')],
};

const comparisons: readonly Comparison[] = Object.entries(several).flatMap(([name, sources]) =>
  chartNames.map((chart) => ({ name, chart, sources })),
);

describe.each(helmVersions)('Helm %s', (version) => {
  test('takes values by files and flags as the library does', async () => {
    const { kinds, differences } = await compareAll(version, comparisons);
    expect(differences).toEqual([]);
    expect(kinds.objects).toBeGreaterThan(30);
    expect(kinds.schema).toBeGreaterThan(10);
    expect(kinds.unreadable).toBe(6);
    expect(kinds.constraints).toBe(2);
  }, 120_000);
});
