export { cleanLabs } from './clean.ts';
export { LabError } from './error.ts';
export { openLabHost } from './host.ts';
export { keepWarm } from './warm.ts';
export type * from './model.ts';
