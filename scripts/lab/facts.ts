import type { LabFacts } from './model.ts';

/**
 * Parses the output of ready.sh.
 * @param image name of the lab's image
 * @param listed the images in the lab, one line `NAME:TAG DIGEST` for each
 */
export function readFacts(image: string, printed: string, listed: string): LabFacts {
  const values = new Map(pairs(printed, '='));
  const value = (name: string): string => values.get(name) ?? 'unknown';
  return {
    image,
    engine: value('engine'),
    api: value('api'),
    containerd: value('containerd'),
    runc: value('runc'),
    buildx: value('buildx'),
    compose: value('compose'),
    store: value('store'),
    kernel: value('kernel'),
    architecture: value('architecture'),
    images: Object.fromEntries(pairs(listed, ' ')),
  };
}

function pairs(lines: string, separator: string): [string, string][] {
  return lines.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(separator);
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()]] : [];
  });
}
