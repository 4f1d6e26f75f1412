import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const OFFLINE = 'src/client/offline';

/** What of the site's scripts reads from the network, and what stands in for it in a file. */
const STAND_INS: Readonly<Record<string, string>> = {
  'asciinema-player': `${OFFLINE}/player.ts`,
  './pagefind.ts': `${OFFLINE}/search-engine.ts`,
};

/** The scripts of the site as one classic script: a browser loads no module from a file. */
export async function bundleScript(): Promise<string> {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [standIns()],
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      lib: { entry: `${OFFLINE}/main.ts`, formats: ['iife'], name: 'workshop' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  const [chunk, ...others] = outputs.filter((output) => output.type === 'chunk');
  if (chunk === undefined || others.length > 0)
    throw new Error('the script of the HTML file is not in one piece');
  return chunk.code;
}

function standIns(): Plugin {
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(source, importer = '') {
      const file = STAND_INS[source];
      // The stand-in itself may import what it stands for.
      return file === undefined || importer.includes(`/${OFFLINE}/`) ? null : ROOT + file;
    },
  };
}
