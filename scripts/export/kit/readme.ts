import type { Download } from './downloads.ts';

export interface ReadmeFacts {
  /** What the kit was made from, as in the other downloads. */
  readonly made: string;
  /** Sizes for people: of the whole folder, of the images, and of those for fifteen people. */
  readonly sizes: { readonly kit: string; readonly images: string; readonly fifteen: string };
  /** How long fifteen people download the images over 50 Mbit/s. */
  readonly minutes: number;
  readonly architecture: string;
  /** `NAME:TAG` */
  readonly images: readonly string[];
  readonly downloads: readonly (Download & {
    /** How many steps of the lesson run in the browser lab, and how many it has. */
    readonly inBrowser: { readonly runs: number; readonly steps: number };
  })[];
}

/** `README.txt` of the kit: what a teacher does with it. */
export function readme(facts: ReadmeFacts): string {
  const { made, sizes, minutes, architecture, images, downloads } = facts;
  const [other, machines] =
    architecture === 'amd64'
      ? ['arm64', 'PCs and servers with Intel or AMD']
      : ['amd64', 'computers with an ARM processor, and Macs with Apple silicon'];
  const lessons = downloads.map(
    ({ lesson, what, steps: failing, inBrowser: { runs, steps } }) =>
      `  ${lesson}: ${what.join(', ')}. ` +
      `Browser lab: ${runs === 0 ? 'no step' : `${runs} of ${steps} steps`}.` +
      (failing.length === 0 ? '' : `\n    ${failing.join(', ')}`),
  );
  return `YOU LIKE DOCKER: THE WORKSHOP WITHOUT THE INTERNET

${made}.
${sizes.kit} in all, of which ${sizes.images} are images.

  site/            the whole site: lessons, browser lab, downloads (site/downloads)
  site/images/     the images of the lessons for Docker on the participants' computers
  serve.mjs        a small web server, for computers with Node.js 20 or newer
  SHA256SUMS       the sums of all files


1. BEFORE THE WORKSHOP

Copy this folder to your computer, and check that it is complete:

  sha256sum --quiet -c SHA256SUMS          on Linux, and in WSL
  shasum -a 256 --quiet -c SHA256SUMS      on a Mac

No output means that everything is fine. If you hand it over on sticks, format them as exFAT, and
copy the folder instead of the zip file, so that nobody has to unpack it.


2. SERVE THE SITE

Any web server will do that serves the folder \`site\` as its first page. Type one of these, in this
folder:

  node serve.mjs
  python3 -m http.server --directory site 8000
  busybox httpd -f -p 8000 -h site

On Windows, use the first one: there, Python takes the types of files from the registry, where other
programs may have changed that of scripts. The first one prints the address for the participants.
Otherwise, ask your system:

  hostname -I                  on Linux
  ipconfig getifaddr en0       on a Mac
  ipconfig                     on Windows

Write http://ADDRESS:8000/ on the board. Your computer and theirs must be in one network that lets
them reach each other. Many guest networks do not; a router of your own, without the Internet, is
enough. If your computer has a firewall, allow incoming connections to port 8000. On Windows, run
the server outside of WSL, whose addresses are not those of your computer.

On that site, /teach/ has your agenda, the handout, the PDF with the solutions and the one with your
notes, and /present/ the lessons for the projector.

The browser lab, a Docker in the tab, needs nothing else than the site. Over plain HTTP it works as
it does elsewhere, except for "Keep for offline", which browsers allow only over HTTPS.


3. LOAD THE IMAGES

For those who have Docker on their computer. In a terminal (on Windows: in WSL), they type, with the
address on the board:

  curl -O http://ADDRESS:8000/images/load.sh
  sh load.sh http://ADDRESS:8000

The page http://ADDRESS:8000/teach/participants/ has both lines with the address filled in.

For fifteen people, that is ${sizes.fifteen}. Wi-Fi is shared: if yours gives 50 Mbit/s to all
together, count on ${minutes} minutes, and let the class begin in the browser lab. Sticks need no
network.

From a stick, it is one command, in the folder site/images:

  sh load.sh

The script checks the sum of the archive, loads it, and names the images as the lessons do:

${images.map((name) => `  ${name}`).join('\n')}

It takes no name away from an image that a participant already has. The images arrive as lab/NAME
(lab/debian:latest). Where the name of the lessons is free, they get it, and lab/NAME is removed.
Where it is not, the script warns, leaves both, and prints the commands that exchange them and those
that undo this. Loading twice does no harm. To remove an image after the workshop: docker rmi NAME.

Anyone who has run "docker pull" for these names at home has newer images from Docker Hub, with
which the lessons work, too.

Engines with the older store of images (overlay2) have no digests of images that are loaded: there,
the steps with RepoDigests print an error.


4. WHAT NEEDS THE INTERNET ALL THE SAME

With the images, containers run and images are built from them. But these lessons download more
while they are run. On a computer without the Internet, the steps named here fail, and so do those
that use what they make:

${lessons.join('\n')}

Builds that install packages fail after about 20 seconds; where a lesson shows only a line of their
output, they fail silently. The browser lab has its own copies, so the number of steps given here
works there. For the others, play the recordings.

For three hours without the Internet, follow the agenda on /teach/. In "Images and layers", watch
the steps with "docker pull" as recordings. Do "Your first Dockerfile" in the browser lab: its
packages are part of the site. A build takes minutes there, so start it before you talk.

"docker pull" and "docker search" fail on a computer without the Internet even if the image is
there. For the wrong name of an image, Docker then reports the network instead of "not found". Links
to documentation lead out of the site.

At the end of a lesson, "Clean up" removes its images: without the Internet, leave out the lines
with "docker rmi", or load the images again. "docker images" lists all that load.sh has loaded, and
the lessons show only their own.


5. OTHER PROCESSORS

The images are for linux/${architecture}: ${machines}. Made on another kind of
computer, the kit has the images for that kind: site/images/linux-${other}.tar, made there, may be
added to this folder, with its line in site/images/SHA256SUMS.

${other === 'arm64' ? ON_ARM64 : ON_AMD64}
The browser lab runs on every processor.
`;
}

const ON_ARM64 = `What fails on arm64 (a Mac with Apple silicon, a Raspberry Pi, Windows on ARM), which needs other
programs than those in these images:

  - load.sh stops, and says so.
  - Without emulation, as in Docker Engine on a Raspberry Pi: no container of these images starts
    ("exec format error"). Use the browser lab, or pull the images at home.
  - With emulation, as in Docker Desktop, load them with

      ARCH=amd64 sh load.sh http://ADDRESS:8000
      export DOCKER_DEFAULT_PLATFORM=linux/amd64

    The second line is for each terminal: without it, docker build refuses these images, or looks
    for images for arm64 on Docker Hub. Containers are slower, "uname -m" prints x86_64, and what
    lessons measure (times, memory, processes) differs.
`;

const ON_AMD64 = `What fails on amd64 (PCs with Intel or AMD): load.sh stops, and says so. Without emulation, no
container of these images starts ("exec format error"). Use the browser lab, or pull the images at
home.
`;
