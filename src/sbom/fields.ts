export { type Fields, fields, list, text } from '../util/fields.ts';
