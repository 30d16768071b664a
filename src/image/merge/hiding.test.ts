import { describe, expect, it } from 'vitest';
import { type EntryKind, hidingLayers, type LayerShadow, PathLog } from './index.ts';

function shadow(entries: Readonly<Record<string, EntryKind>>, whiteouts: string[] = [], opaque: string[] = []): LayerShadow {
  const log = new PathLog();
  for (const [path, kind] of Object.entries(entries)) log.add(path, kind);
  return { entries: log, whiteouts, opaque };
}

const NOTHING = shadow({});
const FILE = { path: 'srv/app/key', layer: 0 };

describe('the layer that hides a file', () => {
  it.each<[string, readonly LayerShadow[], number | undefined]>([
    ['none where nothing happens to it', [NOTHING, shadow({ 'srv/app/other': 'file' })], undefined],
    ['a whiteout of the file', [NOTHING, NOTHING, shadow({}, ['srv/app/key'])], 2],
    ['a whiteout of a folder above', [NOTHING, shadow({}, ['srv'])], 1],
    ['a file in its place', [NOTHING, shadow({ 'srv/app/key': 'file' })], 1],
    ['a file in the place of a folder above', [NOTHING, shadow({ srv: 'other' })], 1],
    ['not a folder that is stated again', [NOTHING, shadow({ 'srv': 'directory', 'srv/app': 'directory' })], undefined],
    ['an opaque folder', [NOTHING, shadow({ 'srv/app': 'directory' }, [], ['srv/app'])], 1],
    ['an opaque root', [NOTHING, shadow({}, [], [''])], 1],
    ['the first of several', [NOTHING, shadow({}, ['srv/app/key']), shadow({ 'srv/app/key': 'file' }), shadow({}, ['srv'])], 1],
    ['not the own layer, whatever it says', [shadow({}, ['srv/app/key'], ['']), NOTHING], undefined],
  ])('%s', (_, shadows, expected) => {
    expect(hidingLayers(shadows, [FILE])).toEqual([expected]);
  });

  it('is told for each file, by the layer that it is in', () => {
    const shadows = [NOTHING, shadow({ a: 'file' }), shadow({ a: 'file', b: 'file' }, ['c'])];
    const files = [
      { path: 'a', layer: 0 },
      { path: 'a', layer: 1 },
      { path: 'a', layer: 2 },
      { path: 'c', layer: 1 },
    ];
    expect(hidingLayers(shadows, files)).toEqual([1, 2, undefined, 2]);
  });
});
