/** What a program in modules prints; `require.cjs` prints the same. */
import { loadValues, render, toYaml } from 'kubebyon-gateway';

const values = loadValues('single-node', [{ kind: 'set', expression: 'publicAccess.provider=gatewayapi' }]);
const { manifests, problems } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });
if (problems.length > 0) throw new Error(problems.map(({ code }) => code).join());
process.stdout.write(toYaml(manifests));
