import { expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import type { ConstraintCode, FindingCode } from '../../src/values/check/codes.ts';
import { readCases } from '../support/cases.ts';

type ValueCode = Exclude<FindingCode, ConstraintCode>;

/** One line for each code of the type: one too many or too few does not compile. */
const VALUE_CODES: Readonly<Record<ValueCode, true>> = {
  BadFormat: true,
  DefaultAccountBound: true,
  DrainNeverEnds: true,
  DuplicateEntry: true,
  NeedsKubernetes: true,
  NotAllowed: true,
  OutOfRange: true,
  PartMalformed: true,
  PartMissing: true,
  PartNotAllowed: true,
  PartOutOfRange: true,
  PartsContradict: true,
  PodsShareNodePort: true,
  RequestAboveLimit: true,
  Required: true,
  SpreadWithoutSelector: true,
  StrategyWithoutProgress: true,
  UnknownKey: true,
  ValueHasNoEffect: true,
  VariableOfChart: true,
  VolumeMissing: true,
  WrongType: true,
};

const CONSTRAINT_CODES: Readonly<Record<ConstraintCode, true>> = {
  AllowedRoutesSelectorRequired: true,
  CertManagerIssuerRequired: true,
  CertManagerNeedsTls: true,
  EdgeControllerNeedsGatewayAPI: true,
  GatewayNamesCollide: true,
  HealthPortTaken: true,
  HttpListenerNamesDisagree: true,
  IssuerKindUnknown: true,
  ListenerNamesEqual: true,
  LocalRoutesNeedApi: true,
  LocalRoutesNeedHostNetwork: true,
  LocalRoutesNeedOneReplica: true,
  NamespaceUnfit: true,
  PlatformHostnameRequired: true,
  PlatformNeedsGatewayAPI: true,
  PlatformTlsSecretRequired: true,
  PodCidrRouteNeedsWorkload: true,
  ReleaseNameUnfit: true,
  ReservedAnnotation: true,
  ReservedKey: true,
  ReservedLabel: true,
  ReservedListenerName: true,
  RouteProtocolTaken: true,
  RoutesFromOtherNamespaces: true,
  SelfManagedIssuerRequired: true,
  SelfManagedNeedsTls: true,
  ServiceAccountNamesCollide: true,
  ServicePortsCollide: true,
  StaleAfterTooShort: true,
  TlsSecretsCollide: true,
  VersionUnfit: true,
  WebNeedsPlatform: true,
  WebNeedsService: true,
  WorkloadNeedsGatewayAPI: true,
};

test('every code of a rule between values is that of a rule', () => {
  const codes = chartNamed('multi-node').constraints.map(({ code }) => code);
  expect([...new Set(codes)].sort()).toEqual(Object.keys(CONSTRAINT_CODES).sort());
});

test('every code of a finding about values has a fixture that shows it', () => {
  const shown = new Set<string>(readCases().flatMap(({ problems }) => problems.map(({ code }) => code)));
  const codes = Object.keys({ ...VALUE_CODES, ...CONSTRAINT_CODES });
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
});
