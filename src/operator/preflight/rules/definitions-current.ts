import { installed } from '../../checks/installed.ts';
import { definitionName } from '../../checks/kinds.ts';
import type { PreflightRule } from '../facts.ts';
import { ownDefinitions } from '../questions.ts';
import { wantedOf } from '../wanted.ts';

export const definitionsCurrent: PreflightRule = {
  code: 'OwnDefinitionsInstalled',
  looksAt:
    'With crds.install=false the definitions of EdgeCluster and RoutePlan that are needed are there already, and serve what is used.',
  replaces: [],
  next: 'set crds.install=true, or apply the definitions of this version of the chart',
  check: (facts) => {
    const made = new Set(
      wantedOf(facts.wanted, 'CustomResourceDefinition').map(({ metadata }) => metadata.name),
    );
    return ownDefinitions(facts.wanted)
      .filter((kind) => !made.has(definitionName(kind)))
      .flatMap((kind) => installed(facts, kind));
  },
};
