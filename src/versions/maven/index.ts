import type { VersionScheme } from '../types.ts';
import { compareItems, type ListItem, parseMaven } from './parse.ts';

/**
 * Maven's version order. Any text without blanks is a version of it. Authorities: "Version Order Specification" of Maven's
 * POM reference, and `ComparableVersion` of Maven 3.9, which the vectors in testdata were asked of. Where they differ
 * (`1-ga-1` against `1-1`) the specification is followed.
 */
export const maven: VersionScheme<ListItem> = {
  id: 'maven',
  ecosystems: ['Maven'],
  parse(text) {
    return text.length === 0 || text.length > MAX_LENGTH || /\s|\$\{/.test(text) ? undefined : parseMaven(text);
  },
  compare: compareItems,
};

const MAX_LENGTH = 256;
