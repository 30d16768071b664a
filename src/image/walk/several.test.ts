import { describe, expect, it } from 'vitest';
import { imageOf } from '../../../testing/layers.ts';
import { entry, tar } from '../../../testing/odd-tar/index.ts';
import { type FileReceiver, severalReceivers, walkLayer } from './index.ts';

/** Wants names with `letter`, notes all it is told, and stops listening after `most` calls with data. */
function noting(
  letter: string,
  most = Number.POSITIVE_INFINITY,
  missed: readonly string[] = [],
): FileReceiver & { readonly told: string[] } {
  const told: string[] = [];
  const waiting = new Set(missed);
  let calls = 0;
  return {
    told,
    wants: (path) => path.includes(letter),
    unwanted: (path, size) => void told.push(`unwanted ${path} ${size}`),
    begin: ({ path }) => {
      calls = 0;
      told.push(`begin ${path}`);
    },
    data: (bytes) => {
      told.push(`data ${bytes.length}`);
      return ++calls < most;
    },
    end: () => void told.push('end'),
    link: ({ path }, target) => void told.push(`link ${path} ${target}`),
    entry: () => undefined,
    missed: () => waiting,
    beginMissed: ({ path }) => {
      told.push(`missed ${path}`);
      return waiting.delete(path);
    },
    settled: () => undefined,
  };
}

async function walk(receiver: FileReceiver, ...entries: readonly Buffer[]): Promise<void> {
  const [layer] = imageOf(tar(...entries)).layers;
  await walkLayer(layer!, receiver, { onGap: () => undefined });
}

describe('several receivers of one walk', () => {
  it('are told each what it would be told alone', async () => {
    const files = [
      entry({ name: 'a' }, 'one'),
      entry({ name: 'b' }, 'four'),
      entry({ name: 'ab' }, 'both!'),
      entry({ name: 'c' }, ''),
      entry({ name: 'b2', flag: '1', linkName: 'a' }),
    ];
    const alone = [noting('a'), noting('b')] as const;
    for (const each of alone) await walk(each, ...files);
    const together = [noting('a'), noting('b')] as const;
    await walk(severalReceivers(together), ...files);
    expect(together.map(({ told }) => told)).toEqual(alone.map(({ told }) => told));
    expect(alone[1].told).toEqual(['unwanted a 3', 'begin b', 'data 4', 'end', 'begin ab', 'data 5', 'end', 'unwanted c 0', 'link b2 a']);
  });

  it('get no more of a file that they stopped listening to, while others do', async () => {
    const [one, other] = [noting('x', 1), noting('x')];
    await walk(severalReceivers([one, other]), entry({ name: 'x' }, 'x'.repeat(25_000)));
    expect(one.told).toEqual(['begin x', expect.stringMatching(/^data/), 'end']);
    expect(other.told.filter((each) => each.startsWith('data')).length).toBeGreaterThan(1);
  });

  it('share the second reading, each with the targets that it missed', async () => {
    const [one, other] = [noting('-', undefined, ['t']), noting('-', undefined, ['u'])];
    await walk(severalReceivers([one, other]), entry({ name: 't' }, 'tt'), entry({ name: 'u' }, 'uuu'));
    expect(one.told).toEqual(['unwanted t 2', 'unwanted u 3', 'missed t', 'data 2', 'end']);
    expect(other.told).toEqual(['unwanted t 2', 'unwanted u 3', 'missed u', 'data 3', 'end']);
  });
});
