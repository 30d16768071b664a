export { TarEntry, type TarEntryView } from './entry.ts';
export { FLAG, TAR_BLOCK, type TarType } from './header.ts';
export { normalisePath } from './path.ts';
export { TAR_LIMITS, type TarLimits, type TarVisitor, TarWalker } from './walker.ts';
