import type { ReadFile, VmManifest } from '../format/manifest.ts';
import type { HttpRequest, HttpResponse, HttpService } from './http.ts';

/** Answers and error codes of the registry of recorded labs, which is Docker's. */
const VERSION = { 'docker-distribution-api-version': 'registry/2.0' };

const encoder = new TextEncoder();

/**
 * A registry with the images of the site, read-only.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export function registry(content: VmManifest['registry'], read: ReadFile): HttpService {
  const tags = new Map(Object.entries(content.tags));
  const manifests = new Map(content.manifests.map((one) => [`sha256:${one.sha256}`, one]));
  const blobs = new Map(content.blobs.map((one) => [`sha256:${one.sha256}`, one]));
  const tagsOf = (name: string) =>
    [...tags.keys()].flatMap((tag) =>
      tag.startsWith(`${name}:`) ? tag.slice(name.length + 1) : [],
    );

  const manifest = async (name: string, reference: string): Promise<HttpResponse> => {
    const digest = reference.includes(':') ? reference : tags.get(`${name}:${reference}`);
    const file = manifests.get(digest ?? '');
    if (digest === undefined)
      return fault('MANIFEST_UNKNOWN', 'manifest unknown', { Tag: reference });
    if (file === undefined || tagsOf(name).length === 0)
      return fault('MANIFEST_UNKNOWN', 'manifest unknown', { Name: name, Revision: digest });
    return ok(await read(file), file.type, {
      'docker-content-digest': digest,
      etag: `"${digest}"`,
    });
  };
  const blob = async (digest: string): Promise<HttpResponse> => {
    const file = blobs.get(digest);
    if (file === undefined) return fault('BLOB_UNKNOWN', 'blob unknown to registry', digest);
    return ok(await read(file), 'application/octet-stream', { 'docker-content-digest': digest });
  };

  return ({ path }: HttpRequest) => {
    if (path === '/v2/') return json(200, {});
    if (path === '/v2/_catalog')
      return json(200, { repositories: [...new Set([...tags.keys()].map(nameOf))].sort() });
    const [, name = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(path) ?? [];
    if (kind === 'manifests') return manifest(name, reference);
    if (kind === 'blobs') return blob(reference);
    if (kind !== 'tags') return { status: 404, body: encoder.encode('404 page not found\n') };
    const found = tagsOf(name);
    if (found.length === 0)
      return fault('NAME_UNKNOWN', 'repository name not known to registry', { name });
    return json(200, { name, tags: found });
  };
}

function nameOf(tag: string): string {
  return tag.slice(0, tag.lastIndexOf(':'));
}

function ok(body: Uint8Array, type: string, headers: Record<string, string>): HttpResponse {
  return { status: 200, headers: { ...VERSION, ...headers, 'content-type': type }, body };
}

function fault(code: string, message: string, detail: unknown): HttpResponse {
  return json(404, { errors: [{ code, message, detail }] });
}

function json(status: number, value: unknown): HttpResponse {
  const headers = { ...VERSION, 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: encoder.encode(`${JSON.stringify(value)}\n`) };
}
