export { tablePlace } from './annotations.ts';
export { NotLazy, type WholeReason } from './not-lazy.ts';
export { walkLazily } from './walk.ts';
