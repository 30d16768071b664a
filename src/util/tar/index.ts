export { parseTarHeader, TAR_BLOCK, type TarHeader, type TarType, tarText } from './header.ts';
export { type PaxFields, type PaxRecord, parsePaxRecords, paxFields } from './pax.ts';
export type { TarPosition } from './position.ts';
