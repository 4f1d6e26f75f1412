export { cleanLabs } from './clean.ts';
export { LabError } from './error.ts';
export { openLabHost } from './host.ts';
export { keepWarm, type WarmHost } from './warm.ts';
export type * from './model.ts';
