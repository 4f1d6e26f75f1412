import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const OFFLINE = 'src/site/client/offline';

/** Modules that read from the network, and their replacements in the file. */
const STAND_INS: Readonly<Record<string, string>> = {
  'asciinema-player': `${OFFLINE}/player.ts`,
  './pagefind.ts': `${OFFLINE}/search-engine.ts`,
};

/** Bundles the scripts of the site into one classic script; browsers load no modules from files. */
export async function bundleScript(): Promise<string> {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [standIns(), sheets()],
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
    throw new Error('the bundle for the HTML file is more than one script');
  return chunk.code;
}

function standIns(): Plugin {
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(source, importer = '') {
      const file = STAND_INS[source];
      // A replacement may import the module that it replaces.
      return file === undefined || importer.includes(`/${OFFLINE}/`) ? null : ROOT + file;
    },
  };
}

/** Prefix of modules whose value is the address of a style sheet. */
const SHEET = '\0sheet:';

/** Inlines style sheets that are loaded on demand: their addresses are data URLs. */
function sheets(): Plugin {
  return {
    name: 'sheets',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('.css?url')) return null;
      const found = await this.resolve(source.replace('?url', ''), importer);
      return found === null ? null : `${SHEET}${found.id}.js`;
    },
    load(id) {
      if (!id.startsWith(SHEET)) return null;
      const file = JSON.stringify(`${id.slice(SHEET.length, -'.js'.length)}?inline`);
      return `import css from ${file}; export default 'data:text/css,' + encodeURIComponent(css);`;
    },
  };
}
