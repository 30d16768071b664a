export { rate } from './severity.ts';
