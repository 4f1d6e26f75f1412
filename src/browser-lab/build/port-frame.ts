import { createHash } from 'node:crypto';
import type { APIRoute } from 'astro';
import { transformWithOxc } from 'vite';
import source from '../ports/frame/frame.ts?raw';

/**
 * The page in the frame in which the servers of the machine are shown. It is a file of its own
 * because a document that scripts create inherits the policy of the page. It may use the styles of
 * the documents that it shows, but loads nothing; docs/security.md explains its policy.
 */
export const GET: APIRoute = async () => {
  const { code } = await transformWithOxc(source, 'frame.ts');
  if (code.includes('</script')) throw new Error('the script of port-frame.html would end early');
  const hash = createHash('sha256').update(code).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline' data:",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
    '<meta name="robots" content="noindex">',
    '<meta name="color-scheme" content="light dark">',
    '<title>A frame of the browser lab</title>',
    `<script type="module">${code}</script>`,
    '</head>',
    '<body></body>',
    '</html>',
    '',
  ];
  return new Response(html.join('\n'), { headers: { 'content-type': 'text/html' } });
};
