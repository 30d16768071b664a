export { tablePlace } from './annotations.ts';
export { NotLazy, type WholeReason } from './not-lazy.ts';
export { type LazyWalk, walkLazily } from './walk.ts';
