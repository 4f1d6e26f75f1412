import { root } from 'astro:config/server';
import { fileURLToPath } from 'node:url';

/** Folder of the project, absolute. */
export const PROJECT = fileURLToPath(root);
