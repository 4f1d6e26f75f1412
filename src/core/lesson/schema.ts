import { z } from 'astro/zod';
import { ID, ID_RULE, NAME } from './id.ts';
import { maskFault } from './regex.ts';

/** The images that a lab can hold from the start. Those with a tag exist only in the lab `apps`. */
export const LAB_IMAGES = [
  'debian',
  'busybox',
  'registry',
  'node:24-trixie-slim',
  'postgres:17',
] as const;

/** The labs in which lessons are run; each is a folder of scripts/lab/images. */
export const LABS = ['default', 'apps', 'desktop', 'machines', 'platforms'] as const;

/** Where a lesson can be followed, from anywhere to nowhere but in the lab. */
export const PLACES_TO_FOLLOW = ['anywhere', 'linux', 'root', 'lab'] as const;

/** The parts of the core path, in reading order. */
export const PARTS = ['Meet Docker', 'Images', 'Data and networks', 'At work'] as const;

const lessonId = z.string().regex(ID, `use ${ID_RULE}`);

const maskSchema = z.strictObject({
  pattern: z
    .string()
    .superRefine((source, context) => {
      const fault = maskFault(source);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: `not ${fault}` });
    })
    .describe('A regular expression; everything it matches within a line is masked.'),
  why: z.string().min(1).describe('The reason shown to readers after "yours will differ: ".'),
  identity: z
    .boolean()
    .optional()
    .describe(
      'Whether the text names something, such as a namespace: where it was the same twice in the ' +
        'lesson, it must be the same again, and where it differed, it must differ.',
    ),
});

/** Front matter of a lesson: the schema for both the site's collection and the recorder. */
export const frontMatterSchema = z.strictObject({
  title: z.string().min(1).describe('The heading of the page.'),
  description: z
    .string()
    .min(1)
    .describe(
      'One sentence: what the reader can do afterwards. Shown in lists and to search engines.',
    ),
  part: z
    .enum(PARTS)
    .default('Meet Docker')
    .describe('The part of the core path in which the lesson is listed.'),
  after: lessonId
    .optional()
    .describe(
      'Makes the lesson a deep dive, which is listed beside the core path and has no `part`: ' +
        'the id of the core lesson after which it makes sense.',
    ),
  order: z
    .number()
    .int()
    .default(100)
    .describe('Position among the lessons of its part, or after the same lesson, lowest first.'),
  follow: z
    .enum(PLACES_TO_FOLLOW)
    .optional()
    .describe(
      'Where readers can type along: anywhere (Docker Desktop, or an Engine on Linux), on linux, ' +
        'on Linux as root, or only in the lab. `npm run lint` asks for it.',
    ),
  formerly: z
    .array(lessonId)
    .optional()
    .describe('Former ids of the lesson; their addresses lead to it.'),
  images: z
    .array(z.enum(LAB_IMAGES))
    .default([])
    .describe("Images that the lab's Engine already holds when the first command is typed."),
  store: z
    .enum(['containerd', 'overlay2'])
    .default('containerd')
    .describe(
      'How the Engine stores images: the containerd image store or the older overlay2 driver.',
    ),
  lab: z
    .enum(LABS)
    .default('default')
    .describe(
      'The lab in which the lesson is run: the default one, or one with more in it (apps: images ' +
        'of Node.js and PostgreSQL; machines: LXC, libvirt, QEMU; desktop: a virtual screen and ' +
        'baobab; platforms: packages for programs of another processor).',
    ),
  masks: z
    .record(
      z.string().regex(NAME, 'use lowercase letters, digits and hyphens, starting with a letter'),
      maskSchema,
    )
    .optional()
    .describe(
      'Text of this lesson that legitimately differs between two runs, such as ' +
        "{ build-id: { pattern: 'build-[0-9]+', why: a number that the build generates } }.",
    ),
});

/** Front matter of one lesson, with defaults filled in. */
export type FrontMatter = z.infer<typeof frontMatterSchema>;
