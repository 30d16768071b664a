import { compare, valid } from '@renovatebot/pep440';
import type { VersionScheme } from '../types.ts';

/**
 * Python versions. Authority: the version specifiers specification (PEP 440) and PyPA's `packaging`. Legacy versions
 * (`0.1-bulbasaur`) are no versions: packaging rejects them, so they have no order.
 */
export const pep440: VersionScheme<string> = {
  id: 'pep440',
  ecosystems: ['PyPI'],
  parse(text) {
    const trimmed = text.length > MAX_LENGTH ? '' : text.trim();
    return valid(trimmed) && !INEXACT.test(trimmed) ? trimmed : undefined;
  },
  compare,
};

const MAX_LENGTH = 256;
/** Numbers that lose digits as a double, and parts of a local version that a double would read as a number (`12e5`, `0x1`). */
const INEXACT = /\d{16}|\+(?:.*[._-])?(?:\d+e\d+|0[xbo][\da-f]+)(?:[._-]|$)/i;
