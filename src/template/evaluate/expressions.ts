import { boundedName } from '../../text/bounded-name.ts';
import {
  at,
  childrenOf,
  type ExpressionNode,
  type NodeKind,
  type NodeOf,
  type Visitors,
} from '../nodes/index.ts';
import { emptyOf, entriesText, isEmptyData, keysOf, listOf } from './data.ts';
import type { Environment } from './scope.ts';

/** An expression made ready to run. */
export type Run = (environment: Environment) => unknown;

const compiled = new WeakMap<ExpressionNode, Run>();

/** Makes an expression ready to run; each node is walked once for the process, however often the result runs. */
export function compileExpression(node: ExpressionNode): Run {
  const known = compiled.get(node);
  if (known !== undefined) return known;
  const run = compile(node, node.kind);
  compiled.set(node, run);
  return run;
}

/** The visitor of a kind takes the node of that kind, which the compiler cannot follow through a union. */
function compile<K extends NodeKind>(node: ExpressionNode, kind: K): Run {
  return visitors[kind](node as NodeOf<K>);
}

let slots = 0;

/**
 * Runs once in each environment and then remembers what it gave. Only for what does not depend on where the loops
 * are, and gives data that is never changed.
 */
export function remembered(run: Run): Run {
  const slot = slots;
  slots += 1;
  return (environment) => {
    const known = environment.memory[slot];
    if (known !== undefined) return known;
    const result = run(environment);
    environment.memory[slot] = result;
    return result;
  };
}

/** Whether an expression gives something else for each element of a loop. */
export function dependsOnElement(node: ExpressionNode): boolean {
  return node.kind === 'element' || childrenOf(node).some((child) => dependsOnElement(child.node));
}

const visitors: Visitors<Run> = {
  literal: ({ value }) => {
    return () => value;
  },

  value: ({ path, type }) => {
    const missing = emptyOf(type);
    const joined = path.join('.');
    return remembered(({ scope, onRead }) => {
      onRead?.(joined);
      return at(scope.values, path) ?? missing;
    });
  },

  context: ({ scope: part, field }) => {
    return ({ scope }) => {
      const facts: Readonly<Record<string, string>> = scope[part];
      return facts[field];
    };
  },

  element: ({ variable, path, type }) => {
    const missing = emptyOf(type);
    return ({ elements }) => at(elements[variable], path) ?? missing;
  },

  equal: ({ left, right }) => {
    const a = compileExpression(left);
    const b = compileExpression(right);
    return (environment) => a(environment) === b(environment);
  },

  not: ({ operand }) => {
    const run = compileExpression(operand);
    return (environment) => run(environment) !== true;
  },

  and: ({ operands }) => {
    const runs = operands.map(compileExpression);
    return (environment) => {
      for (const run of runs) if (run(environment) !== true) return false;
      return true;
    };
  },

  or: ({ operands }) => {
    const runs = operands.map(compileExpression);
    return (environment) => {
      for (const run of runs) if (run(environment) === true) return true;
      return false;
    };
  },

  isEmpty: ({ operand }) => {
    const run = compileExpression(operand);
    return (environment) => isEmptyData(run(environment));
  },

  atLeast: ({ left, right, factor }) => {
    const a = compileExpression(left);
    const b = compileExpression(right);
    return (environment) => Number(a(environment)) >= Number(b(environment)) * factor;
  },

  matches: ({ operand, pattern }) => {
    const run = compileExpression(operand);
    const expression = new RegExp(pattern, 'u');
    return (environment) => expression.test(String(run(environment)));
  },

  someKeyMatches: ({ operand, pattern }) => {
    const run = compileExpression(operand);
    const expression = new RegExp(pattern, 'u');
    return (environment) => keysOf(run(environment)).some((key) => expression.test(key));
  },

  concat: ({ parts }) => {
    const runs = parts.map(compileExpression);
    return (environment) => {
      let text = '';
      for (const run of runs) text += String(run(environment));
      return text;
    };
  },

  choose: ({ condition, consequent, alternative }) => {
    const decide = compileExpression(condition);
    const whenTrue = compileExpression(consequent);
    const whenFalse = compileExpression(alternative);
    return (environment) => (decide(environment) === true ? whenTrue(environment) : whenFalse(environment));
  },

  firstNonEmpty: ({ candidates }) => {
    const runs = candidates.map(compileExpression);
    return (environment) => {
      for (const run of runs) {
        const text = run(environment);
        if (text !== '') return text;
      }
      return '';
    };
  },

  boundedName: ({ operand }) => {
    const run = compileExpression(operand);
    return (environment) => boundedName(String(run(environment)));
  },

  toText: ({ operand }) => {
    const run = compileExpression(operand);
    return (environment) => String(run(environment));
  },

  joinEntries: ({ operand }) => {
    const run = compileExpression(operand);
    return (environment) => entriesText(run(environment));
  },

  joinItems: ({ operand, separator }) => {
    const run = compileExpression(operand);
    return (environment) => listOf(run(environment)).join(separator);
  },

  named: ({ expression }) => {
    const run = compileExpression(expression);
    return dependsOnElement(expression) ? run : remembered(run);
  },
};
