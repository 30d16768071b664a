export { TarEntry, type TarEntryView } from './entry.ts';
export { FLAG, parseTarHeader, TAR_BLOCK, type TarHeader, type TarType, tarText } from './header.ts';
export { normalisePath } from './path.ts';
export { type PaxFields, type PaxRecord, parsePaxRecords, paxFields } from './pax.ts';
export type { TarPosition } from './position.ts';
export { TAR_LIMITS, type TarLimits, type TarVisitor, TarWalker } from './walker.ts';
