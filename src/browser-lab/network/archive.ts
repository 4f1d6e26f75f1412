import type { ReadFile, VmManifest } from '../format/manifest.ts';
import { type HttpService, textResponse } from './http.ts';

/** A web server with the site's part of Debian's archive. */
export function archive(files: VmManifest['archive'], read: ReadFile): HttpService {
  const byPath = new Map(files.map((file) => [`/${file.at}`, file]));
  return async ({ path }) => {
    const file = byPath.get(path.replace(/\/{2,}/g, '/'));
    if (file === undefined)
      return textResponse(404, `${path} is not in this part of the archive\n`);
    return {
      status: 200,
      headers: { 'content-type': 'application/octet-stream' },
      body: await read(file),
    };
  };
}
