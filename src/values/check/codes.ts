/** What is wrong with one value, by its definition. */
export type ShapeCode =
  /** A key that the chart, or Kubernetes, does not have there. */
  | 'UnknownKey'
  /** A key that must be there. */
  | 'Required'
  /** Data of another type. */
  | 'WrongType'
  /** None of the words that there are. */
  | 'NotAllowed'
  /** A text, or a key, that is not of its grammar. */
  | 'BadFormat'
  /** Too much or too little of something. */
  | 'OutOfRange'
  /** A key that only newer versions of Kubernetes know; a warning. */
  | 'NeedsKubernetes';

/** What the API server refuses although the shape is sound, by the kind of mistake. */
export type MeaningCode =
  /** Two of what must differ: names, paths, ports. */
  | 'DuplicateEntry'
  /** None of several of which there must be one. */
  | 'PartMissing'
  /** Parts that may not stand together. */
  | 'PartsContradict'
  /** A number that is too small or too large. */
  | 'PartOutOfRange'
  /** A text that is not of its grammar. */
  | 'PartMalformed'
  /** A word that Kubernetes does not know there. */
  | 'PartNotAllowed'
  /** A mount of a volume that the Pod has not. */
  | 'VolumeMissing'
  /** A request above its limit, or a limit that must be equal. */
  | 'RequestAboveLimit';

/** What does something else than was meant. */
export type AdviceCode =
  /** A value that differs from its default, and that nothing reads; a warning. */
  | 'ValueHasNoEffect'
  /** A variable of extraEnv that the chart sets itself. */
  | 'VariableOfChart'
  /** A spread constraint that counts no Pod; a warning. */
  | 'SpreadWithoutSelector'
  /** No Pod could be replaced. */
  | 'StrategyWithoutProgress'
  /** Two Pods at once want one port of a Node; a warning. */
  | 'PodsShareNodePort'
  /** A budget that never lets a Pod go; a warning. */
  | 'DrainNeverEnds'
  /** The chart's permissions for the ServiceAccount that every Pod of the namespace has; a warning. */
  | 'DefaultAccountBound';

/** A rule between values that is broken; docs/values.md, "Rules between values", has each. */
export type ConstraintCode =
  | 'AllowedRoutesSelectorRequired'
  | 'CertManagerIssuerRequired'
  | 'CertManagerNeedsTls'
  | 'EdgeControllerNeedsGatewayAPI'
  | 'GatewayNamesCollide'
  | 'HealthPortTaken'
  | 'HttpListenerNamesDisagree'
  | 'IssuerKindUnknown'
  | 'ListenerNamesEqual'
  | 'LocalRoutesNeedApi'
  | 'LocalRoutesNeedHostNetwork'
  | 'LocalRoutesNeedOneReplica'
  | 'NamespaceUnfit'
  | 'PlatformHostnameRequired'
  | 'PlatformNeedsGatewayAPI'
  | 'PlatformTlsSecretRequired'
  | 'PodCidrRouteNeedsWorkload'
  | 'ReleaseNameUnfit'
  | 'ReservedAnnotation'
  | 'ReservedKey'
  | 'ReservedLabel'
  | 'ReservedListenerName'
  | 'RouteProtocolTaken'
  | 'RoutesFromOtherNamespaces'
  | 'SelfManagedIssuerRequired'
  | 'SelfManagedNeedsTls'
  | 'ServiceAccountNamesCollide'
  | 'ServicePortsCollide'
  | 'StaleAfterTooShort'
  | 'TlsSecretsCollide'
  | 'VersionUnfit'
  | 'WebNeedsPlatform'
  | 'WebNeedsService'
  | 'WorkloadNeedsGatewayAPI';

/** Stable name of a kind of finding about values. */
export type FindingCode = ShapeCode | MeaningCode | AdviceCode | ConstraintCode;
