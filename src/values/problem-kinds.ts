/** What is told of a kind of problem with the values. */
export interface ProblemKind {
  readonly severities: readonly ('error' | 'warning')[];
  readonly cause: string;
  readonly remedy: string;
}

const ERROR = { severities: ['error'] } as const;
const WARNING = { severities: ['warning'] } as const;

/** Every code of flags and of one value against its definition. docs/problems.md is generated from these tables. */
export const VALUE_PROBLEM_KINDS = {
  BadSetFlag: {
    severities: ['error', 'warning'],
    cause: 'A `--set` flag or one of its kind is not in the language of Helm, or does not fit what is there.',
    remedy:
      'See the place in the flag that the message names. A warning tells of a part that Helm ignores without a word.',
  },
  UnknownKey: {
    ...ERROR,
    cause: 'The values have no such key.',
    remedy: 'Take the key that the hint suggests; `kubebyon-gateway values` prints all of them.',
  },
  WrongType: {
    ...ERROR,
    cause: 'A value is of another type than its key takes, or is nothing that JSON can say.',
    remedy: 'Write what the message expects. A text that looks like a number or a boolean needs quotes.',
  },
  Required: {
    ...ERROR,
    cause: 'A key that must be there is missing, or null removes what the chart cannot do without.',
    remedy: 'Add the key, or remove the line with null to get the default.',
  },
  BadFormat: {
    ...ERROR,
    cause: 'A text or a key is not of the form that its place takes.',
    remedy: 'Write it in the form that the message expects.',
  },
  NotAllowed: {
    ...ERROR,
    cause: 'A value is none of the words that its key takes, or a list holds an element twice.',
    remedy: 'Choose one of the words; remove one of the two elements.',
  },
  OutOfRange: {
    ...ERROR,
    cause:
      'A number is too small or too large, a text too long, or there is more in a map or list than may be.',
    remedy: 'Stay within the limit that the message names.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** Every code of pieces of manifests: what the API server, or nobody, would say about them. */
export const PIECE_PROBLEM_KINDS = {
  PartMissing: {
    ...ERROR,
    cause: 'A part that the API server asks for is not there.',
    remedy: 'Add what the hint names.',
  },
  PartNotAllowed: {
    ...ERROR,
    cause: 'A part is not allowed at its place, or is none of the words that are.',
    remedy: 'Choose one that the hint names, or remove it.',
  },
  PartMalformed: {
    ...ERROR,
    cause: 'A name, path, port or other text is not of the form that the API server takes.',
    remedy: 'Write it in the form that the message expects.',
  },
  PartOutOfRange: {
    ...ERROR,
    cause: 'A number is out of the range that the API server takes.',
    remedy: 'Stay within the range that the message names.',
  },
  PartsContradict: {
    ...ERROR,
    cause: 'Two parts exclude each other.',
    remedy: 'Remove one of them. What the chart sets itself is removed by null.',
  },
  DuplicateEntry: {
    ...ERROR,
    cause: 'Two entries have one name, port, path or address.',
    remedy: 'Remove one of the two, or give it another value.',
  },
  RequestAboveLimit: {
    ...ERROR,
    cause: 'More of a resource is requested than its limit allows.',
    remedy: 'Lower the request, or raise the limit.',
  },
  VolumeMissing: {
    ...ERROR,
    cause: 'A container mounts a volume that its Pod does not have.',
    remedy: 'Add the volume to extraVolumes, or mount one that is there.',
  },
  VariableOfChart: {
    severities: ['error', 'warning'],
    cause: 'An extra variable has the name of one that the chart sets; a warning: sets under other values.',
    remedy: 'Remove it, and set the value that the variable comes from.',
  },
  SpreadWithoutSelector: {
    ...WARNING,
    cause: 'A topologySpreadConstraint has no labelSelector, matches no Pod and spreads nothing.',
    remedy: 'Add the labelSelector that the hint shows, or remove the constraint.',
  },
  NeedsKubernetes: {
    ...WARNING,
    cause: 'A key is known only to newer versions of Kubernetes than the oldest that the charts take.',
    remedy: 'Make sure that the cluster is new enough, or remove the key.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** Every code of what is allowed, or cannot be a rule of the chart, and does something else than was meant. */
export const ADVICE_KINDS = {
  ValueHasNoEffect: {
    ...WARNING,
    cause: 'A value is set, and nothing that is rendered reads it.',
    remedy: 'Remove the line, or turn on what reads it; the message says what that is.',
  },
  RoutesFromOtherNamespaces: {
    ...WARNING,
    cause: 'The workload Gateway admits routes of its own namespace only, not those of clusters in theirs.',
    remedy:
      'Set `allowedRoutes.namespaces.from` to All, or to Selector. Where no cluster can be it is an error.',
  },
  StrategyWithoutProgress: {
    ...ERROR,
    cause: 'maxSurge and maxUnavailable are both 0, so that no Pod could be replaced.',
    remedy: 'Raise one of the two.',
  },
  PodsShareNodePort: {
    ...WARNING,
    cause: 'On the network of the Node the old and the new Pod would want one port at once.',
    remedy: 'Set `api.strategy.type` to Recreate, or maxSurge to 0.',
  },
  DrainNeverEnds: {
    ...WARNING,
    cause: 'As many Pods must stay as there are: a drain of their Node never ends.',
    remedy: 'Raise replicas, or lower `podDisruptionBudget.minAvailable`.',
  },
  DefaultAccountBound: {
    ...WARNING,
    cause: 'Roles are bound to the ServiceAccount `default`, which every Pod of the namespace has.',
    remedy: 'Name a ServiceAccount, or let the chart create one.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
