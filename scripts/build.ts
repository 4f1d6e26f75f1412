import { buildSite } from './site/build.ts';

try {
  await buildSite({ stale: 'fail' });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
