import { register } from 'tsx/esm/api';

// A checkout runs TypeScript as it stands, and a thread has to be told so; the build has no need of this file.
register();

const { default: run } = await import('./jobs.ts');

export default run;
