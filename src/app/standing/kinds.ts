/** What an exception can be about, for help and shell completion, which load nothing else of exceptions. */
export { EXCEPTION_KINDS } from '../../policy/exceptions/types.ts';
