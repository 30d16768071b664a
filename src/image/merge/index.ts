export { hidingLayers } from './hiding.ts';
export { type EntryKind, PathLog } from './path-log.ts';
export { type LayerFile, type LayerShadow, Visibility } from './visibility.ts';
