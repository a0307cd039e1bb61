/**
 * Prints a story of fixtures/worlds as one whole file, as `kubebyon-gateway plan` takes it. Argument: its name; without one
 * all names.
 */
import { stringify } from 'yaml';
import { nearest } from '../src/text/nearest.ts';
import { storyText, worldCases, worldDocument } from '../test/support/world-cases.ts';

function main([name]: readonly string[]): void {
  const cases = worldCases();
  if (name === undefined) {
    console.log(`Usage: npm run world --silent -- <story> > world.yaml\n\nStories:\n  ${cases.join('\n  ')}`);
    return;
  }
  if (!cases.includes(name)) {
    const meant = nearest(name, cases);
    const hint = meant === undefined ? '`npm run world` lists them' : `did you mean ${meant}?`;
    console.error(`fixtures/worlds: there is no story "${name}"; ${hint}`);
    process.exitCode = 2;
    return;
  }
  const comment = storyText(name)
    .split('\n')
    .filter((line) => line.startsWith('#'));
  console.log([...comment, stringify(worldDocument(name), { lineWidth: 0 }).trimEnd()].join('\n'));
}

main(process.argv.slice(2));
