import { escapeHtml as escaped } from '../../../src/core/screen/escape.ts';
import { dscOf, snapshotOf, type ControlFacts } from './control.ts';

/** A file below the folder of the page. */
export interface LinkedFile {
  /** Relative to the page. */
  readonly path: string;
  readonly title: string;
}

export interface LicensedPackage extends ControlFacts {
  /** Path of its licence, relative to the page. */
  readonly text: string;
  /** Address of the folder that has it and its source in Debian's archive. */
  readonly pool: string;
}

/** Packages that are part of the browser lab for the same reason. */
export interface LicensedGroup {
  readonly title: string;
  /** What they are used for, and in which way they were changed. */
  readonly about: string;
  readonly packages: readonly LicensedPackage[];
  /** Files that also belong to the source of these programs. */
  readonly files: readonly LinkedFile[];
}

/** A program that is not from Debian. */
export interface OtherProgram {
  readonly name: string;
  readonly version: string;
  /** Name of the licence (SPDX). */
  readonly licence: string;
  /** Address of its source. */
  readonly source: string;
  readonly texts: readonly LinkedFile[];
}

export interface Licences {
  readonly groups: readonly LicensedGroup[];
  readonly others: readonly OtherProgram[];
  /** Licences to which the files of the packages refer. */
  readonly common: readonly LinkedFile[];
}

/** The page that lists all programs, their licences, and where their source is. */
export function licencesPage({ groups, others, common }: Licences): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Licences and source code of the browser lab</title>
</head>
<body>
<main>
<h1>Licences and source code of the browser lab</h1>
<p>The browser lab is a computer that runs programs by many authors. The name of each program links
to its licence. Most of these programs are free software under the GNU General Public License or a
similar licence, which gives you the right to their source code. For exactly the version that is
used here, the source is at the address beside the name.</p>
<p>snapshot.debian.org keeps every version. The <code>.dsc</code> file lists all files of the source
and their hashes; Debian's archive has it until a newer version replaces it.</p>
${groups.map(groupSection).join('\n')}
<h2>The emulator and the terminal</h2>
<p>These run in your browser, outside the emulated computer. In v86.wasm, one number differs from the
published file: after how many instructions code is compiled (200,000, here 1,000,000).</p>
<ul>
${others.map(otherItem).join('\n')}
</ul>
<h2>Texts that the licences refer to</h2>
<ul>
${common.map((file) => `<li>${linkTo(file)}</li>`).join('\n')}
</ul>
</main>
</body>
</html>
`;
}

function groupSection({ title, about, packages, files }: LicensedGroup): string {
  const list = files.length === 0 ? '' : `<ul>\n${files.map(fileItem).join('\n')}\n</ul>\n`;
  return `<h2>${escaped(title)}</h2>
<p>${escaped(about)}</p>
${list}<table>
<thead>
<tr><th scope="col">Package</th><th scope="col">Version</th><th scope="col">Source</th></tr>
</thead>
<tbody>
${packages.map(packageRow).join('\n')}
</tbody>
</table>`;
}

function packageRow({ name, version, source, contains, pool, text }: LicensedPackage): string {
  const dsc = `${pool}/${dscOf(source)}`;
  const others =
    contains.length === 0
      ? ''
      : `<details><summary>and ${contains.length} of which it contains code</summary>
<ul>
${contains.map((one) => `<li>${sourceLink(one)}</li>`).join('\n')}
</ul></details>`;
  return `<tr><th scope="row">${linkTo({ path: text, title: name })}</th><td>${escaped(version)}</td>
<td>${sourceLink(source)} · <a href="${escaped(dsc)}">.dsc</a>${others}</td></tr>`;
}

function sourceLink(source: { readonly name: string; readonly version: string }): string {
  return `<a href="${escaped(snapshotOf(source))}">${escaped(`${source.name} ${source.version}`)}</a>`;
}

function otherItem({ name, version, licence, source, texts }: OtherProgram): string {
  const links = texts.map(linkTo).join(', ');
  return `<li>${escaped(`${name} ${version}, ${licence}`)}: ${links}, <a href="${escaped(source)}">source</a></li>`;
}

function fileItem(file: LinkedFile): string {
  return `<li>${linkTo(file)}</li>`;
}

function linkTo({ path, title }: LinkedFile): string {
  return `<a href="${escaped(path.split('/').map(encodeURIComponent).join('/'))}">${escaped(title)}</a>`;
}
