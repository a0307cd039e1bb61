/** What must not compile about the table of variables; see `template.ts`. */
import { valued } from '../../src/chart/parts/environment.ts';
import { CONTROL_PLANE_VARIABLES } from '../../src/contract/variables/control-plane.ts';
import { EDGE_VARIABLES } from '../../src/contract/variables/edge.ts';
import { flag, objectName } from '../../src/contract/variables/grammar.ts';
import { type ConfigVariable, covering } from '../../src/contract/variables/variable.ts';
import { WORKLOAD_VARIABLES } from '../../src/contract/variables/workload.ts';

const { listenerSets: _, ...withoutListenerSets } = EDGE_VARIABLES;
const others = [...Object.values(CONTROL_PLANE_VARIABLES), ...Object.values(WORKLOAD_VARIABLES)];

export const whole = covering([...others, ...Object.values(EDGE_VARIABLES)]);

// @ts-expect-error a value of the config without a row
export const leafWithoutRow = covering([...others, ...Object.values(withoutListenerSets)]);

const told = { name: 'X', processes: ['api'], when: 'workload', description: 'x' } as const;

export const fits: ConfigVariable = { ...told, path: 'workload.gateway.name', grammar: objectName };

// @ts-expect-error the config has no such path
export const unknownPath: ConfigVariable = { ...told, path: 'workload.gateway.nick', grammar: objectName };

// @ts-expect-error a branch is no value
export const branch: ConfigVariable = { ...told, path: 'workload.gateway', grammar: objectName };

// @ts-expect-error the config has a name there, not a flag
export const wrongGrammar: ConfigVariable = { ...told, path: 'workload.gateway.name', grammar: flag };

export const inTheChart = valued(EDGE_VARIABLES, {
  reservedHostnames: '',
  wildcardCertificate: 'false',
  listenerSets: 'false',
});

// @ts-expect-error a variable for which the chart has no value
export const withoutValue = valued(EDGE_VARIABLES, { reservedHostnames: '', listenerSets: 'false' });
