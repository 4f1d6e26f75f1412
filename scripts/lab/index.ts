export { LabError } from './error.ts';
export { openLabHost } from './host.ts';
export type * from './model.ts';
