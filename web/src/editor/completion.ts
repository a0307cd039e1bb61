import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { CompletionOption } from '../workers/values/protocol.ts';
import { placeAt } from './yaml-path.ts';

type Complete = (path: readonly string[], what: 'keys' | 'values') => Promise<readonly CompletionOption[]>;

/** Keys and values from the schema of the chart, by where the cursor stands. */
export function completionSource(complete: Complete) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const { parents, key } = placeAt((number) => context.state.doc.line(number).text, line.number);
    const value = /^\s*(?:- +)?([\w."'-]+):\s+(\S*)$/.exec(before);
    if (value !== null && key !== undefined) {
      const options = await complete([...parents, key], 'values');
      return result(options.map(valueCompletion), context.pos - (value[2]?.length ?? 0));
    }
    const word = /^\s*(?:- +)?([\w-]*)$/.exec(before);
    const typed = word?.[1];
    if (typed === undefined || (typed === '' && !context.explicit)) return null;
    const options = await complete(parents, 'keys');
    const indent = ' '.repeat(before.length - typed.length);
    return result(
      options.map((option) => keyCompletion(option, indent)),
      context.pos - typed.length,
    );
  };
}

function result(options: readonly Completion[], from: number): CompletionResult | null {
  return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ };
}

function keyCompletion({ label, detail, info, isSection }: CompletionOption, indent: string): Completion {
  const apply = isSection ? `${label}:\n${indent}  ` : `${label}: `;
  return { label, detail, info, apply, type: 'property' };
}

function valueCompletion({ label, detail, info }: CompletionOption): Completion {
  return { label, detail, info, type: 'constant' };
}
