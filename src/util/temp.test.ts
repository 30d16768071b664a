import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepTemp, TempFolder } from './temp.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'test-temp-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('TempFolder', () => {
  it('makes no folder before the first file, and removes it in the end', () => {
    const temp = new TempFolder(parent);
    expect(readdirSync(parent)).toEqual([]);
    closeSync(temp.unlinkedFile());
    expect(readdirSync(parent)).toHaveLength(1);
    temp.close();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('gives files that have no name but hold what is written', () => {
    const temp = new TempFolder(parent);
    const fd = temp.unlinkedFile();
    writeSync(fd, 'content', 0);
    const back = Buffer.alloc(7);
    readSync(fd, back, 0, 7, 0);
    expect(String(back)).toBe('content');
    expect(readdirSync(join(parent, readdirSync(parent)[0]!))).toEqual(['owner.json']);
    closeSync(fd);
    temp.close();
  });

  it('has a code for a place that cannot be written', () => {
    expect(() => new TempFolder(join(parent, 'none')).unlinkedFile()).toThrow(expect.objectContaining({ code: 'temp-failed' }));
  });
});

describe('sweepTemp', () => {
  /** A folder as a process that was killed leaves it. */
  async function leftBehind(): Promise<string> {
    const source = `import { TempFolder } from ${JSON.stringify(import.meta.resolve('./temp.ts'))};
      new TempFolder(${JSON.stringify(parent)}).unlinkedFile(); process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], { stdio: 'inherit' });
    await once(child, 'close');
    return readdirSync(parent).find((name) => name.startsWith('plimsoll-large-'))!;
  }

  const restate = (name: string, change: object): void => {
    const file = join(parent, name, 'owner.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
  };

  it('removes what a killed process left, and nothing twice', async () => {
    const name = await leftBehind();
    expect(sweepTemp(parent)).toEqual([name]);
    expect(readdirSync(parent)).toEqual([]);
    expect(sweepTemp(parent)).toEqual([]);
  });

  it('leaves the folders of living processes, other hosts, and whoever does not say', async () => {
    const temp = new TempFolder(parent);
    closeSync(temp.unlinkedFile());
    const foreign = await leftBehind().then(() => readdirSync(parent).filter((name) => JSON.parse(readFileSync(join(parent, name, 'owner.json'), 'utf8')).pid !== process.pid)[0]!); // biome-ignore format: one expression
    restate(foreign, { space: 'another host' });
    mkdirSync(join(parent, 'plimsoll-large-silent'));
    mkdirSync(join(parent, 'plimsoll-large-odd'));
    writeFileSync(join(parent, 'plimsoll-large-odd', 'owner.json'), '{"pid":"x"}');
    expect(sweepTemp(parent)).toEqual([]);
    expect(readdirSync(parent)).toHaveLength(4);
    temp.close();
  });

  it('knows a process id that was given to somebody else', async () => {
    const name = await leftBehind();
    restate(name, { pid: process.pid });
    expect(sweepTemp(parent)).toEqual([name]);
  });

  it('does not mind a place that is not there', () => {
    expect(sweepTemp(join(parent, 'none'))).toEqual([]);
  });
});
