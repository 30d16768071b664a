/** Builds small, valid, reproducible images without Docker. For tests and for the set-up of the examples; never shipped. */
export { type BuiltImage, buildImage, type ImageDescription, json, type Step, sha256 } from './image.ts';
export { type IndexedForm, type IndexedLayer, type IndexedOptions, indexedLayer, type TableRecord } from './indexed-layer.ts';
export { type BuiltIndex, buildIndex, dockerArchive, type LayoutEntry, layoutFiles, ociArchive, writeLayout } from './layout.ts';
export { type TarEntry, writeTar } from './tar-writer.ts';
export { writeZip } from './zip-writer.ts';
