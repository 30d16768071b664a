export { REPORTERS } from '../report/index.ts';
export type { DisplayFilter, Rendering, Reporter, Writer } from '../report/types.ts';
