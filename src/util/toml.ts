import { parse } from 'smol-toml';

/** Lock files nest three deep. */
const MAX_DEPTH = 32;

/** The document as plain data, or undefined where the text is no TOML. Never throws. Source: TOML 1.0.0. */
export function parseToml(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return parse(text, { maxDepth: MAX_DEPTH });
  } catch {
    return undefined;
  }
}
