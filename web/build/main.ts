/**
 * Writes the whole site into `dist`: `npm run build` in this folder. It reads the docs, the fixtures and the sources of
 * the repository, and no network.
 */
import { rm } from 'node:fs/promises';
import { bundleScripts, bundleStyles } from './bundle.ts';
import { checkVersions } from './check-versions.ts';
import { compressFiles } from './compress.ts';
import { writeDocs } from './docs/site.ts';
import { writeExamples } from './examples.ts';
import { writeOfflinePages } from './offline.ts';
import { writeAppPages } from './pages.ts';
import { outputFolder } from './places.ts';

await rm(outputFolder, { recursive: true, force: true });
await checkVersions();
const styles = await bundleStyles();
const scripts = await bundleScripts();
const examples = await writeExamples();
const assets = { ...styles, ...scripts, ...examples };
await writeAppPages(assets);
await writeOfflinePages();
const problems = await writeDocs(assets);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else await compressFiles(outputFolder);
