export { cleanLabs } from './clean.ts';
export { LabError } from './error.ts';
export { openLabHost } from './host.ts';
export type * from './model.ts';
